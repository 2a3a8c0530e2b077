/**
 * `@surety/node/court-step` as a program: one step at a court of contracts. Says what it takes, waits until whoever started it
 * agrees, and does it; done again it finds that it is done.
 */
import {
  COURT_GAS,
  type ContractCase,
  createCourtBook,
  type Intent,
  pottedUnits,
  readCourtMoney,
  readJuror,
  registryName,
} from '@surety/chain';
import { OUTCOME, type Result, SuretyError, unwrap } from '@surety/core';
import { agreed, giveGas, ownAddress, readTask, runProgram, say } from '../watch/program.ts';
import { builtInJuror, mayServeOn, programOf } from './built-in.ts';
import { createClaimTexts } from './claim-text.ts';
import { effect, fundAtCourt } from './court-money.ts';
import { type CourtHere, type CourtPlaces, openCourt } from './open-court.ts';

export type CourtStep =
  | { readonly kind: 'join'; readonly family: string; readonly stakeUnits: string }
  /** Takes back the stake that no open seat can take. */
  | { readonly kind: 'leave' }
  /** `bondUnits` is `null` for the least. `outcome` is a name of the claim, or a number. */
  | { readonly kind: 'propose'; readonly caseId: number; readonly outcome: string; readonly bondUnits: string | null }
  /** `amountUnits` is `null` for all that is missing. */
  | {
      readonly kind: 'challenge';
      readonly caseId: number;
      readonly outcome: string;
      readonly amountUnits: string | null;
    }
  /** Fetches what the own contributions and seats of a case that has ended are owed. */
  | { readonly kind: 'collect'; readonly caseId: number }
  | { readonly kind: 'withdraw' };

export type StepTask = CourtPlaces & { readonly nodes: readonly string[]; readonly step: CourtStep };

/** What is to be done: what it takes out of the own money, in words, and the intents. */
type Planned = { readonly costUnits: bigint; readonly words: string; readonly intents: readonly Intent[] };

type At = CourtHere & { readonly me: `0x${string}`; readonly nodes: readonly string[] };

const SPECIAL: Readonly<Record<string, number>> = {
  undecidable: OUTCOME.undecidable,
  'too-early': OUTCOME.tooEarly,
  invalid: OUTCOME.invalid,
};

const caseOf = async ({ chain, setting, fromBlock }: At, caseId: number): Promise<ContractCase> => {
  const { cases } = unwrap(await createCourtBook(chain, setting, { fromBlock }).read());
  const found = cases.find(({ id }) => id === BigInt(caseId));
  if (found !== undefined) return found;
  throw new SuretyError({
    code: 'court.case-unknown',
    message: `The court ${setting.court} has no case ${caseId} of late.`,
    next: 'Run "surety court --chain" for the list.',
    field: 'ID',
    value: String(caseId),
  });
};

const outcomeOf = async ({ chain, fromBlock, nodes }: At, of: ContractCase, name: string): Promise<number> => {
  const { number } = await chain.reader.getBlock();
  const text = await createClaimTexts({ chain, fromBlock, nodes }).find(of.question, of.outcomes, number);
  const labels = text.kind === 'found' ? text.claim.outcomes : [];
  const at = labels.indexOf(name);
  const code = at >= 0 ? at : (SPECIAL[name] ?? (/^\d{1,2}$/.test(name) ? Number(name) : of.outcomes));
  if (code < of.outcomes || code > OUTCOME.abstain) return code;
  const numbers = labels.length > 0 ? labels : [...Array(of.outcomes).keys()];
  throw new SuretyError({
    code: 'court.unknown-outcome',
    message: `Case ${of.id} has no outcome "${name}".`,
    next: `Use one of ${[...numbers, ...Object.keys(SPECIAL)].map((each) => `"${each}"`).join(', ')}.`,
    field: '--for',
    value: name,
  });
};

const joining = async (here: At, { family, stakeUnits }: Extract<CourtStep, { kind: 'join' }>): Promise<Planned> => {
  const { chain, at, me, setting } = here;
  unwrap(mayServeOn(chain.chainId));
  const juror = unwrap(builtInJuror(family));
  const stake = BigInt(stakeUnits);
  const known = unwrap(await readJuror(chain, setting, me));
  const id = registryName(juror.family);
  if (known?.family === id) {
    const amountUnits = stake - known.stakeUnits;
    const words = `Raise the stake of ${me} as a juror of the family ${juror.family}.`;
    if (amountUnits <= 0n) return { costUnits: 0n, words, intents: [] };
    return {
      costUnits: amountUnits,
      words,
      intents: [{ kind: 'court-add-stake', at, key: me, amountUnits, untilUnits: stake }],
    };
  }
  const terms = { key: me, family: id, program: registryName(programOf(juror)), stakeUnits: stake };
  return {
    costUnits: stake,
    words: `Join as a juror of the family ${juror.family}: a wrong vote costs what the policy of its case says, absence less.`,
    intents: [
      { kind: 'court-serve', at, operator: me },
      { kind: 'court-join-as-program', at, ...terms },
    ],
  };
};

const leaving = async ({ chain, at, me, setting }: At): Promise<Planned> => {
  const known = unwrap(await readJuror(chain, setting, me));
  const words = 'Take back the stake that no open seat can take, into the balance at the court.';
  const amountUnits = (known?.stakeUnits ?? 0n) - (known?.lockedUnits ?? 0n);
  if (known === null || amountUnits === 0n) return { costUnits: 0n, words, intents: [] };
  const downToUnits = known.lockedUnits;
  return { costUnits: 0n, words, intents: [{ kind: 'court-withdraw-stake', at, key: me, amountUnits, downToUnits }] };
};

const proposing = async (here: At, step: Extract<CourtStep, { kind: 'propose' }>): Promise<Planned> => {
  const of = await caseOf(here, step.caseId);
  const outcome = await outcomeOf(here, of, step.outcome);
  const bondUnits = step.bondUnits === null ? of.policy.leastBondUnits : BigInt(step.bondUnits);
  return {
    costUnits: bondUnits,
    words: `Propose “${step.outcome}” in case ${of.id}. The bond is lost if another outcome is final.`,
    intents: [{ kind: 'court-propose', at: here.at, caseId: of.id, outcome, bondUnits, payWei: 0n }],
  };
};

const challenging = async (here: At, step: Extract<CourtStep, { kind: 'challenge' }>): Promise<Planned> => {
  const of = await caseOf(here, step.caseId);
  const outcome = await outcomeOf(here, of, step.outcome);
  if (of.need === null)
    throw new SuretyError({
      code: 'court.wrong-phase',
      message: `Nothing can be challenged or appealed in case ${of.id} now: it is ${of.state}.`,
      next: 'surety court shows where it stands.',
      field: 'ID',
      value: String(of.id),
    });
  const missing = of.need.bondUnits + of.need.feesUnits - pottedUnits(of, outcome);
  const wanted = step.amountUnits === null ? missing : BigInt(step.amountUnits);
  const amountUnits = wanted < missing ? wanted : missing;
  const rung = of.rungs.length;
  const mine = of.contributions.find(
    (each) =>
      each.rung === rung && each.outcome === outcome && each.contributor === here.me && each.collectedUnits === null,
  );
  return {
    costUnits: amountUnits,
    words: `Pay for “${step.outcome}” in case ${of.id}${amountUnits === missing ? ', which calls the next panel' : ''}. Bonds are lost if another outcome is final.`,
    intents: [
      {
        ...{ kind: 'court-fund', at: here.at, caseId: of.id, rung, outcome, amountUnits, payWei: 0n },
        beforeUnits: mine?.amountUnits ?? 0n,
      },
    ],
  };
};

const collecting = async ({ at, me, ...here }: At, caseId: number): Promise<Planned> => {
  const of = await caseOf({ at, me, ...here }, caseId);
  const seats = of.rounds.flatMap((round) =>
    round.seats
      .filter(({ juror, settled, state }) => juror === me && settled === null && state !== 'shown')
      .map(({ seat }): Intent => ({ kind: 'court-settle-seat', at, caseId: of.id, round: round.number, seat })),
  );
  const paid = of.contributions
    .filter(({ contributor, collectedUnits }) => contributor === me && collectedUnits === null)
    .map(({ rung, outcome }): Intent => ({ kind: 'court-collect', at, caseId: of.id, rung, outcome, contributor: me }));
  return { costUnits: 0n, words: `Fetch what case ${of.id} owes to ${me}.`, intents: [...seats, ...paid] };
};

const withdrawing = async ({ chain, at, me, setting }: At): Promise<Planned> => {
  const { balanceUnits } = unwrap(await readCourtMoney(chain, setting, me));
  const words = `Pay out the balance at the court to ${me}.`;
  if (balanceUnits === 0n) return { costUnits: 0n, words, intents: [] };
  return { costUnits: 0n, words, intents: [{ kind: 'court-withdraw', at, to: me, amountUnits: balanceUnits }] };
};

const plan = (here: At, step: CourtStep): Promise<Planned> => {
  switch (step.kind) {
    case 'join':
      return joining(here, step);
    case 'leave':
      return leaving(here);
    case 'propose':
      return proposing(here, step);
    case 'challenge':
      return challenging(here, step);
    case 'collect':
      return collecting(here, step.caseId);
    case 'withdraw':
      return withdrawing(here);
  }
};

const gasOf = (intents: readonly Intent[]): bigint =>
  intents.reduce((sum, { kind }) => sum + (kind in COURT_GAS ? COURT_GAS[kind as keyof typeof COURT_GAS] : 0n), 0n);

const run = async (): Promise<void> => {
  const task = readTask<StepTask>();
  const court = await openCourt(task);
  const me = ownAddress(court.chain);
  const here: At = { ...court, me, nodes: task.nodes };
  const { costUnits, words, intents } = await plan(here, task.step);
  const { chainId } = here.chain;
  say({
    kind: 'ready',
    chainId,
    court: here.setting.court,
    me,
    words,
    costUnits,
    mostGas: gasOf(intents),
    steps: intents.length,
  });
  if (intents.length === 0) return say({ kind: 'done', transactions: [] });
  if (!(await agreed())) return say({ kind: 'declined' });
  await giveGas(here.chain, me);
  const purse = { chain: here.chain, contracts: here.contracts, setting: here.setting, me };
  unwrap(await fundAtCourt(purse, costUnits));
  const transactions: (string | null)[] = [];
  for (const intent of intents) transactions.push(unwrap((await effect(purse, intent)) as Result<string | null>));
  say({ kind: 'done', transactions });
};

runProgram(run);
