/** Running the program again: exact, final, and nobody has to be believed. */
import { type Cost, offered, type RouteOption, refused } from '../option.ts';
import type { Question } from '../question.ts';
import { fetchMilliseconds, machineMicroUsd, runMilliseconds } from '../run-cost.ts';
import { checkedTerms } from './checked.ts';

const against = ({ privacy, program, ownMachine, onChain }: Question): string[] => {
  const objections: string[] = [];
  if (privacy === 'private-weights' || privacy === 'private-both') objections.push('The weights are hidden from you.');
  if (privacy === 'private-input' || privacy === 'private-both') objections.push('The input is hidden from you.');
  if (!program.published) objections.push('The program is not published, so you cannot fetch it.');
  if (onChain) objections.push('A contract relies on the result, and no contract can run the program.');
  else if (ownMachine === null) objections.push('You have no machine that can run it.');
  return objections;
};

export const rerun = (question: Question): RouteOption => {
  const { program, ownMachine } = question;
  const objections = against(question);
  if (objections.length > 0 || ownMachine === null) return refused('rerun', ...objections);
  const milliseconds = fetchMilliseconds(program, ownMachine) + runMilliseconds(program, ownMachine);
  const costs: Cost[] = [
    { what: 'fetching and running the program', microUsd: machineMicroUsd(milliseconds, ownMachine) },
  ];
  // Nobody else's result is relied on, so none can be wrong.
  return offered('rerun', question, {
    ...checkedTerms(question, { costs, milliseconds, missedE18: 0n }),
    wrongPpm: 0n,
  });
};
