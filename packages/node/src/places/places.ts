/**
 * Who has one of a limited number of places where accounts are free. Nobody is identified: places are kept for those who are shown to
 * be persons and for those with money at stake, and the rest is shared among the networks that people come from, so that a
 * flood crowds out itself first (max-min fairness, as in fair queueing: Demers, Keshav and Shenker, SIGCOMM 1989). Pure.
 */

/** What a node sees of any account that acts. */
export type Seen = {
  /** Tag of the network that it came from; `null` where none is seen: all of these are one. */
  readonly network: number | null;
  /** Unix seconds since when the account is known here. */
  readonly since: number;
};

/** What an account has that a flood of accounts has not. */
export type Standing =
  /** An issuer said that it is one person (spec 21.10). */
  | { readonly kind: 'person' }
  | { readonly kind: 'stake'; readonly stakeMicroUsd: bigint }
  | ({ readonly kind: 'free' } & Seen);

type Kind = Standing['kind'];
type Free = Extract<Standing, { kind: 'free' }>;

/** How many places each kind has at least; together all that there are. What one kind leaves, others use until it is wanted. */
export type Places = Readonly<Record<Kind, number>>;

export type Place =
  | { readonly kind: 'room' }
  /** In the place of that one, by its position among those who have places. */
  | { readonly kind: 'instead'; readonly of: number }
  | { readonly kind: 'full' };

const FULL: Place = { kind: 'full' };
const KINDS: readonly Kind[] = ['person', 'stake', 'free'];

/** Places of all kinds together. */
export const placesIn = (places: Places): number => KINDS.reduce((sum, kind) => sum + places[kind], 0);

const positionsOf = (held: readonly Standing[], kind: Kind): readonly number[] =>
  held.flatMap((each, i) => (each.kind === kind ? [i] : []));

/** How many come from each network. */
const crowds = (held: readonly Standing[]): ReadonlyMap<number | null, number> => {
  const sizes = new Map<number | null, number>();
  for (const each of held) if (each.kind === 'free') sizes.set(each.network, (sizes.get(each.network) ?? 0) + 1);
  return sizes;
};

/** The youngest account among free ones of some networks, the one that came last of several. */
const youngest = (held: readonly Standing[], counts: (network: number | null) => boolean): number =>
  held.reduce((found, each, i) => {
    if (each.kind !== 'free' || !counts(each.network)) return found;
    return found < 0 || each.since >= (held[found] as Free).since ? i : found;
  }, -1);

/** Who goes first if one of a kind has to. */
const weakest = (held: readonly Standing[], kind: Kind): number => {
  if (kind === 'free') {
    const sizes = crowds(held);
    const most = Math.max(...sizes.values());
    return youngest(held, (network) => sizes.get(network) === most);
  }
  const stakeOf = (i: number): bigint => {
    const each = held[i]!;
    return each.kind === 'stake' ? each.stakeMicroUsd : 0n;
  };
  return positionsOf(held, kind).reduce((found, i) => (found < 0 || stakeOf(i) <= stakeOf(found) ? i : found), -1);
};

/** A free newcomer takes from a network that has two more than its own; or, where that makes nothing fairer, from a younger account. */
const amongFree = (held: readonly Standing[], newcomer: Free): Place => {
  const sizes = crowds(held);
  const own = sizes.get(newcomer.network) ?? 0;
  const most = Math.max(...sizes.values());
  if (most > own + 1) return { kind: 'instead', of: youngest(held, (network) => sizes.get(network) === most) };
  const of = youngest(held, (network) => network === newcomer.network || sizes.get(network) === own + 1);
  return of >= 0 && (held[of] as Free).since > newcomer.since ? { kind: 'instead', of } : FULL;
};

const amongItsKind = (held: readonly Standing[], newcomer: Standing): Place => {
  if (newcomer.kind === 'free') return amongFree(held, newcomer);
  if (newcomer.kind === 'person') return FULL;
  const of = weakest(held, 'stake');
  const smallest = held[of];
  return smallest?.kind === 'stake' && smallest.stakeMicroUsd < newcomer.stakeMicroUsd ? { kind: 'instead', of } : FULL;
};

/**
 * The place of a newcomer. Whatever comes, each kind keeps its places; among stakes the larger one stays, among persons who came first.
 * Every exchange makes those who have places more evenly spread, older or better backed, so no two accounts displace each other in turn.
 * @param held those who have places, in the order in which they came
 */
export const placeFor = (held: readonly Standing[], newcomer: Standing, places: Places): Place => {
  if (held.length < placesIn(places)) return { kind: 'room' };
  if (positionsOf(held, newcomer.kind).length >= places[newcomer.kind]) return amongItsKind(held, newcomer);
  const over = (kind: Kind): number => positionsOf(held, kind).length - places[kind];
  const most = KINDS.reduce((a, b) => (over(b) >= over(a) ? b : a));
  return { kind: 'instead', of: weakest(held, most) };
};

const KIND_ORDER: Readonly<Record<Kind, number>> = { person: 0, stake: 1, free: 2 };

/** For sorting what is shown: persons, then stakes, the largest first, then accounts, the oldest first. */
export const byStanding = (a: Standing, b: Standing): number => {
  if (a.kind === 'stake' && b.kind === 'stake')
    return Number(b.stakeMicroUsd > a.stakeMicroUsd) - Number(a.stakeMicroUsd > b.stakeMicroUsd);
  if (a.kind === 'free' && b.kind === 'free') return a.since - b.since;
  return KIND_ORDER[a.kind] - KIND_ORDER[b.kind];
};
