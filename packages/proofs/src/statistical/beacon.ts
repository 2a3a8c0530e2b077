/** Beacons (spec 19.5): public randomness of a later time, such as a round of drand or the hash of a block, given by the caller. */
import { ok, type Result, refuserOf } from '@surety/core';

export type Beacon = {
  /** Whose value it is, in ASCII: `drand quicknet`, `ethereum block hash`; 1 to 64 characters. */
  readonly source: string;
  /** Round or block number, 0 .. 2^53 − 1. */
  readonly round: number;
  /** 32 bytes. */
  readonly value: Uint8Array;
  /** Unix seconds before which nobody could know the value. */
  readonly atSeconds: number;
};

const refused = refuserOf<'statistical.beacon'>();

/**
 * How many seconds a beacon came after a commitment, or `statistical.beacon` where it did not: whoever knows the value before
 * committing chooses what survives the check.
 * @param committedAtSeconds Unix seconds by which the commitment was public, as whoever checks knows it
 */
export const beaconDelay = (beacon: Beacon, committedAtSeconds: number): Result<number> => {
  const { source, round, value, atSeconds } = beacon;
  if (!/^[\x20-\x7e]{1,64}$/.test(source)) {
    return refused('statistical.beacon', 'beacon.source', 'The source has no readable name.', 'Name it in ASCII.', {
      value: source,
      limit: '1 to 64 characters of ASCII',
    });
  }
  if (!(Number.isSafeInteger(round) && round >= 0)) {
    return refused('statistical.beacon', 'beacon.round', `The round is ${round}.`, 'Send a whole number.', {
      value: round,
      limit: '0 .. 2^53 - 1',
    });
  }
  if (value.length !== 32) {
    return refused('statistical.beacon', 'beacon.value', `The value has ${value.length} bytes.`, 'Send its 32 bytes.', {
      limit: '32 bytes',
    });
  }
  const delay = atSeconds - committedAtSeconds;
  if (delay > 0) return ok(delay);
  return refused(
    'statistical.beacon',
    'beacon.atSeconds',
    `The beacon is of ${atSeconds}, and the commitment was public by ${committedAtSeconds} only.`,
    'Wait for a later round.',
    { value: atSeconds, limit: `later than ${committedAtSeconds}` },
  );
};

/** When a beacon gives its rounds: round r at `genesisSeconds + (r − firstRound) · periodSeconds`. */
export type Schedule = {
  readonly genesisSeconds: number;
  readonly periodSeconds: number;
  readonly firstRound: number;
};

/** The first round after a commitment, and its time: what to wait for. */
export const roundAfter = (
  { genesisSeconds, periodSeconds, firstRound }: Schedule,
  committedAtSeconds: number,
): { readonly round: number; readonly atSeconds: number } => {
  const passed = Math.max(0, Math.floor((committedAtSeconds - genesisSeconds) / periodSeconds) + 1);
  return { round: firstRound + passed, atSeconds: genesisSeconds + passed * periodSeconds };
};
