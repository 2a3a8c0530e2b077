/** A vote before it is opened: what is signed now, and what has to be kept until then. */
import { commitmentOf, readingOf } from '@surety/court';

/** What a juror keeps: without it the vote cannot be opened, and counts as absent. */
export type Ballot = {
  readonly marketId: string;
  readonly round: number;
  /** A place in the claim's outcomes, 253 undecidable, 254 too early, 255 invalid, or 252 to abstain. */
  readonly outcome: number;
  readonly reason: string;
  /** 32 bytes, 0x-hex, from a good source of randomness. */
  readonly salt: string;
  /** Account of the seat, lower-case, where several may vote from one place: each has its own ballots, for two equal reasons are a copy. */
  readonly juror?: string;
};

/** Where a case is kept: commitments are bound to it, so that none can be used anywhere else. */
export type CourtPlace = { readonly chainId: number; readonly operator: string };

/**
 * The commitment to a ballot (spec 21.4), 32 bytes 0x-hex.
 * @param juror EIP-55 address of the seat
 * @throws {SuretyError} `input.malformed` for what is no address or hash
 */
export const ballotCommitment = (ballot: Ballot, juror: string, { chainId, operator }: CourtPlace): string => {
  const { marketId, round, outcome, reason, salt } = ballot;
  const terms = { chainId: BigInt(chainId), court: operator, caseId: `0x${marketId}` };
  return commitmentOf(terms, round, juror, { outcome, reading: readingOf(reason), salt });
};
