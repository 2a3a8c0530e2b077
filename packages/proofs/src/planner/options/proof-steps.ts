/**
 * A proof too large for one transaction, claimed with a bond: whoever has its data can have any step of its verifier carried out on
 * chain (spec 20.6). Nobody needs the weights to check it.
 */
import { type RouteOption, refused } from '../option.ts';
import type { Question } from '../question.ts';
import { claimOption } from './claim-option.ts';
import { againstProofOnChain } from './proof-on-chain.ts';

export const proofSteps = (question: Question): RouteOption => {
  const { program } = question;
  const { onChainProof: proof } = program;
  const objections = againstProofOnChain(question, 'steps');
  if (objections.length > 0 || proof?.kind !== 'steps') return refused('proof-steps', ...objections);
  // What is fetched are the data. The provider runs, proves and carries out all steps; that watchers do only the last is left out.
  const work = program.multiplyAccumulates + proof.proveAccumulates + proof.checkAccumulates;
  const checked = { ...program, weightBytes: proof.dataBytes, multiplyAccumulates: work };
  return claimOption('proof-steps', { ...question, program: checked });
};
