/**
 * A record of the exact sums of a run, checked with a secret key (spec 19): for who can check a run though not repeat it in time.
 */
import { ceilDiv, E18 } from '../integers.ts';
import { type Cost, offered, type RouteOption, refused } from '../option.ts';
import type { Question } from '../question.ts';
import { fetchMilliseconds, machineMicroUsd, runMilliseconds } from '../run-cost.ts';
import { checkedTerms } from './checked.ts';

/** Chance that wrong sums pass one vector, in parts of 10^18 and rounded up: 4 / (2^31 - 1), a `conv` among the sums (spec 19.3). */
export const MISSED_E18 = ceilDiv(4n * E18, 2n ** 31n - 1n);

/** What a provider does for a run with its record: the run, and its linear nodes once more for the sums. */
const PROVIDER_RUNS = 2n;

const against = ({ privacy, program, ownMachine, onChain }: Question): string[] => {
  const objections: string[] = [];
  if (privacy === 'private-weights' || privacy === 'private-both') objections.push('The weights are hidden from you.');
  if (privacy === 'private-input' || privacy === 'private-both') objections.push('The input is hidden from you.');
  if (!program.published) objections.push('The program is not published, so you cannot fetch and fold its weights.');
  if (onChain) objections.push('A contract relies on the result, and nobody is paid or slashed on a record of sums.');
  else if (ownMachine === null) objections.push('You have no machine that can check it.');
  if (program.checkAccumulates === undefined)
    objections.push('Nobody said what checking the sums of this program takes.');
  return objections;
};

export const statistical = (question: Question): RouteOption => {
  const { program, ownMachine, market } = question;
  const objections = against(question);
  if (objections.length > 0 || ownMachine === null) return refused('statistical', ...objections);
  const provided = PROVIDER_RUNS * runMilliseconds(program, market.provider.machine);
  const checked =
    fetchMilliseconds(program, ownMachine) +
    runMilliseconds({ ...program, multiplyAccumulates: program.checkAccumulates! }, ownMachine);
  const costs: Cost[] = [
    { what: 'running the program, with its sums', microUsd: machineMicroUsd(provided, market.provider.machine) },
    { what: 'fetching the program and checking the sums', microUsd: machineMicroUsd(checked, ownMachine) },
  ];
  return offered(
    'statistical',
    question,
    checkedTerms(question, { costs, milliseconds: provided + checked, missedE18: MISSED_E18 }),
  );
};
