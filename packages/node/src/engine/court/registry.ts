/**
 * Who may judge, by money put up or as one person: one stream for all. Stakes come from accounts, are locked into cases when their
 * owner is drawn, and come back from there. Pure.
 */
import type { Json, Problem } from '@surety/core';
import type { Effect, Game } from '../../journal/game.ts';
import { fromJson, toJson } from '../codec.ts';
import { decodeNonces, encodeNonces, isSpent, NO_NONCES, type Nonces, replayProblem, spend } from '../nonces.ts';

export const REGISTRY_STREAM = 'jurors:all';

export type Lock = { readonly caseId: string; readonly amountMicroUsd: bigint };

/** How an account showed that it is one person. */
export type Person = {
  /** Name of the issuer, which the token is made for. */
  readonly issuer: string;
  /** SHA-256 of the key of the token. */
  readonly keyId: string;
  readonly token: string;
  /** Unix seconds: a round that opened before draws without it. */
  readonly since: number;
  /** The last case in which it was drawn and did not vote though it could, or copied. */
  readonly missed?: { readonly caseId: string; readonly at: number };
};

export type Juror = {
  readonly account: string;
  /** Not locked by any case: what can be drawn upon, or taken back. */
  readonly stakeMicroUsd: bigint;
  /** What cases hold of it, until they end. */
  readonly locks: readonly Lock[];
  /** Unix seconds of the last time it was raised: a round that opened before counts nothing of it. */
  readonly since: number;
  readonly person?: Person;
};

export type Registry = {
  /** In the order in which they came. Who has no stake, no lock and is not shown to be a person is not kept. */
  readonly jurors: readonly Juror[];
  readonly nonces: Nonces;
};

export type RegistryEvent =
  | {
      readonly kind: 'staked';
      readonly account: string;
      readonly amountMicroUsd: bigint;
      /** What the stake has to come to, what cases hold of it included; nothing where the operator stakes, or before there was a least. */
      readonly leastMicroUsd?: bigint;
      readonly nonce?: string;
      readonly at: number;
    }
  /** A token that the issuer made for the account; it has been verified. */
  | {
      readonly kind: 'person-shown';
      readonly account: string;
      readonly issuer: string;
      readonly keyId: string;
      readonly token: string;
      readonly nonce: string;
      readonly at: number;
    }
  /** Somebody drawn as a person did not vote though he could, or copied. */
  | { readonly kind: 'missed'; readonly account: string; readonly caseId: string; readonly at: number }
  /** Takes all that is not locked. */
  | {
      readonly kind: 'unstaked';
      readonly account: string;
      readonly amountMicroUsd: bigint;
      readonly nonce: string;
      readonly at: number;
    }
  | {
      readonly kind: 'locked';
      readonly caseId: string;
      readonly locks: readonly { readonly account: string; readonly amountMicroUsd: bigint }[];
      readonly at: number;
    }
  /** A case has ended and gives back what is left of its lock, once. */
  | {
      readonly kind: 'released';
      readonly caseId: string;
      readonly account: string;
      readonly amountMicroUsd: bigint;
      readonly at: number;
    };

type Outcome =
  | { readonly kind: 'accepted'; readonly state: Registry; readonly effects: readonly never[] }
  | { readonly kind: 'refused'; readonly problem: Problem };

const no = (problem: Problem): Outcome => ({ kind: 'refused', problem });
const accept = (state: Registry): Outcome => ({ kind: 'accepted', state, effects: [] });

/** A juror's entry; one without a stake where there is none. */
export const jurorOf = ({ jurors }: Registry, account: string): Juror =>
  jurors.find((juror) => juror.account === account) ?? { account, stakeMicroUsd: 0n, locks: [], since: 0 };

/** Whether a token is of an issuer: its key, under the name that it has now, since verifiers check both. */
export const isShownTo = (
  person: Person | undefined,
  issuer: { readonly name: string; readonly keyId: string } | null,
): person is Person => person !== undefined && person.issuer === issuer?.name && person.keyId === issuer.keyId;

/** What all cases together have locked of a juror's stake. */
export const lockedOf = ({ locks }: Juror): bigint =>
  locks.reduce((sum, { amountMicroUsd }) => sum + amountMicroUsd, 0n);

/** Whether an entry says nothing that is not true of everybody: accounts are free, and an empty entry must not stay for ever. */
const isEmpty = ({ stakeMicroUsd, locks, person }: Juror): boolean =>
  stakeMicroUsd === 0n && locks.length === 0 && person === undefined;

const withJuror = (state: Registry, juror: Juror): Registry => {
  const place = state.jurors.findIndex(({ account }) => account === juror.account);
  if (isEmpty(juror)) return place < 0 ? state : { ...state, jurors: state.jurors.toSpliced(place, 1) };
  const jurors = place < 0 ? [...state.jurors, juror] : state.jurors.with(place, juror);
  return { ...state, jurors };
};

const spent = (state: Registry, nonce: string | undefined, at: number): Registry =>
  nonce === undefined ? state : { ...state, nonces: spend(state.nonces, nonce, at) };

type Of<K extends RegistryEvent['kind']> = Extract<RegistryEvent, { kind: K }>;

const staked = (state: Registry, { account, amountMicroUsd, leastMicroUsd, nonce, at }: Of<'staked'>): Outcome => {
  const before = jurorOf(state, account);
  const stake = before.stakeMicroUsd + lockedOf(before) + amountMicroUsd;
  if (leastMicroUsd !== undefined && stake < leastMicroUsd) {
    return no({
      code: 'court.registry',
      message: `A stake of ${stake} micro-USD is less than any seat of this court locks, so nobody is drawn by it.`,
      next: `Stake at least ${leastMicroUsd} micro-USD in all.`,
      field: 'action.amountMicroUsd',
      value: amountMicroUsd.toString(),
      limit: `>= ${leastMicroUsd - stake + amountMicroUsd}`,
    });
  }
  const juror = { ...before, stakeMicroUsd: before.stakeMicroUsd + amountMicroUsd, since: at };
  return accept(withJuror(spent(state, nonce, at), juror));
};

const unstaked = (state: Registry, { account, amountMicroUsd, nonce, at }: Of<'unstaked'>): Outcome => {
  const juror = jurorOf(state, account);
  if (juror.stakeMicroUsd === 0n || juror.stakeMicroUsd !== amountMicroUsd) {
    return no({
      code: 'account.insufficient-funds',
      message: `The account has ${juror.stakeMicroUsd} micro-USD of free stake; ${lockedOf(juror)} are locked in cases.`,
      next: 'Wait until the cases have ended.',
      field: 'account',
      value: account,
      limit: '> 0',
    });
  }
  return accept(withJuror(spent(state, nonce, at), { ...juror, stakeMicroUsd: 0n }));
};

const personShown = (state: Registry, { account, issuer, keyId, token, nonce, at }: Of<'person-shown'>): Outcome => {
  const juror = jurorOf(state, account);
  const { missed } = juror.person ?? {};
  const person = { issuer, keyId, token, since: at, ...(missed !== undefined && { missed }) };
  return accept(withJuror(spent(state, nonce, at), { ...juror, person }));
};

const missed = (state: Registry, { account, caseId, at }: Of<'missed'>): Outcome => {
  const juror = jurorOf(state, account);
  if (juror.person === undefined) return accept(state);
  return accept(withJuror(state, { ...juror, person: { ...juror.person, missed: { caseId, at } } }));
};

const locked = (state: Registry, { caseId, locks }: Of<'locked'>): Outcome => {
  let next = state;
  for (const { account, amountMicroUsd } of locks) {
    const juror = jurorOf(next, account);
    if (juror.stakeMicroUsd < amountMicroUsd) {
      return no({
        code: 'court.stake-short',
        message: 'A drawn juror has taken back stake since the panel was put together.',
        next: 'Draw again from those who are there.',
        field: 'locks',
        value: account,
        limit: `>= ${amountMicroUsd}`,
      });
    }
    next = withJuror(next, {
      ...juror,
      stakeMicroUsd: juror.stakeMicroUsd - amountMicroUsd,
      locks: [...juror.locks, { caseId, amountMicroUsd }],
    });
  }
  return accept(next);
};

/** What a case holds of a juror's stake. */
export const lockIn = ({ locks }: Juror, caseId: string): bigint =>
  locks.reduce((sum, lock) => (lock.caseId === caseId ? sum + lock.amountMicroUsd : sum), 0n);

const released = (state: Registry, { caseId, account, amountMicroUsd }: Of<'released'>): Outcome => {
  const juror = jurorOf(state, account);
  if (lockIn(juror, caseId) === 0n) {
    return no({
      code: 'court.nothing-to-withdraw',
      message: 'The case has nothing of this stake.',
      next: 'Nothing needs to be done.',
      field: 'account',
      value: account,
      limit: '> 0',
    });
  }
  const locks = juror.locks.filter((lock) => lock.caseId !== caseId);
  return accept(withJuror(state, { ...juror, stakeMicroUsd: juror.stakeMicroUsd + amountMicroUsd, locks }));
};

/** One step of the registry. */
export const stepRegistry = (state: Registry, event: RegistryEvent): Outcome => {
  if ('nonce' in event && event.nonce !== undefined && isSpent(state.nonces, event.nonce))
    return no(replayProblem(event.nonce));
  switch (event.kind) {
    case 'staked':
      return staked(state, event);
    case 'person-shown':
      return personShown(state, event);
    case 'missed':
      return missed(state, event);
    case 'unstaked':
      return unstaked(state, event);
    case 'locked':
      return locked(state, event);
    case 'released':
      return released(state, event);
  }
};

/** Free stakes: what the registry holds; locked ones are held by their cases. */
export const registryValue = ({ jurors }: Registry): bigint =>
  jurors.reduce((sum, { stakeMicroUsd }) => sum + stakeMicroUsd, 0n);

const inflow = (_: Registry, event: RegistryEvent): bigint => {
  switch (event.kind) {
    case 'staked':
    case 'released':
      return event.amountMicroUsd;
    case 'unstaked':
      return -event.amountMicroUsd;
    case 'person-shown':
    case 'missed':
      return 0n;
    case 'locked':
      return -event.locks.reduce((sum, { amountMicroUsd }) => sum + amountMicroUsd, 0n);
  }
};

export const registryGame: Game<Registry, RegistryEvent, Effect> = {
  name: 'jurors',
  initial: () => ({ jurors: [], nonces: NO_NONCES() }),
  step: stepRegistry,
  inflow,
  encodeEvent: toJson,
  decodeEvent: (json) => fromJson<RegistryEvent>(json),
  encodeState: ({ jurors, nonces }) => ({ jurors: toJson(jurors), nonces: encodeNonces(nonces) }),
  decodeState: (json) => {
    const { jurors, nonces } = json as { readonly jurors: Json; readonly nonces: Json };
    // A snapshot from when empty entries were kept reads back as another state, and so is not used (spec 10.5).
    const kept = fromJson<readonly Juror[]>(jurors).filter((juror) => !isEmpty(juror));
    return { jurors: kept, nonces: decodeNonces(nonces) };
  },
};
