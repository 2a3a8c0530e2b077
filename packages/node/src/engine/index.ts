/**
 * The engine: questions from asking to settlement, over the journal's host. Start here: `createEngine` wires what
 * follows what. One question's way: `ask.ts` → `play.ts` → `resolve.ts`, with `receipts.ts` at every stage.
 */
import { eachAccount } from '@surety/markets';
import type { Handlers } from '@surety/protocol';
import type { LogFiles } from '../http/options.ts';
import type { Host } from '../journal/host.ts';
import { runsGame } from '../runs/feed.ts';
import type { AccountState } from './account.ts';
import { createAct } from './act.ts';
import { chainGame } from './chain-state.ts';
import type { Context } from './context.ts';
import { ballotGame } from './court/ballots.ts';
import { caseGame } from './court/case-game.ts';
import type { CaseState, CaseStreamEffect } from './court/case-state.ts';
import { courtFeedGame } from './court/feed.ts';
import { positionsIn } from './court/positions.ts';
import { REGISTRY_STREAM, type Registry, registryGame } from './court/registry.ts';
import { mustBeDue, tend } from './court/tend.ts';
import { endCover } from './cover.ts';
import { feedGame } from './feed.ts';
import { accountGame, questionGame } from './games.ts';
import { createHandlers, type HandlerParts } from './handlers.ts';
import { accountStream, caseStream, type LedgerMove, marketStream, modelStream, mustTransfer } from './ledger.ts';
import { logGame, type ReceiptLog } from './log.ts';
import { type ModelEffect, type ModelState, modelGame } from './model.ts';
import { open } from './play.ts';
import { expire, followDrift, measure, watch } from './publish.ts';
import type { QuestionEffect, QuestionState } from './question.ts';
import { close, convene, giveUp, stateOf } from './resolve.ts';
import { gradeQuestion, scoresGame } from './scores.ts';
import { announce, conclude, settle } from './settle.ts';
import { turns } from './turns.ts';

/** Makes the engine's streams usable; before anything else touches the host. */
export const registerGames = (host: Host): void => {
  host.register(accountGame);
  host.register(questionGame);
  host.register(logGame);
  host.register(chainGame);
  host.register(feedGame);
  host.register(scoresGame);
  host.register(modelGame);
  host.register(runsGame);
  host.register(caseGame);
  host.register(registryGame);
  host.register(ballotGame);
  host.register(courtFeedGame);
};

/** Bond that the operator posts for cover on a development network, and what each built-in player starts with. */
const BOND_MICRO_USD = 100_000_000_000n;
const PLAYER_MICRO_USD = 10_000_000_000n;
/** A player below this is filled up again. */
const PLAYER_LEAST_MICRO_USD = 1_000_000_000n;

/** Posts the operator's bond and gives built-in players their money out of the treasury. Does nothing twice. */
export const stake = async (context: Context): Promise<void> => {
  const { host, operator, players } = context;
  const treasury = accountStream(operator.address);
  const { bondMicroUsd, balanceMicroUsd: treasuryMicroUsd } = await host.state<AccountState>(treasury);
  const at = context.now();
  const moves: LedgerMove[] = [];
  let left = treasuryMicroUsd;
  if (bondMicroUsd === 0n) {
    moves.push({ stream: treasury, event: { kind: 'bond-posted', amountMicroUsd: BOND_MICRO_USD, at } });
    left -= BOND_MICRO_USD;
  }
  for (const { account } of players) {
    const { balanceMicroUsd } = await host.state<AccountState>(accountStream(account));
    if (balanceMicroUsd >= PLAYER_LEAST_MICRO_USD) continue;
    const amountMicroUsd = PLAYER_MICRO_USD - balanceMicroUsd;
    // A treasury that others have emptied is no reason not to start: the players go on with what they have.
    if (amountMicroUsd > left) continue;
    left -= amountMicroUsd;
    const stream = accountStream(account);
    moves.push(
      { stream: treasury, event: { kind: 'sent', amountMicroUsd, to: { stream, purpose: 'stake' }, at } },
      { stream, event: { kind: 'received', amountMicroUsd, from: { stream: treasury, purpose: 'stake' }, at } },
    );
  }
  if (moves.length > 0) await mustTransfer(host, moves);
};

/**
 * Money in questions that are not settled, in bonds of models that are not revealed, in cases and stakes of jurors, by the
 * account it would go back to. Loads them, and returns the way to read them all at one instant: `undefined` where one has left memory meanwhile.
 */
export const openPositions = async (
  host: Host,
  live: ReadonlySet<string>,
  bonded: Set<string>,
  cases: ReadonlySet<string>,
): Promise<() => ReadonlyMap<string, bigint> | undefined> => {
  for (const claimId of live) await host.state(marketStream(claimId));
  for (const model of bonded) await host.state(modelStream(model));
  for (const claimId of cases) await host.state(caseStream(claimId));
  await host.state(REGISTRY_STREAM);
  return () => readPositions(host, live, bonded, cases);
};

/** Models in which bonds wait. */
export const bondedModels = async (host: Host): Promise<Set<string>> => {
  const bonded = new Set<string>();
  for (let after: string | undefined; ; ) {
    const page = await host.streams('model:', { limit: 1_000, ...(after !== undefined && { after }) });
    for (const stream of page) {
      const { model, versions } = await host.state<ModelState>(stream);
      if (versions.some(({ heldMicroUsd }) => heldMicroUsd > 0n)) bonded.add(model);
    }
    after = page.at(-1);
    if (page.length < 1_000) return bonded;
  }
};

const readPositions = (
  host: Host,
  live: ReadonlySet<string>,
  bonded: ReadonlySet<string>,
  cases: ReadonlySet<string>,
): ReadonlyMap<string, bigint> | undefined => {
  const owed = new Map<string, bigint>();
  const add = (account: string, amount: bigint): void => {
    owed.set(account, (owed.get(account) ?? 0n) + amount);
  };
  for (const claimId of live) {
    const state = host.peek<QuestionState>(marketStream(claimId));
    if (state === undefined) return undefined;
    const { market } = state;
    if (market === null || market.phase.kind === 'settled') continue;
    add(market.terms.subsidyPayer, market.terms.subsidyMicroUsd);
    for (const holder of eachAccount(market.accounts)) add(holder.account, holder.depositedMicroUsd);
  }
  const registry = host.peek<Registry>(REGISTRY_STREAM);
  if (registry === undefined) return undefined;
  for (const { account, stakeMicroUsd } of registry.jurors) if (stakeMicroUsd > 0n) add(account, stakeMicroUsd);
  for (const claimId of cases) {
    const state = host.peek<CaseState>(caseStream(claimId));
    if (state === undefined) return undefined;
    for (const [account, amount] of positionsIn(state)) add(account, amount);
  }
  for (const model of bonded) {
    const state = host.peek<ModelState>(modelStream(model));
    if (state === undefined) return undefined;
    for (const { publication, heldMicroUsd } of state.versions)
      if (heldMicroUsd > 0n) add(publication.publisher, heldMicroUsd);
  }
  return owed;
};

/** Runs of one task, one after the other for each key. */
const oneByOne = (task: (key: string) => Promise<void>): ((key: string) => Promise<void>) => {
  const inTurn = turns();
  return (key) => inTurn(key, () => task(key));
};

const idIn = (data: unknown): string => (data as { readonly claimId: string }).claimId;

export type EngineParts = Omit<HandlerParts, 'act' | 'opened'> & {
  readonly live: Set<string>;
  readonly cases: Set<string>;
};

export type Engine = { readonly handlers: Handlers; readonly logFiles: LogFiles };

/** The log's files as the edge serves them. */
const filesOf = (log: ReceiptLog): LogFiles => ({
  get: async (path) => {
    if (path === 'checkpoint') return new TextEncoder().encode((await log.checkpoint()).note);
    const tile = await log.tile(path);
    return tile.ok ? tile.value : undefined;
  },
});

/** Wires what follows what, and answers the protocol's routes. */
export const createEngine = (parts: EngineParts): Engine => {
  const { context, live, models, cases } = parts;
  const { host } = context;
  const opened = oneByOne(async (claimId) => {
    live.add(claimId);
    await open(context, claimId);
  });
  const closed = oneByOne((claimId) => convene(context, claimId));
  const decided = oneByOne(async (claimId) => {
    await announce(context, claimId);
    const state = await stateOf(context, claimId);
    if (state.phase === 'final') await gradeQuestion(context, state);
  });
  const settled = oneByOne(async (claimId) => {
    await conclude(context, claimId);
    await gradeQuestion(context, await stateOf(context, claimId));
    live.delete(claimId);
  });
  const follow = (kind: QuestionEffect['kind'], task: (claimId: string) => Promise<void>): void =>
    host.onEffect<QuestionEffect>(kind, ({ claimId }) => task(claimId));
  follow('question.asked', opened);
  follow('question.closed', closed);
  follow('question.decided', decided);
  follow('question.settled', settled);
  const moved = oneByOne(async (claimId) => {
    cases.add(claimId);
    if (await tend(context, claimId)) cases.delete(claimId);
  });
  host.onEffect<CaseStreamEffect>('case.moved', ({ claimId }) => moved(claimId));
  host.onJob('court', async (data) => {
    mustBeDue(context, data);
    await moved(idIn(data));
  });
  host.onJob('close', (data) => close(context, idIn(data)));
  host.onJob('settle', (data) => settle(context, idIn(data)));
  host.onJob('cover-end', (data) => endCover(context, idIn(data)));
  host.onJob('give-up', (data) => giveUp(context, idIn(data)));
  host.onEffect<ModelEffect>('model.published', ({ model, version }) => watch(context, model, version));
  host.onEffect<ModelEffect>('model.public', ({ model }) => followDrift(context, model));
  host.onJob('model-overdue', (data) => expire(context, (data as { readonly publicationId: string }).publicationId));
  host.onJob('model-drift', (data) => measure(context, models, (data as { readonly model: string }).model));
  const act = createAct(context, parts.webhooks, models);
  return {
    handlers: createHandlers({ ...parts, act, opened }),
    logFiles: filesOf(context.log),
  };
};
