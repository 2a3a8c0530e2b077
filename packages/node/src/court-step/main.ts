/**
 * `@surety/node/court-step` as a program: one step at a court of contracts. Says what it takes, waits until whoever started it
 * agrees, and does it; done again it finds that it is done.
 */
import { COURT_GAS, ensureDeployer, type Intent } from '@surety/chain';
import { type Result, unwrap } from '@surety/core';
import { effect, fundAtCourt } from '../juror/court-money.ts';
import { type CourtPlaces, openCourt } from '../juror/open-court.ts';
import { coinUnitsOn } from '../juror/weigh.ts';
import { agreed, giveGas, ownAddress, readTask, runProgram, say } from '../watch/program.ts';
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
  const here: At = { ...court, me, nodes: task.nodes, coinUnits };
  const { costUnits, words, terms, intents, opened } = await plan(here, task.step);
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
  if (intents.length === 0) return say({ kind: 'done', transactions: [], caseId: null });
  if (!(await agreed())) return say({ kind: 'declined' });
  await giveGas(here.chain, me);
  const purse = { chain: here.chain, contracts: here.contracts, setting: here.setting, me };
  unwrap(await fundAtCourt(purse, costUnits));
  // What publishes a text goes through it.
  if (task.step.kind === 'ask') unwrap(await ensureDeployer(here.chain));
  const transactions: (string | null)[] = [];
  for (const intent of intents) transactions.push(unwrap((await effect(purse, intent)) as Result<string | null>));
  say({ kind: 'done', transactions, caseId: (await opened?.()) ?? null });
};

runProgram(run);
