/**
 * A language model as a juror of the court: it reads the evidence, as quoted data, and answers through a schema. What it says
 * of its own certainty is worth what was measured of it; where nothing was measured it advises and never votes.
 */

import { idOf, isSureEnough, sha256Hex, utf8 } from '@surety/core';
import type { LlmContext } from '../llm/context.ts';
import { ask } from '../llm/wire.ts';
import { type CaseFile, SPECIAL_OUTCOMES } from './case-file.ts';
import {
  COURT_PROMPT_VERSION,
  COURT_SYSTEM_PROMPT,
  type CourtAnswer,
  courtAnswerSchema,
  parseCourtAnswer,
  quoteCase,
} from './prompt.ts';
import type { CourtVote } from './vote.ts';

/** How often the model was right, on labelled cases that it had not seen, where it said at least so much. */
export type Measured = readonly { readonly fromPercent: number; readonly rightPpm: number }[];

export type LlmVote = CourtVote & {
  /** What the model would vote, whether or not it may; `null` where it gave no answer of the schema. */
  readonly advice: CourtAnswer | null;
  /** Why there is no vote, in plain words; `null` where there is one. */
  readonly why: string | null;
};

const programOf = (model: string, measured: Measured): string =>
  `surety/court-llm@${sha256Hex(utf8(JSON.stringify([COURT_PROMPT_VERSION, model, COURT_SYSTEM_PROMPT, measured])))}`;

/** What a stated certainty is worth: the highest step at or below it. */
const worthOf = (measured: Measured, percent: number): number | null =>
  measured.reduce<number | null>(
    (worth, step) => (step.fromPercent <= percent ? Math.max(worth ?? 0, step.rightPpm) : worth),
    null,
  );

/** Asks the model once. Never throws; trouble is an abstention that says why. */
export const llmVote = async (
  llm: LlmContext,
  file: CaseFile,
  options: { readonly lossToGain: number; readonly measured: Measured; readonly timeoutMs: number },
): Promise<LlmVote> => {
  const program = programOf(llm.model, options.measured);
  const finish = (outcome: number, ppm: number | null, advice: CourtAnswer | null, why: string | null): LlmVote => {
    const vote = { outcome, probabilityPpm: ppm };
    return { ...vote, reading: idOf({ program, input: file.id, output: vote }), advice, why };
  };
  const silent = (why: string, advice: CourtAnswer | null = null): LlmVote =>
    finish(SPECIAL_OUTCOMES.abstain, null, advice, why);
  const question = { system: COURT_SYSTEM_PROMPT, user: quoteCase(file), schema: courtAnswerSchema(file) };
  const asked = await ask(llm, question, options.timeoutMs);
  if (asked.kind === 'failed') return silent(`The language model gave no answer: ${asked.detail}.`);
  const advice = parseCourtAnswer(file, asked.answer);
  if (advice === null) return silent('The language model’s answer was not of the form agreed for this case.');
  if (advice.outcome === SPECIAL_OUTCOMES.abstain) return silent('The language model abstained.', advice);
  const ppm = worthOf(options.measured, advice.confidencePercent);
  if (ppm === null) return silent('Nothing was measured of a model that is so sure; it advises only.', advice);
  if (!isSureEnough(ppm, options.lossToGain)) return silent('Right too seldom when it was so sure.', advice);
  return finish(advice.outcome, ppm, advice, null);
};
