/** A juror's steps as transactions: each takes effect once, however often it is tried. */
import { randomBytes } from 'node:crypto';
import type { NameAnalyst } from '@surety/analysts';
import {
  type Chain,
  type ContractCase,
  type Contracts,
  type CourtAddresses,
  DRAW_ELEMENTS,
  type Intent,
  readHeader,
  type Submitted,
  submit,
} from '@surety/chain';
import { type Problem, SuretyError } from '@surety/core';
import { contractProof } from '@surety/court/drand';
import type { VerifiedRound } from '../drand.ts';
import type { ClaimTexts } from './claim-text.ts';
import type { JurorMove } from './decide.ts';
import { judge } from './judge.ts';
import type { KeptVote, KeptVotes, SeatKey } from './kept-votes.ts';
import { seatCommitment, seatKeyOf, voteIsLost } from './seat-vote.ts';
import { type ServingTerms, weighDraw } from './weigh.ts';

type Hex = `0x${string}`;

export type JurorParts = {
  readonly chain: Chain;
  readonly contracts: Contracts;
  readonly court: CourtAddresses;
  readonly me: Hex;
  readonly juror: NameAnalyst;
  readonly texts: ClaimTexts;
  readonly votes: KeptVotes;
  /** The first round of drand at or after a moment; `null` where it cannot be had. */
  readonly drand: (at: number) => Promise<VerifiedRound | null>;
  readonly terms: ServingTerms;
  /** Told of a vote once it is kept, before it is sent. */
  readonly onVote: (seat: SeatKey, vote: KeptVote) => void;
};

/** Seconds that one transaction is waited for before everything is looked at again. */
const PATIENCE = { timeoutSeconds: 45, outbidSeconds: 15 };

const waiting = (message: string): Submitted => {
  const problem: Problem = { code: 'court.too-early', message, next: 'It is tried again.' };
  return { kind: 'refused', problem };
};

/** The vote that is kept of the own seat in a round, or `null`. */
export const keptFor = (parts: JurorParts, of: ContractCase, round: number): KeptVote | null =>
  parts.votes.find(seatKeyOf(parts, of, round));

/** The vote of a seat: the one that is kept, or a new one, which is kept before anybody hears of it. */
const voteFor = async (
  parts: JurorParts,
  of: ContractCase,
  { round, waits }: Extract<JurorMove, { readonly kind: 'commit' }>,
  block: bigint,
): Promise<KeptVote | string> => {
  const seat = seatKeyOf(parts, of, round);
  const known = parts.votes.find(seat);
  if (known !== null) return known;
  const text = await parts.texts.find(of.question, of.outcomes, block);
  if (text.kind === 'missing' && waits) return text.why;
  const { lossToGain } = of.policy.rounds[round - 1]!;
  const salt: Hex = `0x${randomBytes(32).toString('hex')}`;
  const kept = parts.votes.keep(seat, { ...judge(parts.juror, text, lossToGain), salt });
  parts.onVote(seat, kept);
  return kept;
};

const intentOf = async (
  parts: JurorParts,
  move: JurorMove,
  of: ContractCase,
  block: bigint,
): Promise<Intent | string> => {
  const at = parts.court;
  const { caseId } = move;
  switch (move.kind) {
    case 'commit': {
      const kept = await voteFor(parts, of, move, block);
      if (typeof kept === 'string') return kept;
      const { round, seat } = move;
      return { kind: 'court-commit', at, caseId, round, seat, commitment: seatCommitment(parts, of, round, kept) };
    }
    case 'reveal': {
      const { round, seat } = move;
      const kept = keptFor(parts, of, round);
      const { commitment } = of.rounds[round - 1]!.seats.find((each) => each.seat === seat)!;
      if (kept === null || seatCommitment(parts, of, round, kept) !== commitment) return voteIsLost(of);
      const { vote, reading, salt } = kept;
      return { kind: 'court-reveal', at, caseId, round, seat, juror: parts.me, vote, reading, salt };
    }
    case 'draw': {
      const shown = move.begun ? null : await parts.drand(move.beaconAt);
      if (shown === null && !move.begun) return 'The round of drand cannot be had yet.';
      const proof = shown === null ? '0x' : (contractProof(shown.signature) as Hex);
      return { kind: 'court-draw', at, caseId, round: move.round, proof, elements: DRAW_ELEMENTS };
    }
    case 'draw-by-fallback': {
      const header = await readHeader(parts.chain, move.block);
      if (!header.ok) throw new SuretyError(header.problem);
      if (header.value === null) return `The header of block ${move.block} cannot be had.`;
      const { round } = move;
      return { kind: 'court-draw-by-fallback', at, caseId, round, header: header.value, elements: DRAW_ELEMENTS };
    }
    case 'tally':
      return { kind: 'court-tally', at, caseId, round: move.round };
    case 'finalise':
      return { kind: 'court-finalise', at, caseId };
    case 'settle-seat':
      return { kind: 'court-settle-seat', at, caseId, round: move.round, seat: move.seat };
    case 'collect':
      return { kind: 'court-collect', at, caseId, rung: move.rung, outcome: move.outcome, contributor: parts.me };
  }
};

/**
 * Takes a step.
 * @throws {SuretyError} `court.commitment-differs` for a seat whose vote is not kept here, `config.keys-unreadable`
 */
export const performMove = async (
  parts: JurorParts,
  move: JurorMove,
  of: ContractCase,
  block: bigint,
): Promise<Submitted> => {
  const intent = await intentOf(parts, move, of, block);
  if (typeof intent === 'string') return waiting(intent);
  if ((intent.kind === 'court-draw' || intent.kind === 'court-draw-by-fallback') && 'anyway' in move && !move.anyway) {
    const weighed = await weighDraw(parts, of, intent);
    if (!weighed.ok) return { kind: 'refused', problem: weighed.problem };
    if (weighed.value !== null) return { kind: 'refused', problem: weighed.value };
  }
  return submit(parts.chain, parts.contracts, intent, PATIENCE);
};

/** Refusals that only say that somebody was faster, or that the chain's clock is a little behind. */
const NO_TROUBLE: ReadonlySet<string> = new Set(['court.too-early', 'court.drawn', 'court.wrong-phase']);

export const isTrouble = (sent: Submitted): boolean =>
  sent.kind === 'lost' || (sent.kind === 'refused' && !NO_TROUBLE.has(sent.problem.code));
