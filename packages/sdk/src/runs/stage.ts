/** Where a claim stands at a moment of the chain, whose move it is, and what happens if nobody moves. */
import type { Run, RunSummary } from '@surety/protocol';

export type RunStage =
  /** In its window, and nobody disputes it. */
  | 'open'
  /** The window is over, and somebody only has to say so. */
  | 'due'
  | 'provider'
  | 'provider-late'
  | 'challenger'
  | 'challenger-late'
  /** Shown to be wrong. */
  | 'refuted'
  /** Void because the provider did not answer. */
  | 'unanswered'
  | 'annulled'
  /** In its window, and needs a proof within it. */
  | 'proof-due'
  /** The window is over without the proof that was asked for. */
  | 'proof-late'
  /** Annulled for want of a proof. */
  | 'unproved'
  | 'proved'
  /** Final because nobody refuted it. */
  | 'unrefuted';

/** All that {@link stageOf} reads. */
export type Staged = Pick<
  RunSummary,
  'state' | 'turn' | 'windowEndsAt' | 'openDisputes' | 'proved' | 'byClock' | 'proofRequired' | 'doubted'
>;

/**
 * The stage at a moment.
 * @param now seconds of the chain's own time
 */
export const stageOf = (run: Staged, now: number): RunStage => {
  if (run.state === 'final') return run.proved ? 'proved' : 'unrefuted';
  if (run.state === 'void') return run.byClock ? 'unanswered' : 'refuted';
  if (run.state === 'annulled') return run.doubted ? 'annulled' : 'unproved';
  if (run.turn !== null) return now > run.turn.before ? `${run.turn.side}-late` : run.turn.side;
  const isOver = now > run.windowEndsAt;
  if (run.proofRequired) return isOver ? 'proof-late' : 'proof-due';
  return isOver ? 'due' : 'open';
};

/** One or two words, for a stamp. */
export const STAGE_NAMES: Readonly<Record<RunStage, string>> = {
  open: 'open',
  due: 'window over',
  provider: 'disputed',
  'provider-late': 'disputed',
  challenger: 'disputed',
  'challenger-late': 'disputed',
  refuted: 'refuted',
  unanswered: 'void',
  annulled: 'annulled',
  'proof-due': 'proof due',
  'proof-late': 'window over',
  unproved: 'annulled',
  proved: 'proved',
  unrefuted: 'not refuted',
};

export type NextMove = {
  /** Whose move it is; `null` where nothing is left to do. */
  readonly side: 'anybody' | 'provider' | 'challenger' | null;
  /** Whose move it is and what it is, as a sentence. */
  readonly what: string;
  /** What happens if nobody does. */
  readonly otherwise: string;
  /** Until when, in the chain's time; `null` where nothing presses. */
  readonly before: number | null;
};

const move = (side: NextMove['side'], what: string, otherwise: string, before: number | null = null): NextMove => ({
  side,
  what,
  otherwise,
  before,
});

/** Who must move until when, or how it ended. */
export const nextMove = (run: Staged, now: number): NextMove => {
  const before = run.turn?.before ?? run.windowEndsAt;
  switch (stageOf(run, now)) {
    case 'open':
      return move(
        'anybody',
        'Anybody who finds it wrong can dispute it.',
        'If nobody does, the result becomes final.',
        before,
      );
    case 'due':
      return move('anybody', 'The window is over and no dispute is open.', 'Anybody can make it final now.');
    case 'provider':
      return move(
        'provider',
        'The provider has to answer.',
        'If it does not, the claim is void and the bond is lost.',
        before,
      );
    case 'provider-late':
      return move('anybody', 'The provider did not answer in time.', 'Anybody can void the claim now.');
    case 'challenger':
      return move(
        'challenger',
        'The challenger has to ask on, refute the run, or give up.',
        'If not, the dispute is closed and the stake goes to the provider.',
        before,
      );
    case 'challenger-late':
      return move('anybody', 'The challenger did not move in time.', 'Anybody can close the dispute now.');
    case 'refuted':
      return move(null, 'The run was shown to be wrong.', 'The claim is void and the bond is lost.');
    case 'unanswered':
      return move(
        null,
        'The provider did not answer in time.',
        'The claim is void and the bond is lost. Whether the run was wrong is not shown on the chain.',
      );
    case 'annulled':
      return move(
        null,
        'The result lies outside the tolerance that was agreed.',
        'The claim is annulled: nobody is punished, bond and price went back.',
      );
    case 'proof-due':
      return move(
        'provider',
        'The provider has to prove the run on the chain.',
        'If it does not, the claim is annulled: price and bond go back. Anybody who finds it wrong can dispute it.',
        before,
      );
    case 'proof-late':
      return move('anybody', 'The window is over, and the run was not proved.', 'Anybody can annul the claim now.');
    case 'unproved':
      return move(
        null,
        'A proof was asked for, and none came within the window.',
        'The claim is annulled: nobody is punished, bond and price went back.',
      );
    case 'proved':
      return move(null, 'The run was proved on the chain.', 'The result is final.');
    case 'unrefuted':
      return move(null, 'Nobody refuted it in time.', 'The result is final. It was not proved.');
  }
};

/** The chain's time, from what a node said and how long ago it said so, in seconds. */
export const chainTime = (chain: Pick<Run['chain'], 'now'>, secondsSince: number): number =>
  chain.now + Math.max(0, secondsSince);
