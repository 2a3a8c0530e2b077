/** The language model analyst: off without a key; an opinion, not a computation anybody can re-run. */

import { sha256Hex, utf8 } from '@surety/core';
import { type Analyst, abstain, clampPpm, type ReadContext, type Reading } from '../analyst.ts';
import type { LlmContext } from './context.ts';
import { ANSWER_SCHEMA, PROMPT_VERSION, parseAnswer, quoteSubject, SYSTEM_PROMPT } from './prompt.ts';
import { ask } from './wire.ts';

const DID_NOT_SEE = [
  'the site, chain or message itself beyond the words quoted to it',
  'why the model says so: its reasons are text, not a trace',
];

/** Identifies a key without revealing it: 16 hex digits of its hash. */
export const keyIdOf = (context: LlmContext): string =>
  `${new URL(context.baseUrl).host}#${sha256Hex(utf8(context.apiKey)).slice(0, 16)}`;

const programOf = (model: string): string =>
  `surety/llm@${sha256Hex(utf8(`llm\n${PROMPT_VERSION}\n${model}\n${SYSTEM_PROMPT}\n${JSON.stringify(ANSWER_SCHEMA)}`))}`;

/** An analyst that asks the given endpoint; `role` only names it, so that a player and a juror can differ in model and key. */
export const llmAnalyst = (llm: LlmContext, role: 'player' | 'juror' = 'player'): Analyst => {
  const program = programOf(llm.model);
  const read = async (subject: Parameters<Analyst['read']>[0], context: ReadContext): Promise<Reading> => {
    const question = { system: SYSTEM_PROMPT, user: quoteSubject(subject), schema: ANSWER_SCHEMA };
    const asked = await ask(llm, question, context.timeoutMs ?? 20_000);
    const facts = { model: llm.model, protocol: llm.protocol };
    if (asked.kind === 'failed')
      return abstain(program, `The language model gave no answer: ${asked.detail}.`, DID_NOT_SEE, facts);
    const answer = parseAnswer(asked.answer);
    if (answer === null)
      return abstain(program, 'The language model’s answer was not of the agreed form.', DID_NOT_SEE, facts);
    return {
      probabilityPpm: answer.probabilityPpm === null ? null : clampPpm(answer.probabilityPpm),
      saw: ['the question as text'],
      didNotSee: DID_NOT_SEE,
      reasons: answer.reasons.map((text) => ({ text })),
      facts,
      program,
    };
  };
  return {
    id: role === 'player' ? 'language-model' : 'juror-language-model',
    view: `The opinion of ${llm.model}.`,
    family: `llm:${llm.model}`,
    needs: ['llm'],
    trainedOn: [`llm:${llm.model}`],
    keyId: keyIdOf(llm),
    reads: ['site', 'token', 'address', 'contract', 'message', 'forecast'],
    read,
  };
};
