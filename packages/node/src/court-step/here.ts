/** Where a step at a court of contracts is taken, and what one comes to. */
import { type ContractCase, createCourtBook, type Intent } from '@surety/chain';
import { SuretyError, unwrap } from '@surety/core';
import type { ChainCase } from '@surety/protocol';
import { createChainClock } from '../chain-court/chain-clock.ts';
import { createClaimTexts } from '../juror/claim-text.ts';
import type { KeptVotes } from '../juror/kept-votes.ts';
import type { CourtHere } from '../juror/open-court.ts';
import { BESIDE, type Beside, outcomeNamed } from './outcome-named.ts';

export type At = CourtHere & {
  /** The own address. */
  readonly me: `0x${string}`;
  /** Nodes that are asked for claims that nobody published on the chain. */
  readonly nodes: readonly string[];
  /** Own votes on disk. */
  readonly votes: KeptVotes;
  /** What one coin of the chain is worth, base units of the court's currency; `null` where nobody said so. */
  readonly coinUnits: bigint | null;
};

/** What whoever makes a case should know of its terms, in the words of the wire. */
export type Terms = Pick<ChainCase, 'serving' | 'unruledStands' | 'hasPeople'>;

export type Planned = {
  /** What it takes out of the own money, base units of the court's currency. */
  readonly costUnits: bigint;
  readonly words: string;
  /** Of a step that makes a case. */
  readonly terms?: Terms;
  /** None where all is done already. */
  readonly intents: readonly Intent[];
  /** Puts on the disk what has to be there before anything is sent. Done once whoever takes the step has agreed. */
  readonly keep?: () => void;
  /** What an open vote rests on: nodes are given it once all is sent, and where all was sent before. */
  readonly grounds?: string;
  /** Once done, the number of the case that it began. */
  readonly opened?: () => Promise<bigint | null>;
};

/** @throws {SuretyError} `court.case-unknown` */
export const caseOf = async ({ chain, setting, fromBlock }: At, caseId: number): Promise<ContractCase> => {
  const { cases } = unwrap(await createCourtBook(chain, setting, { fromBlock }).read());
  const found = cases.find(({ id }) => id === BigInt(caseId));
  if (found !== undefined) return found;
  throw new SuretyError({
    code: 'court.case-unknown',
    message: `The court ${setting.court} has no case ${caseId} of late.`,
    next: 'Run "surety court --chain" for the list.',
    field: 'ID',
    value: String(caseId),
  });
};

/** The time at which a transaction sent now would be mined, at least; unix seconds by the chain's clock. */
export const chainNow = async ({ chain }: Pick<At, 'chain'>): Promise<number> => {
  const { hash, timestamp } = await chain.reader.getBlock();
  return createChainClock(chain, () => 0)({ hash, timestamp: Number(timestamp) });
};

/**
 * The code of an outcome by its name in the claim, its number, or what there is beside the listed ones.
 * @param beside what that is
 * @throws {SuretyError} `court.unknown-outcome` with those that there are
 */
export const outcomeOf = async (
  { chain, fromBlock, nodes }: At,
  of: ContractCase,
  name: string,
  beside: Beside = BESIDE,
): Promise<number> => {
  const { number } = await chain.reader.getBlock();
  const text = await createClaimTexts({ chain, fromBlock, nodes }).find(of.question, of.outcomes, number);
  const labels = text.kind === 'found' ? text.claim.outcomes : [];
  return unwrap(outcomeNamed(name, { caseId: of.id, outcomes: of.outcomes, labels, beside }));
};
