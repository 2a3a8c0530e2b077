/**
 * Which signed actions were already carried out, for as long as they could be replayed: an action is void after
 * {@link ACTION_MAX_SECONDS}, so two generations of that length are enough and memory stays flat.
 *
 * The sets are shared by successive versions of a state, which only add to them: an entry whose version lies
 * above the state's own belongs to a later version (or to a step that was refused) and does not count.
 */
import type { Json, Problem } from '@surety/core';
import { LIMITS } from '@surety/protocol';

/** Longest time between signing an action and its expiry that a node accepts, in seconds. */
export const ACTION_MAX_SECONDS = LIMITS.actionLifetimeSeconds;

export type Nonces = {
  readonly version: number;
  /** Unix seconds at which `recent` began. */
  readonly since: number;
  readonly recent: Map<string, number>;
  readonly older: Map<string, number>;
};

export const NO_NONCES = (): Nonces => ({ version: 0, since: 0, recent: new Map(), older: new Map() });

const holds = (entries: Map<string, number>, nonces: Nonces, value: string): boolean => {
  const version = entries.get(value);
  return version !== undefined && version <= nonces.version;
};

/** Whether an action with this nonce was carried out. */
export const isSpent = (nonces: Nonces, value: string): boolean =>
  holds(nonces.recent, nonces, value) || holds(nonces.older, nonces, value);

/** The refusal of an action whose nonce is spent. */
export const replayProblem = (nonce: string): Problem => ({
  code: 'action.replayed',
  message: `The action with nonce ${nonce} was already carried out.`,
  next: 'Sign a new action with a fresh nonce if you mean to do it again.',
  field: 'action.nonce',
  value: nonce,
});

/**
 * The recent entries, free of those that a refused step added: left in, they would count as soon as this state's own
 * version reaches theirs. Each version adds one entry, so their number tells whether there are any.
 */
const withoutForks = ({ recent, version }: Nonces): Map<string, number> => {
  const first = recent.values().next();
  const own = first.done ? 0 : Math.max(0, version - first.value + 1);
  return recent.size === own ? recent : new Map([...recent].filter(([, at]) => at <= version));
};

/** The nonces with one more, at unix second `at`. */
export const spend = (nonces: Nonces, value: string, at: number): Nonces => {
  const version = nonces.version + 1;
  const recent = withoutForks(nonces);
  if (at - nonces.since >= ACTION_MAX_SECONDS) {
    const older = at - nonces.since >= 2 * ACTION_MAX_SECONDS ? new Map<string, number>() : recent;
    return { version, since: at, recent: new Map([[value, version]]), older };
  }
  recent.set(value, version);
  return { ...nonces, recent, version };
};

const live = (entries: Map<string, number>, version: number): Json =>
  [...entries].filter(([, at]) => at <= version).map(([value, at]) => [value, at]);

export const encodeNonces = (nonces: Nonces): Json => ({
  version: nonces.version,
  since: nonces.since,
  recent: live(nonces.recent, nonces.version),
  older: live(nonces.older, nonces.version),
});

type Encoded = { version: number; since: number; recent: [string, number][]; older: [string, number][] };

export const decodeNonces = (json: Json): Nonces => {
  const { version, since, recent, older } = json as unknown as Encoded;
  return { version, since, recent: new Map(recent), older: new Map(older) };
};
