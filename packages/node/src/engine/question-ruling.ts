/** A question's steps from evidence to the last word: attach, decide, challenge, release the bond, issue. Pure. */
import { type DecidedBy, encode, type Problem } from '@surety/core';
import { accountOf } from '@surety/markets';
import { isSpent, spend } from './nonces.ts';
import { accept, no, type Of, type Outcome, replay, wrongPhase } from './question-events.ts';
import { inMarket } from './question-market.ts';
import { type Decision, QUESTION_LIMITS, type QuestionState } from './question-state.ts';

const tooMuch = (field: string, value: number, limit: number, what: string): Problem => ({
  code: 'question.evidence-full',
  message: `${what}: ${value}, and at most ${limit} fit.`,
  next: 'Publish it elsewhere and trade on it.',
  field,
  value: String(value),
  limit: String(limit),
});

/** What keeps others from filling a receipt with noise, or from leaving no room for the votes. */
const outsideProblem = (state: QuestionState, by: string, bytes: number): Problem | undefined => {
  const { evidence, pieceBytes, outsideBytes, outsideEvidence, evidenceEach } = {
    ...QUESTION_LIMITS,
    evidence: state.evidence,
  };
  const holder = state.market === null ? undefined : accountOf(state.market, by);
  if (holder === undefined) {
    return {
      code: 'market.unknown-account',
      message: 'Evidence comes from those who have money in the market.',
      next: 'Fund the market first; the money stays yours to trade with.',
      field: 'account',
      value: by,
    };
  }
  if (bytes > pieceBytes) return tooMuch('evidence', bytes, pieceBytes, 'Bytes of this piece of evidence');
  if (state.outsideBytes + bytes > outsideBytes)
    return tooMuch('evidence', state.outsideBytes + bytes, outsideBytes, 'Bytes of evidence on this question');
  const own = evidence.filter((known) => known.by === by && known.evidence.kind === 'analyst-report').length;
  if (own >= evidenceEach) return tooMuch('evidence', own + 1, evidenceEach, 'Pieces of evidence by one account');
  const reports = evidence.filter((known) => known.evidence.kind === 'analyst-report').length;
  if (reports >= outsideEvidence) return tooMuch('evidence', reports + 1, outsideEvidence, 'Reports on this question');
  return undefined;
};

export const attach = (state: QuestionState, { evidenceId, by, evidence, nonce, at }: Of<'evidence'>): Outcome => {
  if (state.phase === 'unasked') return wrongPhase(state, 'open');
  // The same finding attached twice is one finding.
  if (state.evidence.some((known) => known.evidenceId === evidenceId && known.by === by)) {
    return no({
      code: 'market.duplicate-evidence',
      message: 'This evidence is attached already.',
      next: 'Nothing needs to be done.',
      field: 'evidenceId',
      value: evidenceId,
    });
  }
  const pieces = state.evidence.length + 1;
  const { evidence: most } = QUESTION_LIMITS;
  if (pieces > most) return no(tooMuch('evidence', pieces, most, 'Pieces of evidence on this question'));
  const next = { evidence: [...state.evidence, { evidenceId, by, evidence }] };
  if (nonce === undefined) return accept(state, next);
  if (isSpent(state.nonces, nonce)) return replay(nonce);
  if (state.phase !== 'open') return wrongPhase(state, 'open');
  const bytes = encode(evidence).length;
  const wrong = outsideProblem(state, by, bytes);
  if (wrong) return no(wrong);
  return accept(state, {
    ...next,
    outsideBytes: state.outsideBytes + bytes,
    nonces: spend(state.nonces, nonce, at),
  });
};

const sameAnswer = (decision: Decision, outcome: number | null, decidedBy: DecidedBy): boolean =>
  decision.by === 'people' && decision.outcome === outcome && decision.decidedBy.kind === decidedBy.kind;

/**
 * A decision. The panel and the clock speak once, after the close (the clock also where a challenge found no answer);
 * people at any time after it, again only if they say something else.
 */
export const resolved = (state: QuestionState, { outcome, decidedBy, by, at }: Of<'resolved'>): Outcome => {
  const late = state.phase === 'final';
  const decision: Decision = { outcome, decidedBy, by, late, at, seq: state.seq + 1 };
  const audited = state.audited || by === 'people';
  if (by === 'people' && state.decision !== null && sameAnswer(state.decision, outcome, decidedBy))
    return wrongPhase(state, 'ruled on otherwise: people have said this already');
  if (late) {
    const known = outcome === null || outcome < (state.claim?.outcomes.length ?? 0);
    // Settled money stays where it is; what a later ruling moves is cover, scores and the receipt.
    return by === 'people' && known ? accept(state, { decision, audited }) : wrongPhase(state, 'closed or decided');
  }
  const contested = state.phase === 'decided' && state.challenge !== null && state.decision?.by !== 'people';
  const may =
    by === 'clock'
      ? outcome === null && (state.phase === 'closed' || contested)
      : state.phase === 'closed' || (state.phase === 'decided' && by === 'people');
  if (!may) return wrongPhase(state, by === 'clock' ? 'closed or challenged' : 'closed');
  return inMarket(state, { kind: 'resolve', outcome: outcome ?? 'undecided', decidedBy: decidedBy.kind }, () => ({
    state: { phase: 'decided', decision, audited },
  }));
};

const notChallengeable = (receiptId: string, message: string, until: number): Outcome =>
  no({
    code: 'question.not-challengeable',
    message,
    next: 'Wait for the ruling of people, which ends it.',
    field: 'receiptId',
    value: receiptId,
    limit: `before ${until}`,
  });

export const challenged = (
  state: QuestionState,
  { account, receiptId, bondMicroUsd, reason, nonce, at }: Of<'challenged'>,
): Outcome => {
  const { decision } = state;
  if (state.phase !== 'decided' || decision === null) return wrongPhase(state, 'decided');
  if (isSpent(state.nonces, nonce)) return replay(nonce);
  const until = decision.at + state.challengeSeconds;
  if (state.challenge !== null) return notChallengeable(receiptId, 'The answer is under challenge already.', until);
  if (at >= until || decision.by !== 'panel')
    return notChallengeable(receiptId, 'The answer can no longer be challenged.', until);
  if (!state.receipts.some((known) => known.receiptId === receiptId))
    return notChallengeable(receiptId, 'The receipt is not of this question.', until);
  const least = 2n * (state.market?.terms.subsidyMicroUsd ?? 0n);
  if (bondMicroUsd < least) {
    return no({
      code: 'question.bond-too-small',
      message: `A challenge needs a bond of at least ${least} micro-USD.`,
      next: 'Raise the bond: it comes back if people agree with you.',
      field: 'bondMicroUsd',
      value: bondMicroUsd.toString(),
      limit: `>= ${least}`,
    });
  }
  return accept(state, {
    challenge: { account, receiptId, bondMicroUsd, reason, against: decision.outcome, at },
    nonces: spend(state.nonces, nonce, at),
  });
};

/**
 * Whom the challenge bond goes to once somebody other than the panel has decided: back to the challenger, unless people
 * say what the panel said; then to the operator, whose people did the work. `null` while it is held.
 */
export const bondOwner = ({ challenge, decision, market }: QuestionState): string | null => {
  if (challenge === null || decision === null || decision.by === 'panel' || market === null) return null;
  const upheld = decision.by === 'people' && decision.outcome === challenge.against;
  return upheld ? market.terms.feeRecipient : challenge.account;
};

export const bondReleased = (state: QuestionState, { to, amountMicroUsd }: Of<'bond-released'>): Outcome =>
  state.challenge?.bondMicroUsd === amountMicroUsd && bondOwner(state) === to
    ? accept(state, { challenge: null })
    : wrongPhase(state, 'challenged and ruled on, and the bond to go to whom it is due');

export const issued = (state: QuestionState, event: Of<'receipt'>): Outcome => {
  const { receiptId, stage, status, outcome, promise, at } = event;
  if (state.phase === 'unasked') return wrongPhase(state, 'open');
  if (state.receipts.some((known) => known.stage === stage))
    return wrongPhase(state, `without a receipt for the stage ${stage}`);
  const receipt = { receiptId, stage, status, outcome, promise, at, seq: state.seq + 1 };
  return accept(state, { receipts: [...state.receipts, receipt] });
};

/** Counted in the players' scores: as unaudited at most once, as audited at most once. */
export const graded = (state: QuestionState, { audited }: Of<'graded'>): Outcome => {
  const next = audited ? 'audited' : 'unaudited';
  const may = state.decision !== null && state.graded !== 'audited' && state.graded !== next;
  return may && (!audited || state.audited)
    ? accept(state, { graded: next })
    : wrongPhase(state, `decided, and not graded as ${next} yet`);
};
