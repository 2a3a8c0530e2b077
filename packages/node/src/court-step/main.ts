/**
 * `@surety/node/court-step` as a program: one step at a court of contracts. Says what it takes, waits until whoever started it
 * agrees, and does it; done again it finds that it is done.
 */
import { COURT_GAS, type Intent } from '@surety/chain';
import { createKeptVotes } from '../juror/kept-votes.ts';
import { type CourtPlaces, openCourt } from '../juror/open-court.ts';
import { publishOwn } from '../juror/publish.ts';
import { coinUnitsOn } from '../juror/weigh.ts';
import { agreed, ownAddress, readTask, runProgram, say } from '../watch/program.ts';
import { carryOut } from './carry-out.ts';
import type { At } from './here.ts';
import { type CourtStep, plan } from './plan.ts';

export type StepTask = CourtPlaces & {
  readonly nodes: readonly string[];
  /** What one coin of the chain is worth, base units of the court's currency; `null` where nobody said so. */
  readonly coinUnits: string | null;
  readonly step: CourtStep;
};

const gasOf = (intents: readonly Intent[]): bigint =>
  intents.reduce((sum, { kind }) => sum + (kind in COURT_GAS ? COURT_GAS[kind as keyof typeof COURT_GAS] : 0n), 0n);

const run = async (): Promise<void> => {
  const task = readTask<StepTask>();
  const court = await openCourt(task);
  const me = ownAddress(court.chain);
  const coinUnits = task.coinUnits === null ? coinUnitsOn(court.chain.chainId, court.setting) : BigInt(task.coinUnits);
  const here: At = { ...court, me, nodes: task.nodes, votes: createKeptVotes(task.home), coinUnits };
  const planned = await plan(here, task.step);
  const { costUnits, words, terms, intents, grounds, opened } = planned;
  const { chainId } = here.chain;
  say({
    kind: 'ready',
    chainId,
    court: here.setting.court,
    me,
    words,
    terms: terms ?? null,
    costUnits,
    mostGas: gasOf(intents),
    steps: intents.length,
  });
  if (intents.length > 0 && !(await agreed())) return say({ kind: 'declined' });
  const transactions = intents.length === 0 ? [] : await carryOut(here, planned);
  const unpublished = grounds === undefined ? null : await publishOwn(task.nodes, grounds);
  say({ kind: 'done', transactions, caseId: (await opened?.()) ?? null, unpublished });
};

runProgram(run);
