/**
 * The account game: what one address owns, owes and has authorised. Pure.
 *
 * Value moves between an account and anything else only by events that come in pairs inside one journal
 * transaction, which the journal's host carries out only if it balances, so the sum over all streams is constant but for deposits and withdrawals.
 */
import type { Problem } from '@surety/core';
import { isSpent, NO_NONCES, type Nonces, replayProblem, spend } from './nonces.ts';

/** A session key that a wallet has delegated to (EIP-712 `Delegation`). */
export type Delegation = {
  readonly scope: string;
  /** Net budget this key may move into markets over its whole life. */
  readonly limitMicroUsd: bigint;
  readonly spentMicroUsd: bigint;
  /** Unix seconds. */
  readonly expiresAt: number;
  readonly nonce: number;
};

/** Cover promised to one beneficiary, reserved inside the payer's bond. */
export type ReservedCover = { readonly amountMicroUsd: bigint; readonly beneficiary: string; readonly until: number };

export type AccountState = {
  readonly address: string;
  /** Cash that can be spent, bonded or withdrawn. */
  readonly balanceMicroUsd: bigint;
  /** Posted bond; INVARIANT: the sum of `covers` never exceeds it. */
  readonly bondMicroUsd: bigint;
  readonly covers: ReadonlyMap<string, ReservedCover>;
  readonly depositedMicroUsd: bigint;
  /** Cumulative authorised withdrawals; already debited from the balance. */
  readonly withdrawnMicroUsd: bigint;
  /** Id of the newest deposit credited, 0 for none. Ids rise along the chain, so one seen twice counts once. */
  readonly lastDepositId: string;
  readonly delegations: ReadonlyMap<string, Delegation>;
  /** Nonces of actions that could still be replayed. */
  readonly nonces: Nonces;
  /** There while a demand on chain is open: all cash, and all that comes in, is authorised for withdrawal. */
  readonly forced?: { readonly deadline: number };
};

/** Where an amount goes to or comes from; journalled so that every movement can be followed. */
export type Counterparty = { readonly stream: string; readonly purpose: string };

export type AccountEvent =
  | { readonly kind: 'deposited'; readonly depositId: string; readonly amountMicroUsd: bigint; readonly at: number }
  | {
      readonly kind: 'sent';
      readonly amountMicroUsd: bigint;
      readonly to: Counterparty;
      readonly sessionKey?: string;
      readonly nonce?: string;
      readonly at: number;
    }
  | { readonly kind: 'received'; readonly amountMicroUsd: bigint; readonly from: Counterparty; readonly at: number }
  | ({ readonly kind: 'delegated'; readonly sessionKey: string; readonly at: number } & Omit<
      Delegation,
      'spentMicroUsd'
    >)
  | { readonly kind: 'bond-posted'; readonly amountMicroUsd: bigint; readonly at: number }
  | { readonly kind: 'cover-reserved'; readonly claimId: string; readonly at: number; readonly cover: ReservedCover }
  | { readonly kind: 'cover-released'; readonly claimId: string; readonly at: number }
  | { readonly kind: 'cover-paid'; readonly claimId: string; readonly at: number }
  | {
      readonly kind: 'withdrawal-authorised';
      readonly amountMicroUsd: bigint;
      readonly nonce: string;
      readonly at: number;
    }
  /** The account demands its cash on chain; unix seconds of the deadline. Seen again, it changes nothing. */
  | { readonly kind: 'withdrawal-forced'; readonly deadline: number; readonly at: number }
  /** The demand is answered, or a rewind has undone it. */
  | { readonly kind: 'force-ended'; readonly at: number };

export const initialAccount = (address: string): AccountState => ({
  address,
  balanceMicroUsd: 0n,
  bondMicroUsd: 0n,
  covers: new Map(),
  depositedMicroUsd: 0n,
  withdrawnMicroUsd: 0n,
  lastDepositId: '0',
  delegations: new Map(),
  nonces: NO_NONCES(),
});

/** Cash plus bond: everything the account holds, micro-USD. */
export const accountValue = (state: AccountState): bigint => state.balanceMicroUsd + state.bondMicroUsd;

/** Bond that is not yet promised to anybody, micro-USD. */
export const freeBond = (state: AccountState): bigint => {
  let reserved = 0n;
  for (const cover of state.covers.values()) reserved += cover.amountMicroUsd;
  return state.bondMicroUsd - reserved;
};

type Outcome =
  | { readonly kind: 'accepted'; readonly state: AccountState; readonly effects: readonly never[] }
  | { readonly kind: 'refused'; readonly problem: Problem };

const accept = (state: AccountState): Outcome => ({ kind: 'accepted', state, effects: [] });
const no = (problem: Problem): Outcome => ({ kind: 'refused', problem });

const insufficient = (field: string, wanted: bigint, available: bigint): Outcome =>
  no({
    code: 'account.insufficient-funds',
    message: `${field} asks for ${wanted} micro-USD, but only ${available} are available.`,
    next: 'Lower the amount, or deposit more first.',
    field,
    value: wanted.toString(),
    limit: available.toString(),
  });

const positive = (field: string, amount: bigint): Outcome | undefined =>
  amount > 0n
    ? undefined
    : no({
        code: 'amount.negative',
        message: `${field} must be at least 1 micro-USD, and is ${amount}.`,
        next: 'Send a positive whole number of micro-USD.',
        field,
        value: amount.toString(),
        limit: '1 or more',
      });

const replayed = (state: AccountState, nonce: string | undefined): Outcome | undefined =>
  nonce === undefined || !isSpent(state.nonces, nonce) ? undefined : no(replayProblem(nonce));

const spent = (state: AccountState, nonce: string | undefined, at: number): Nonces =>
  nonce === undefined ? state.nonces : spend(state.nonces, nonce, at);

/** Why cash does not leave, if it does not: it is no amount, it is not there, or it left by this action before. */
const kept = (
  state: AccountState,
  { amountMicroUsd, nonce }: { readonly amountMicroUsd: bigint; readonly nonce?: string },
): Outcome | undefined => {
  const wrong = positive('amountMicroUsd', amountMicroUsd);
  if (wrong) return wrong;
  if (amountMicroUsd > state.balanceMicroUsd)
    return insufficient('amountMicroUsd', amountMicroUsd, state.balanceMicroUsd);
  return replayed(state, nonce);
};

const send = (state: AccountState, event: AccountEvent & { kind: 'sent' }): Outcome => {
  const refused = kept(state, event);
  if (refused) return refused;
  let delegations = state.delegations;
  if (event.sessionKey !== undefined) {
    const delegation = delegations.get(event.sessionKey);
    const total = (delegation?.spentMicroUsd ?? 0n) + event.amountMicroUsd;
    if (delegation === undefined || total > delegation.limitMicroUsd) {
      return no({
        code: 'session.limit-exceeded',
        message: `The session key may move ${delegation?.limitMicroUsd ?? 0n} micro-USD in all, and this would make it ${total}.`,
        next: 'Sign a new delegation with a higher limit.',
        field: 'amountMicroUsd',
        value: event.amountMicroUsd.toString(),
        limit: (delegation?.limitMicroUsd ?? 0n).toString(),
      });
    }
    delegations = new Map(delegations).set(event.sessionKey, { ...delegation, spentMicroUsd: total });
  }
  return accept({
    ...state,
    balanceMicroUsd: state.balanceMicroUsd - event.amountMicroUsd,
    nonces: spent(state, event.nonce, event.at),
    delegations,
  });
};

/** Money that comes in: cash, or a withdrawal at once where the account has demanded it all. */
const receive = (state: AccountState, amountMicroUsd: bigint): AccountState =>
  state.forced === undefined
    ? { ...state, balanceMicroUsd: state.balanceMicroUsd + amountMicroUsd }
    : { ...state, withdrawnMicroUsd: state.withdrawnMicroUsd + amountMicroUsd };

const force = (state: AccountState, deadline: number): Outcome =>
  accept(receive({ ...state, balanceMicroUsd: 0n, forced: { deadline } }, state.balanceMicroUsd));

const endForce = ({ forced: _ended, ...state }: AccountState): Outcome => accept(state);

const endCover = (state: AccountState, claimId: string, pay: boolean): Outcome => {
  const cover = state.covers.get(claimId);
  if (cover === undefined) {
    return no({
      code: 'cover.none',
      message: `No cover is reserved for claim ${claimId}.`,
      next: 'Check the receipt: it may carry no cover, or the cover has ended or been paid.',
      field: 'claimId',
      value: claimId,
    });
  }
  const covers = new Map(state.covers);
  covers.delete(claimId);
  return accept({
    ...state,
    covers,
    bondMicroUsd: pay ? state.bondMicroUsd - cover.amountMicroUsd : state.bondMicroUsd,
  });
};

/** One step of an account. Never throws on what a user can send. */
export const stepAccount = (state: AccountState, event: AccountEvent): Outcome => {
  switch (event.kind) {
    case 'deposited': {
      const wrong = positive('amountMicroUsd', event.amountMicroUsd);
      if (wrong) return wrong;
      if (!(BigInt(event.depositId) > BigInt(state.lastDepositId))) {
        return no({
          code: 'deposit.already-credited',
          message: `Deposit ${event.depositId} is already credited.`,
          next: 'Nothing needs to be done.',
          field: 'depositId',
          value: event.depositId,
          limit: `> ${state.lastDepositId}`,
        });
      }
      return accept({
        ...receive(state, event.amountMicroUsd),
        depositedMicroUsd: state.depositedMicroUsd + event.amountMicroUsd,
        lastDepositId: event.depositId,
      });
    }
    case 'sent':
      return send(state, event);
    case 'received':
      return positive('amountMicroUsd', event.amountMicroUsd) ?? accept(receive(state, event.amountMicroUsd));
    case 'delegated': {
      const old = state.delegations.get(event.sessionKey);
      if (old !== undefined && event.nonce <= old.nonce) {
        return no({
          code: 'session.stale-delegation',
          message: `Delegation nonce ${event.nonce} is not above the last one, ${old.nonce}.`,
          next: 'Sign a delegation with a higher nonce.',
          field: 'nonce',
          value: String(event.nonce),
          limit: `> ${old.nonce}`,
        });
      }
      const { scope, limitMicroUsd, expiresAt, nonce } = event;
      const delegation = { scope, limitMicroUsd, expiresAt, nonce, spentMicroUsd: old?.spentMicroUsd ?? 0n };
      return accept({ ...state, delegations: new Map(state.delegations).set(event.sessionKey, delegation) });
    }
    case 'bond-posted': {
      const wrong = positive('amountMicroUsd', event.amountMicroUsd);
      if (wrong) return wrong;
      if (event.amountMicroUsd > state.balanceMicroUsd)
        return insufficient('amountMicroUsd', event.amountMicroUsd, state.balanceMicroUsd);
      return accept({
        ...state,
        balanceMicroUsd: state.balanceMicroUsd - event.amountMicroUsd,
        bondMicroUsd: state.bondMicroUsd + event.amountMicroUsd,
      });
    }
    case 'cover-reserved': {
      const wrong = positive('cover.amountMicroUsd', event.cover.amountMicroUsd);
      if (wrong) return wrong;
      if (state.covers.has(event.claimId)) {
        return no({
          code: 'cover.settled',
          message: `Cover for claim ${event.claimId} is reserved already.`,
          next: 'Nothing needs to be done.',
          field: 'claimId',
          value: event.claimId,
        });
      }
      const free = freeBond(state);
      if (event.cover.amountMicroUsd > free) {
        return no({
          code: 'cover.bond-exhausted',
          message: `Cover of ${event.cover.amountMicroUsd} micro-USD does not fit into the ${free} of bond that are free.`,
          next: 'Ask for less cover, or go on without: you are then not compensated.',
          field: 'cover.amountMicroUsd',
          value: event.cover.amountMicroUsd.toString(),
          limit: free.toString(),
        });
      }
      return accept({ ...state, covers: new Map(state.covers).set(event.claimId, event.cover) });
    }
    case 'cover-released':
      return endCover(state, event.claimId, false);
    case 'cover-paid':
      return endCover(state, event.claimId, true);
    case 'withdrawal-authorised': {
      const refused = kept(state, event);
      if (refused) return refused;
      const nonces = spent(state, event.nonce, event.at);
      return accept({
        ...state,
        balanceMicroUsd: state.balanceMicroUsd - event.amountMicroUsd,
        withdrawnMicroUsd: state.withdrawnMicroUsd + event.amountMicroUsd,
        nonces,
      });
    }
    case 'withdrawal-forced':
      return force(state, event.deadline);
    case 'force-ended':
      return endForce(state);
  }
};

/**
 * Value that an event brings into the account from other streams, micro-USD; negative where it leaves. Deposits and
 * withdrawals are exchanged with the chain, and count as nothing here.
 */
export const accountInflow = (state: AccountState, event: AccountEvent): bigint => {
  switch (event.kind) {
    case 'received':
      return event.amountMicroUsd;
    case 'sent':
      return -event.amountMicroUsd;
    case 'cover-paid':
      return -(state.covers.get(event.claimId)?.amountMicroUsd ?? 0n);
    default:
      return 0n;
  }
};
