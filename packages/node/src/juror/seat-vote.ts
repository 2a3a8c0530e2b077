/** The vote of one seat at a court of contracts: under which key it is kept, and what is committed to of it. */
import type { Chain, ContractCase, CourtAddresses } from '@surety/chain';
import { SuretyError } from '@surety/core';
import { commitmentOf } from '@surety/court';
import type { KeptVote, SeatKey } from './kept-votes.ts';

type Hex = `0x${string}`;

export type Juror = { readonly chain: Pick<Chain, 'chainId'>; readonly court: CourtAddresses; readonly me: Hex };
type Opening = Pick<KeptVote, 'vote' | 'reading' | 'salt'>;

export const seatKeyOf = ({ chain, court, me }: Juror, { id, question }: ContractCase, round: number): SeatKey => ({
  ...{ chainId: chain.chainId, court: court.court, caseId: id, question, round, juror: me },
});

/** The commitment of a seat (spec 21.4). */
export const seatCommitment = (
  { chain, court, me }: Juror,
  { id }: Pick<ContractCase, 'id'>,
  round: number,
  { vote, reading, salt }: Opening,
): Hex => {
  const caseId = `0x${id.toString(16).padStart(64, '0')}`;
  const terms = { chainId: BigInt(chain.chainId), court: court.court, caseId };
  return commitmentOf(terms, round, me, { outcome: vote, reading, salt }) as Hex;
};

/** Of a seat whose vote was cast somewhere else, or whose file was lost. */
export const voteIsLost = ({ id }: Pick<ContractCase, 'id'>): never => {
  throw new SuretyError({
    code: 'court.commitment-differs',
    message: `The seat in case ${id} has committed to a vote that is not kept here.`,
    next: 'Restore the folder "court-votes" from where the vote was cast; else the seat counts as absent.',
    field: 'caseId',
    value: String(id),
  });
};
