/** A proof of the run (spec 18) that hides weights, input or both: final at once for whoever verifies it, off chain. */
import { ceilDiv, E18 } from '../integers.ts';
import { type Cost, offered, type RouteOption, refused } from '../option.ts';
import type { Machine, Question } from '../question.ts';
import { fetchMilliseconds, machineMicroUsd, runMilliseconds } from '../run-cost.ts';
import { checkedTerms } from './checked.ts';

/** Chance that a wrong result passes, in parts of 10^18 and rounded up: 2^−96 for each challenge tried (spec 18.8), of 2^36. */
export const MISSED_E18 = ceilDiv(E18, 1n << 96n);

const against = ({ privacy, program, ownMachine, onChain }: Question): string[] => {
  if (privacy === 'public') return ['Weights and input are public: running the program again beats any proof.'];
  const objections: string[] = [];
  if (onChain)
    objections.push('A contract relies on the result, and no contract checks a proof that hides anything whole.');
  else if (ownMachine === null) objections.push('You have no machine that can check it.');
  if (privacy === 'private-input' && !program.published)
    objections.push('The program is not published, and checking takes its weights.');
  if (program.proof === undefined) objections.push('Nobody said what proving a run of this program takes.');
  return objections;
};

export const zeroKnowledge = (question: Question): RouteOption => {
  const { privacy, program, ownMachine, market } = question;
  const { proof } = program;
  const objections = against(question);
  if (objections.length > 0 || ownMachine === null || proof === undefined)
    return refused('zero-knowledge', ...objections);
  const { machine } = market.provider;
  const working = (multiplyAccumulates: bigint, on: Machine): bigint =>
    runMilliseconds({ ...program, multiplyAccumulates }, on);
  const provided = runMilliseconds(program, machine) + working(proof.proveAccumulates, machine);
  // Hidden weights are in the commitment alone; public ones are folded by whoever checks.
  const fetched = privacy === 'private-input' ? program.weightBytes + proof.bytes : proof.bytes;
  const checked =
    fetchMilliseconds({ ...program, weightBytes: fetched }, ownMachine) + working(proof.verifyAccumulates, ownMachine);
  const costs: Cost[] = [
    { what: 'running the program and proving it', microUsd: machineMicroUsd(provided, machine) },
    { what: 'fetching and checking the proof', microUsd: machineMicroUsd(checked, ownMachine) },
  ];
  return offered(
    'zero-knowledge',
    question,
    checkedTerms(question, { costs, milliseconds: provided + checked, missedE18: MISSED_E18 }),
  );
};
