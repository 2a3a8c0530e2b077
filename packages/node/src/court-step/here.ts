/** Where a step at a court of contracts is taken, and what one comes to. */
import { type ContractCase, createCourtBook, type Intent } from '@surety/chain';
import { SuretyError, unwrap } from '@surety/core';
import type { ChainCase } from '@surety/protocol';
import { createClaimTexts } from '../juror/claim-text.ts';
import type { CourtHere } from '../juror/open-court.ts';
import { outcomeNamed } from './outcome-named.ts';

export type At = CourtHere & {
  /** The own address. */
  readonly me: `0x${string}`;
  /** Nodes that are asked for claims that nobody published on the chain. */
  readonly nodes: readonly string[];
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

/**
 * The code of an outcome by its name in the claim, its number, or what there is beside the listed ones.
 * @throws {SuretyError} `court.unknown-outcome` with those that there are
 */
export const outcomeOf = async ({ chain, fromBlock, nodes }: At, of: ContractCase, name: string): Promise<number> => {
  const { number } = await chain.reader.getBlock();
  const text = await createClaimTexts({ chain, fromBlock, nodes }).find(of.question, of.outcomes, number);
  const labels = text.kind === 'found' ? text.claim.outcomes : [];
  return unwrap(outcomeNamed(name, { caseId: of.id, outcomes: of.outcomes, labels }));
};
