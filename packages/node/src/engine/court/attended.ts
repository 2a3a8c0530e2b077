/**
 * When this node was there to take votes, and whose absence counts (spec 21.10). A person who is drawn has nothing locked, and is not
 * drawn for a time after a missed vote: that must not befall anybody because the node was down or took no votes. Pure.
 */
import type { Round, Seat } from '@surety/court';

/** A moment in a round's time to vote at which the node wrote into the case, as taking a vote would have been. */
export type Attended = { readonly round: number; readonly at: number };

/** Half-open, unix seconds. */
export type Window = { readonly from: number; readonly to: number };

/** A window counts as attended if each of so many parts of it is; fewer where a part would be shorter than {@link LEAST_SECONDS}. */
const PARTS = 12;
const LEAST_SECONDS = 10;

const partsOf = ({ from, to }: Window): number => Math.max(1, Math.min(PARTS, Math.floor((to - from) / LEAST_SECONDS)));

const partAt = (window: Window, at: number): number =>
  Math.floor(((at - window.from) * partsOf(window)) / (window.to - window.from));

export const commitWindow = ({ drawEndsAt, commitEndsAt }: Round): Window => ({ from: drawEndsAt, to: commitEndsAt });
export const revealWindow = ({ commitEndsAt, revealEndsAt }: Round): Window => ({
  from: commitEndsAt,
  to: revealEndsAt,
});

const isIn = ({ from, to }: Window, at: number): boolean => at >= from && at < to;

const marksIn = (attended: readonly Attended[], round: Round, window: Window): ReadonlySet<number> =>
  new Set(
    attended.filter((mark) => mark.round === round.number && isIn(window, mark.at)).map(({ at }) => partAt(window, at)),
  );

/** Whether the part of the window that is now has its mark. */
export const isMarked = (attended: readonly Attended[], round: Round, window: Window, at: number): boolean =>
  marksIn(attended, round, window).has(partAt(window, at));

/** When the next part of a window begins, unix seconds; its end after the last one. */
export const nextPartAt = (window: Window, at: number): number => {
  const [parts, length] = [partsOf(window), window.to - window.from];
  return Math.min(window.to, window.from + Math.ceil(((partAt(window, at) + 1) * length) / parts));
};

const wasThere = (attended: readonly Attended[], round: Round, window: Window): boolean =>
  marksIn(attended, round, window).size === partsOf(window);

/**
 * Seats of a round that count as missed: who copied, or let the vote be shown; and who did not commit, or not open, in a window all
 * through which the node was there, and in which a quorum of the panel did so.
 */
export const missedIn = (round: Round, quorum: number, attended: readonly Attended[]): readonly Seat[] => {
  const committed = round.seats.filter(({ commitment }) => commitment !== null);
  const opened = committed.filter(({ vote }) => vote.kind === 'revealed' || vote.kind === 'copy');
  const couldCommit = committed.length >= quorum && wasThere(attended, round, commitWindow(round));
  const couldOpen = opened.length >= quorum && wasThere(attended, round, revealWindow(round));
  return round.seats.filter(({ commitment, vote }) => {
    if (vote.kind === 'none') return commitment === null ? couldCommit : couldOpen;
    return vote.kind !== 'revealed';
  });
};
