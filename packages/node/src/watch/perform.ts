/** Moves as transactions: each takes effect once, however often it is tried. */
import { type Chain, type ClaimView, type Contracts, type Intent, type Submitted, submit } from '@surety/chain';
import type { Move } from './moves.ts';

/** Seconds that one transaction is waited for before everything is looked at again. */
export const PATIENCE_SECONDS = 45;

export type Performing = {
  readonly chain: Chain;
  readonly contracts: Contracts;
  /** After which a transaction that is not mined is sent again for more. */
  readonly outbidSeconds: number;
};

export const intentOf = (move: Move, { claim }: ClaimView): Intent => {
  switch (move.kind) {
    case 'finalise':
      return { kind: 'finalise', claim };
    case 'dispute':
      return { kind: 'dispute', claim, question: move.question, prepayWei: move.prepayWei };
    case 'ask':
      return { kind: 'ask', claim, disputeId: move.disputeId, question: move.question, prepayWei: move.prepayWei };
    case 'answer':
      return { kind: 'answer', claim, disputeId: move.disputeId, question: move.question, answer: move.answer };
    case 'prove':
      return { kind: 'prove', claim, proof: move.proof };
    case 'refute':
      return { kind: 'refute', claim, disputeId: move.disputeId, proof: move.proof };
    case 'concede':
    case 'expire':
    case 'settle':
      return { kind: move.kind, claim, disputeId: move.disputeId };
  }
};

export const perform = (
  { chain, contracts, outbidSeconds }: Performing,
  move: Move,
  view: ClaimView,
): Promise<Submitted> =>
  submit(chain, contracts, intentOf(move, view), { timeoutSeconds: PATIENCE_SECONDS, outbidSeconds });

/** What a contract says of a move that was tried before its time, or after somebody else's: no trouble of ours. */
const EARLY: ReadonlySet<string> = new Set(['arbiter.clock-running', 'arbiter.window-open', 'arbiter.disputes-open']);

export const isEarly = (move: Move, sent: Submitted): boolean =>
  (move.kind === 'expire' || move.kind === 'finalise') && sent.kind === 'refused' && EARLY.has(sent.problem.code);
