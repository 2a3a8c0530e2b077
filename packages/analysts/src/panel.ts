/**
 * Who may judge: a juror shares no model family, training data or key with any player of the market, and votes
 * only where a wrong vote is not worth its risk.
 */

import type { Subject } from '@surety/core';
import { type Analyst, type Reading, UNKNOWN_DATA } from './analyst.ts';

/** Why a juror may not sit. */
export type Conflict = {
  readonly juror: string;
  readonly player: string;
  readonly shared: 'id' | 'family' | 'training data' | 'key';
  readonly what: string;
};

type Party = Pick<Analyst, 'id' | 'family' | 'trainedOn' | 'keyId'>;

/** The first thing a juror shares with a player, or may share where data is unknown; `null` where there is none. */
export const conflictOf = (juror: Party, player: Party): Conflict | null => {
  const found = (shared: Conflict['shared'], what: string): Conflict => ({
    juror: juror.id,
    player: player.id,
    shared,
    what,
  });
  if (juror.id === player.id) return found('id', juror.id);
  if (juror.family === player.family) return found('family', juror.family);
  if (juror.trainedOn.includes(UNKNOWN_DATA) || player.trainedOn.includes(UNKNOWN_DATA))
    return found('training data', UNKNOWN_DATA);
  const data = juror.trainedOn.find((source) => player.trainedOn.includes(source));
  if (data !== undefined) return found('training data', data);
  if (juror.keyId !== undefined && juror.keyId === player.keyId) return found('key', juror.keyId);
  return null;
};

/** The jurors that share nothing with any player. */
export const eligibleJurors = <J extends Party>(players: readonly Party[], jurors: readonly J[]): J[] =>
  jurors.filter((juror) => players.every((player) => conflictOf(juror, player) === null));

/** Whether a juror is asked at all: it reads such subjects, and its probability speaks to what is asked of them. */
export const speaksTo = (
  juror: Pick<Analyst, 'reads' | 'answers'>,
  question: { readonly predicate: string; readonly subject: Pick<Subject, 'kind'> },
): boolean => juror.reads.includes(question.subject.kind) && (juror.answers?.includes(question.predicate) ?? true);

/** Loss of a wrong vote over gain of a right one, unless the claim says otherwise. */
export const DEFAULT_LOSS_GAIN_RATIO = 9;

const MILLION = 1_000_000;

export type Vote = 'scam' | 'not-scam';

/**
 * A juror's vote: only where the calibrated probability of being right exceeds L / (L + G); else `null`.
 * `lossGainRatio` is L / G, so the default of 9 asks for more than 90 %. Compared in integers.
 */
export const voteOf = (
  reading: Pick<Reading, 'probabilityPpm'>,
  lossGainRatio = DEFAULT_LOSS_GAIN_RATIO,
): Vote | null => {
  const p = reading.probabilityPpm;
  if (p === null) return null;
  const enough = (ppm: number): boolean => ppm * (lossGainRatio + 1) > MILLION * lossGainRatio;
  if (enough(p)) return 'scam';
  return enough(MILLION - p) ? 'not-scam' : null;
};
