/** What an account stands for where places are few: shown to be a person, a stake that it has had for long enough, or neither. */

import { isShownTo, type Juror, lockedOf, REGISTRY_STREAM, type Registry } from '../engine/court/registry.ts';
import { LEAST_STAKE_MICRO_USD } from '../engine/court/terms.ts';
import { accountStream } from '../engine/ledger.ts';
import type { Host } from '../journal/host.ts';
import type { PersonIssuer } from '../persons/issuer.ts';
import { networkTag } from './network.ts';
import type { Seen, Standing } from './places.ts';

/** Where an action came from. */
export type Origin = {
  /** Address of who sent it, or other words where there is none. */
  readonly remote: string;
  /** Unix seconds since when the account is known, where that is known already. */
  readonly since?: number;
};

type Backed = Exclude<Standing, { kind: 'free' }>;

export type Standings = {
  /**
   * By person or stake, for many at once.
   * @returns a function of account and unix seconds, since when a stake has to be there; `null` of who has neither
   */
  readonly backed: () => Promise<(account: string, stakedBy: number) => Backed | null>;
  /** @param scope what networks are told apart within */
  readonly seen: (account: string, from: Origin, scope: string) => Promise<Seen>;
  /**
   * Of who acts: both of these.
   * @param stakedBy unix seconds since when a stake has to be there, so that one stake does not stand for many accounts in turn
   */
  readonly of: (account: string, from: Origin, scope: string, stakedBy: number) => Promise<Standing>;
};

const backingOf = (juror: Juror, issuer: PersonIssuer | null, stakedBy: number): Backed | null => {
  if (isShownTo(juror.person, issuer)) return { kind: 'person' };
  const stakeMicroUsd = juror.stakeMicroUsd + lockedOf(juror);
  const counts = stakeMicroUsd >= LEAST_STAKE_MICRO_USD && juror.since <= stakedBy;
  return counts ? { kind: 'stake', stakeMicroUsd } : null;
};

/** @param secret keys the tags of networks */
export const createStandings = (parts: {
  readonly host: Pick<Host, 'state' | 'read'>;
  readonly persons: PersonIssuer | null;
  readonly secret: string;
  /** Unix seconds. */
  readonly now: () => number;
}): Standings => {
  const { host, persons, secret, now } = parts;
  const backed: Standings['backed'] = async () => {
    const { jurors } = await host.state<Registry>(REGISTRY_STREAM);
    const byAccount = new Map(jurors.map((juror) => [juror.account, juror]));
    return (account, stakedBy) => {
      const juror = byAccount.get(account);
      return juror === undefined ? null : backingOf(juror, persons, stakedBy);
    };
  };
  /** A wallet is known since the first event of its account. */
  const firstSeen = async (account: string): Promise<number> =>
    (await host.read(accountStream(account), 0, 1))[0]?.at ?? now();
  const seen: Standings['seen'] = async (account, { remote, since }, scope) => ({
    network: networkTag(secret, scope, remote),
    since: since ?? (await firstSeen(account)),
  });
  return {
    backed,
    seen,
    of: async (account, from, scope, stakedBy) =>
      (await backed())(account, stakedBy) ?? { kind: 'free', ...(await seen(account, from, scope)) },
  };
};
