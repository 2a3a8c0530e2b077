/** Panels that could be drawn: one family of each chosen cluster, every draw as likely; and what a panel rules (spec 21). */
import { voteOf } from '../../packages/analysts/src/pure.ts';

/** 1: bad; −1: not; 0: abstains. */
export type Ballot = -1 | 0 | 1;

export const ballotOf = (ppm: number | null, lossToGain: number): Ballot => {
  const vote = voteOf({ probabilityPpm: ppm }, lossToGain);
  return vote === null ? 0 : vote === 'scam' ? 1 : -1;
};

/** Ballots that must be cast: 2 of 3, 4 of 7. */
export const quorumOf = (seats: number): number => Math.floor(seats / 2) + 1;

/** The plurality of the ballots cast, 0 where they are too few or even. */
export const ruling = (ballots: readonly Ballot[], quorum: number): Ballot => {
  let cast = 0;
  let sum = 0;
  for (const ballot of ballots) {
    cast += ballot * ballot;
    sum += ballot;
  }
  return cast < quorum || sum === 0 ? 0 : sum > 0 ? 1 : -1;
};

const choices = <T>(items: readonly T[], count: number): T[][] =>
  count === 0
    ? [[]]
    : items.flatMap((item, i) => choices(items.slice(i + 1), count - 1).map((rest) => [item, ...rest]));

const products = (groups: readonly (readonly number[])[]): number[][] =>
  groups.reduce<number[][]>((all, group) => all.flatMap((made) => group.map((one) => [...made, one])), [[]]);

export type Panel = {
  readonly members: readonly number[];
  /** Seats that there are, filled or not: the quorum is of these. */
  readonly seats: number;
  /** How likely this panel is drawn. */
  readonly share: number;
  /** The panel of the next round, called where this one has no ruling. */
  readonly next?: Panel;
};

/** One juror by itself. */
export const alone = (member: number): Panel => ({ members: [member], seats: 1, share: 1 });

/** Every panel of `seats` jurors of distinct clusters, with its share: clusters evenly, families of a cluster evenly. */
export const panelsOf = (clusters: readonly (readonly number[])[], seats: number): Panel[] => {
  const drawn = choices(clusters, seats);
  return drawn.flatMap((chosen) => {
    const panels = products(chosen);
    return panels.map((members) => ({ members, seats, share: 1 / drawn.length / panels.length }));
  });
};

/**
 * Three seats and then seven, with nobody twice: voices that have not sat come first, then other families of those that have,
 * one a voice; seats that nobody is left for stay empty.
 */
export const twoRounds = (clusters: readonly (readonly number[])[]): Panel[] =>
  panelsOf(clusters, 3).flatMap((first) => {
    const sat = (member: number): boolean => first.members.includes(member);
    const left = clusters
      .map((voice) => ({ fresh: !voice.some(sat), members: voice.filter((member) => !sat(member)) }))
      .filter(({ members }) => members.length > 0)
      .sort((a, b) => Number(b.fresh) - Number(a.fresh))
      .slice(0, 7);
    const seconds = products(left.map(({ members }) => members));
    return seconds.map((members) => {
      const share = first.share / seconds.length;
      return { ...first, share, next: { members, seats: 7, share } };
    });
  });

/** What a panel rules on ballots by juror, or the next one where it does not. */
export const ruledBy = ({ members, seats, next }: Panel, ballots: readonly Ballot[]): Ballot => {
  const own = ruling(
    members.map((member) => ballots[member]!),
    quorumOf(seats),
  );
  return own === 0 && next !== undefined ? ruledBy(next, ballots) : own;
};
