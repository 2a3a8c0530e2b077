/** A question's steps from evidence to the last word: attach, decide, contest, issue. Pure. */
import { type DecidedBy, encode, type Problem } from '@surety/core';
import { accountOf } from '@surety/markets';
import { isSpent, spend } from './nonces.ts';
import { accept, no, type Of, type Outcome, replay, wrongPhase } from './question-events.ts';
import { inMarket } from './question-market.ts';
import { type Decider, type Decision, QUESTION_LIMITS, type QuestionState } from './question-state.ts';

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

/** What is before the court is for the court alone until it has ended. */
const mayResolve = ({ phase, contested: open }: QuestionState, by: Decider, outcome: number | null): boolean => {
  if (open) return by === 'court' && phase === 'decided';
  if (by === 'court') return false;
  if (by === 'clock' && outcome !== null) return false;
  return phase === 'closed' || (phase === 'decided' && by === 'people');
};

/**
 * A decision. Panel and clock speak once, after the close; the court where the panel's answer was contested; people at any time
 * after the close but then, again only if they say something else.
 */
export const resolved = (state: QuestionState, { outcome, decidedBy, by, at }: Of<'resolved'>): Outcome => {
  const late = state.phase === 'final';
  const decision: Decision = { outcome, decidedBy, by, late, at, seq: state.seq + 1 };
  const audited =
    state.audited || by === 'people' || (by === 'court' && decidedBy.kind === 'court' && decidedBy.jurors === 'people');
  if (by === 'people' && state.decision !== null && sameAnswer(state.decision, outcome, decidedBy))
    return wrongPhase(state, 'ruled on otherwise: people have said this already');
  if (late) {
    const known = outcome === null || outcome < (state.claim?.outcomes.length ?? 0);
    // Settled money stays where it is; what a later ruling moves is cover, scores and the receipt.
    return by === 'people' && known ? accept(state, { decision, audited }) : wrongPhase(state, 'closed or decided');
  }
  if (!mayResolve(state, by, outcome)) return wrongPhase(state, by === 'court' ? 'before the court' : 'closed');
  return inMarket(state, { kind: 'resolve', outcome: outcome ?? 'undecided', decidedBy: decidedBy.kind }, () => ({
    state: { phase: 'decided', decision, audited, contested: false },
  }));
};

/** A case can be opened while the panel's answer is not final; the case itself says until when, and for what bond. */
export const contested = (state: QuestionState, { at }: Of<'contested'>): Outcome => {
  const { decision } = state;
  if (state.phase !== 'decided' || decision?.by !== 'panel' || decision.outcome === null)
    return wrongPhase(state, 'answered by its panel');
  const open = !state.contested && at < decision.at + state.challengeSeconds;
  return open ? accept(state, { contested: true }) : wrongPhase(state, 'within its window, and not before the court');
};

export const uncontested = (state: QuestionState): Outcome =>
  state.contested ? accept(state, { contested: false }) : wrongPhase(state, 'before the court');

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
