/** Where a step at a court of contracts is taken, and what one comes to. */
import { type ContractCase, createCourtBook, type Intent } from '@surety/chain';
import { OUTCOME, SuretyError, unwrap } from '@surety/core';
import { createClaimTexts } from '../juror/claim-text.ts';
import type { CourtHere } from '../juror/open-court.ts';

export type At = CourtHere & {
  /** The own address. */
  readonly me: `0x${string}`;
  /** Nodes that are asked for claims that nobody published on the chain. */
  readonly nodes: readonly string[];
};

export type Planned = {
  /** What it takes out of the own money, base units of the court's currency. */
  readonly costUnits: bigint;
  readonly words: string;
  /** None where all is done already. */
  readonly intents: readonly Intent[];
  /** Once done, the number of the case that it began. */
  readonly opened?: () => Promise<bigint | null>;
};

const SPECIAL: Readonly<Record<string, number>> = {
  undecidable: OUTCOME.undecidable,
  'too-early': OUTCOME.tooEarly,
  invalid: OUTCOME.invalid,
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
  const at = labels.indexOf(name);
  const code = at >= 0 ? at : (SPECIAL[name] ?? (/^\d{1,2}$/.test(name) ? Number(name) : of.outcomes));
  if (code < of.outcomes || code > OUTCOME.abstain) return code;
  const numbers = labels.length > 0 ? labels : [...Array(of.outcomes).keys()];
  throw new SuretyError({
    code: 'court.unknown-outcome',
    message: `Case ${of.id} has no outcome "${name}".`,
    next: `Use one of ${[...numbers, ...Object.keys(SPECIAL)].map((each) => `"${each}"`).join(', ')}.`,
    field: '--for',
    value: name,
  });
};
