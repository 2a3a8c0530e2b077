/** Signed actions of the court: pay, stake, vote, open, show, advise. Each is one transaction, or one typed refusal. */
import { isToken, type Problem, personChallenge, type Result, refuse } from '@surety/core';
import { type Case, type CaseEvent, readingOf } from '@surety/court';
import type { Action, ActionResult } from '@surety/protocol';
import type { Move } from '../../journal/host.ts';
import type { Origin } from '../../places/standing.ts';
import type { Context } from '../context.ts';
import { accountStream, caseStream, transfer } from '../ledger.ts';
import type { CaseState } from './case-state.ts';
import { contribute } from './challenge.ts';
import { jurorOf, lockedOf, REGISTRY_STREAM, type Registry } from './registry.ts';
import { LEAST_STAKE_MICRO_USD } from './terms.ts';

type Of<T extends Action['type']> = Extract<Action, { type: T }>;
export type CourtAction = Of<
  | 'surety/action/challenge/v1'
  | 'surety/action/stake/v1'
  | 'surety/action/unstake/v1'
  | 'surety/action/show-person/v1'
  | 'surety/action/vote/v1'
  | 'surety/action/open-vote/v1'
  | 'surety/action/show-vote/v1'
  | 'surety/action/advise/v1'
>;

const unknownCase = (marketId: string): Problem => ({
  code: 'court.case-unknown',
  message: `No case is open on market ${marketId}.`,
  next: 'List the cases, or challenge the answer first.',
  field: 'action.marketId',
  value: marketId,
});

const gameOf = async (context: Context, marketId: string): Promise<Result<Case>> => {
  const { game } = await context.host.state<CaseState>(caseStream(marketId));
  return game === undefined ? refuse(unknownCase(marketId)) : { ok: true, value: game };
};

const challenge = async (
  context: Context,
  action: Of<'surety/action/challenge/v1'>,
  sessionKey: string,
): Promise<Result<ActionResult>> => {
  const { marketId } = action;
  const taken = await contribute(context, { ...action, amountMicroUsd: BigInt(action.amountMicroUsd), sessionKey });
  if (!taken.ok) return taken;
  const { takenMicroUsd, missingMicroUsd } = taken.value;
  const money = { takenMicroUsd: takenMicroUsd.toString(), missingMicroUsd: missingMicroUsd.toString() };
  return { ok: true, value: { kind: 'challenge', marketId, ...money } };
};

const stake = async (
  context: Context,
  { account, amountMicroUsd: amount, nonce }: Of<'surety/action/stake/v1'>,
  sessionKey: string,
): Promise<Result<ActionResult>> => {
  const at = context.now();
  const amountMicroUsd = BigInt(amount);
  const to = { stream: REGISTRY_STREAM, purpose: 'juror-stake' };
  const done = await transfer(context.host, [
    { stream: accountStream(account), event: { kind: 'sent', amountMicroUsd, to, sessionKey, at } },
    {
      stream: REGISTRY_STREAM,
      event: { kind: 'staked', account, amountMicroUsd, leastMicroUsd: LEAST_STAKE_MICRO_USD, nonce, at },
    },
  ]);
  if (!done.ok) return done;
  const { stakeMicroUsd } = jurorOf(await context.host.state<Registry>(REGISTRY_STREAM), account);
  return { ok: true, value: { kind: 'stake', stakeMicroUsd: stakeMicroUsd.toString() } };
};

const unstake = async (
  context: Context,
  { account, nonce }: Of<'surety/action/unstake/v1'>,
): Promise<Result<ActionResult>> => {
  const at = context.now();
  const juror = jurorOf(await context.host.state<Registry>(REGISTRY_STREAM), account);
  const { stakeMicroUsd: amountMicroUsd } = juror;
  const from = { stream: REGISTRY_STREAM, purpose: 'juror-stake' };
  const done = await transfer(context.host, [
    { stream: REGISTRY_STREAM, event: { kind: 'unstaked', account, amountMicroUsd, nonce, at } },
    { stream: accountStream(account), event: { kind: 'received', amountMicroUsd, from, at } },
  ]);
  if (!done.ok) return done;
  const money = { returnedMicroUsd: amountMicroUsd.toString(), lockedMicroUsd: lockedOf(juror).toString() };
  return { ok: true, value: { kind: 'unstake', ...money } };
};

const showPerson = async (
  context: Context,
  { account, token, nonce }: Of<'surety/action/show-person/v1'>,
): Promise<Result<ActionResult>> => {
  const { persons, network, operator } = context;
  if (persons === null)
    return refuse({
      code: 'court.no-issuer',
      message: 'This court draws people by their stakes, and takes no tokens.',
      next: 'Stake to judge, or advise.',
      field: 'action.token',
    });
  const challenge = personChallenge({
    issuer: persons.name,
    chainId: network.chainId,
    court: operator.address,
    account,
  });
  if (!isToken(Buffer.from(token, 'hex'), challenge, persons.key))
    return refuse({
      code: 'court.person-token',
      message: `The token is none that ${persons.name} made for this account and court.`,
      next: 'Get one for this account: surety person.',
      field: 'action.token',
      limit: `signed by key ${persons.keyId}`,
    });
  const at = context.now();
  const event = {
    kind: 'person-shown',
    account,
    issuer: persons.name,
    keyId: persons.keyId,
    token,
    nonce,
    at,
  } as const;
  const done = await transfer(context.host, [{ stream: REGISTRY_STREAM, event }]);
  return done.ok ? { ok: true, value: { kind: 'show-person', since: at } } : done;
};

/** Runs one event of a case that moves no money between streams. */
const inCase = async (
  context: Context,
  marketId: string,
  event: CaseEvent & { readonly nonce: string; readonly reason?: string },
): Promise<Result<Case>> => {
  const game = await gameOf(context, marketId);
  if (!game.ok) return game;
  const done = await transfer(context.host, [{ stream: caseStream(marketId), event }]);
  return done.ok ? gameOf(context, marketId) : done;
};

const vote = async (
  context: Context,
  { account: juror, marketId, commitment, nonce }: Of<'surety/action/vote/v1'>,
): Promise<Result<ActionResult>> => {
  const done = await inCase(context, marketId, { kind: 'commit', at: context.now(), juror, commitment, nonce });
  if (!done.ok) return done;
  const { number, commitEndsAt } = done.value.rounds.at(-1)!;
  return { ok: true, value: { kind: 'vote', marketId, round: number, opensAt: commitEndsAt } };
};

const openVote = async (
  context: Context,
  { account: juror, marketId, outcome, reason, salt, nonce }: Of<'surety/action/open-vote/v1'>,
): Promise<Result<ActionResult>> => {
  const reading = readingOf(reason);
  const event = { kind: 'reveal', at: context.now(), juror, outcome, reading, salt, reason, nonce } as const;
  const done = await inCase(context, marketId, event);
  return done.ok ? { ok: true, value: { kind: 'open-vote', marketId, round: done.value.rounds.length } } : done;
};

const showVote = async (
  context: Context,
  { account: by, marketId, juror, outcome, reading, salt, nonce }: Of<'surety/action/show-vote/v1'>,
): Promise<Result<ActionResult>> => {
  const before = await gameOf(context, marketId);
  if (!before.ok) return before;
  const event = { kind: 'show-early', at: context.now(), by, juror, outcome, reading, salt, nonce } as const;
  const done = await inCase(context, marketId, event);
  if (!done.ok) return done;
  const won = (done.value.credits.get(by) ?? 0n) - (before.value.credits.get(by) ?? 0n);
  return { ok: true, value: { kind: 'show-vote', marketId, wonMicroUsd: won.toString() } };
};

/**
 * @param from decides, with person and stake, about a place where there are not enough
 * @param further what goes into the same transaction, such as the count of a passkey's signatures
 */
export const advise = async (
  context: Context,
  { account, marketId, outcome, reason, nonce }: Of<'surety/action/advise/v1'>,
  from: Origin,
  further: readonly Move[] = [],
): Promise<Result<ActionResult>> => {
  const game = await gameOf(context, marketId);
  if (!game.ok) return game;
  // A stake counts as of the proposal: else one would be moved from account to account, and speak for each.
  const standing = await context.standings.of(account, from, caseStream(marketId), game.value.proposedAt);
  const event = { kind: 'advised', account, outcome, reason, standing, nonce, at: context.now() } as const;
  const done = await transfer(context.host, [{ stream: caseStream(marketId), event }], further);
  return done.ok ? { ok: true, value: { kind: 'advise', marketId } } : done;
};

/** Carries out an action of the court whose signature, key and scope have been checked. */
export const actInCourt = (
  context: Context,
  action: CourtAction,
  sessionKey: string,
  from: Origin,
): Promise<Result<ActionResult>> => {
  switch (action.type) {
    case 'surety/action/challenge/v1':
      return challenge(context, action, sessionKey);
    case 'surety/action/stake/v1':
      return stake(context, action, sessionKey);
    case 'surety/action/unstake/v1':
      return unstake(context, action);
    case 'surety/action/show-person/v1':
      return showPerson(context, action);
    case 'surety/action/vote/v1':
      return vote(context, action);
    case 'surety/action/open-vote/v1':
      return openVote(context, action);
    case 'surety/action/show-vote/v1':
      return showVote(context, action);
    case 'surety/action/advise/v1':
      return advise(context, action, from);
  }
};
