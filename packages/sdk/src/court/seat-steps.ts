/** A person's seat in a case of a contract: what it asks for now, and its vote as transactions of the own wallet. */
import { readingOf } from '@surety/court';
import type { ChainCase } from '@surety/protocol';
import { type Ballot, ballotCommitment } from './ballot.ts';
import { type WalletStep, walletStep } from './wallet-steps.ts';

export { personGrounds } from '@surety/court';

export type ChainSeat = {
  readonly round: number;
  /** `missed` where a window ended without the vote, or without its opening. */
  readonly todo: 'commit' | 'open' | 'done' | 'missed';
  /** When that can be done, and until when; unix seconds by the chain's clock. */
  readonly from: number;
  readonly until: number;
  /** What the seat earns by voting for the final outcome, and what it has at stake. */
  readonly feeMicroUsd: string;
  readonly lockMicroUsd: string;
  /** Why it voted so, as the node shows it; `null` where nobody has published that. */
  readonly reason: string | null;
};

/**
 * The seat of an account among the people of a case, of the last round where it has two; `null` where it has none.
 * @param now the chain's time, unix seconds
 */
export const chainSeat = ({ rounds }: Pick<ChainCase, 'rounds'>, account: string, now: number): ChainSeat | null => {
  const isOwn = ({ juror }: { readonly juror: string }): boolean => juror.toLowerCase() === account.toLowerCase();
  const round = rounds.findLast(({ jurors, panel }) => jurors === 'people' && panel.some(isOwn));
  const seat = round?.panel.find(isOwn);
  if (round === undefined || seat === undefined || round.times === null) return null;
  const { number, feePerSeatMicroUsd, lockMicroUsd, times } = round;
  const terms = { round: number, feeMicroUsd: feePerSeatMicroUsd, lockMicroUsd, reason: seat.reason };
  const voting = { from: times.drawEndsAt, until: times.commitEndsAt };
  const opening = { from: times.commitEndsAt, until: times.revealEndsAt };
  if (seat.vote !== 'none') return { ...terms, ...opening, todo: 'done' };
  if (seat.committed)
    return { ...terms, ...opening, todo: now < opening.until && round.state === 'running' ? 'open' : 'missed' };
  return { ...terms, ...voting, todo: now < voting.until && round.state === 'running' ? 'commit' : 'missed' };
};

type Place = Pick<ChainCase['chain'], 'chainId' | 'court' | 'panels'>;

/** A case of a contract as commitments name it: its number in 32 bytes, hex. */
export const chainBallotCase = (caseId: number): string => caseId.toString(16).padStart(64, '0');

/** The transaction that votes: of the vote it holds the commitment alone. */
export const commitStep = ({ chainId, court, panels }: Place, juror: string, ballot: Ballot): WalletStep => {
  const made = { chainId, words: 'Commit to your vote. Nobody can read it from this.', to: panels };
  const commitment = ballotCommitment(ballot, juror, { chainId, operator: court });
  return walletStep(made, 'commit(uint256,bytes32)', [BigInt(`0x${ballot.marketId}`), commitment]);
};

/** The transaction that opens a vote. */
export const revealStep = ({ chainId, panels }: Omit<Place, 'court'>, juror: string, ballot: Ballot): WalletStep => {
  const { marketId, outcome, reason, salt } = ballot;
  const made = { chainId, words: 'Open your vote. Everybody can read it from then on.', to: panels };
  const args = [BigInt(`0x${marketId}`), juror, BigInt(outcome), readingOf(reason), salt];
  return walletStep(made, 'reveal(uint256,address,uint8,bytes32,bytes32)', args);
};

/** What a node keeps of an open vote, and where: the text by its digest. */
export const groundsPlace = ({ reason }: Pick<Ballot, 'reason'>): string =>
  `/v1/court/chain/grounds/${readingOf(reason)}`;

/** The reason of a person's vote without the mark below it. */
export const reasonOf = ({ reason }: Pick<Ballot, 'reason'>): string => reason.replace(/\n\[[0-9a-f]{16}\]$/, '');
