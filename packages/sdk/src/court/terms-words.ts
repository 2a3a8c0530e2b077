/** What somebody should know of a case's terms before he relies on it: who will come to judge it, and what stands if nobody does. */
import { formatCents, formatDollars } from '@surety/core';
import type { ChainCase } from '@surety/protocol';

/** Rounds of AI jurors at a contract; people come after. */
const AI_ROUNDS = 2;

const dollars = (microUsd: string): string => formatDollars(BigInt(microUsd));

/** Terms of a case of a contract, or of one that is about to be asked. */
export type CaseTerms = Pick<ChainCase, 'serving' | 'unruledStands' | 'hasPeople'>;

/** That a seat earns less than its gas, or that nobody here can say; `null` where it pays. */
export const servingWords = ({ serving }: Pick<CaseTerms, 'serving'>): string | null => {
  if (serving === null) return null;
  const { round, feeMicroUsd, gas, costMicroUsd } = serving;
  // People share what the losing side lost, beside it.
  const earns = `A seat of round ${round} earns ${round > AI_ROUNDS ? 'at least ' : ''}${dollars(feeMicroUsd)}`;
  if (costMicroUsd === null)
    return `${earns} and takes about ${gas.toLocaleString('en')} gas to serve. Whether the one pays for the other is not known here: nobody said what a coin of this chain is worth.`;
  if (BigInt(costMicroUsd) <= BigInt(feeMicroUsd)) return null;
  return `${earns}, and serving it takes about ${formatCents(BigInt(costMicroUsd))} of gas. Jurors who count that do not draw its panel, and a panel that nobody draws has no ruling. Anybody else can draw it, and whoever is drawn has to vote.`;
};

/** What becomes of an answer that no panel rules on: who makes a question should know it before. */
export const unruledWords = ({ unruledStands, hasPeople }: Pick<CaseTerms, 'unruledStands' | 'hasPeople'>): string => {
  if (unruledStands)
    return hasPeople
      ? 'Where no panel rules, what was proposed stands, right or wrong, unless somebody pays for people against it.'
      : 'Nobody is registered here as a person who judges. Where the AI panels do not rule, what was proposed stands, right or wrong, and nobody can be called against it.';
  return hasPeople
    ? 'Where no panel rules, people are called if somebody pays for them; else it ends undecided, and everybody is refunded.'
    : 'Nobody is registered here as a person who judges: where the AI panels do not rule, it ends undecided, and everybody is refunded. Paying for people would bring nobody.';
};
