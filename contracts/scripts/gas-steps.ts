/** What answering for one step of a large proof's verifier costs, by what the step does: whole transactions as `osaka` counts them. */
import { answerStep, encodeStepQuestion, type StepClaimed, type StepQuestion } from '@surety/proofs/zk';
import { ProofStepVerifier } from '../../packages/chain/src/generated/index.ts';
import type { Step } from '../../packages/proofs/src/zk/chain/steps/machine.ts';
import { hidingClaim } from '../../packages/proofs/test/step-hiding-vectors.ts';
import { honestClaim } from '../../packages/proofs/test/step-lies.ts';
import { chainProgram } from '../test/verifiers/chains.ts';
import { openProofStepVerifier } from '../test/verifiers/harness.ts';

type Row = readonly [call: string, gas: bigint];

const NO_RECORD = new Uint8Array(32);
/** Steps that are measured of each kind. */
const MOST_EACH = 6;
/** 2.1 million weights, and rows of 2^13 values. */
const LARGE = {
  inputs: 1024,
  layers: [1024, 1024].map((size) => ({ size, shift: 10, low: 0, high: 127 })),
};

const has =
  (op: string) =>
  ({ code }: Step): boolean =>
    code.some((instruction) => instruction.op === op);

type Kind = readonly [name: string, is: (step: Step) => boolean];

const KINDS: readonly Kind[] = [
  ['a round of a sumcheck', (step) => has('challenge')(step) && has('putData')(step) && step.stretch.length === 32],
  ['a value that has to be 0', (step) => has('same')(step) && has('number')(step)],
  ['a table at a point', has('below')],
  ['64 integers of the input or output', has('integers')],
  ['a chunk of the input or output hashed', (step) => has('digest')(step) && step.stretch.length > 64],
  ['four blocks of a long hash', has('compress')],
  ['coefficients of 32 rows', has('equalTable')],
  ['drawing the positions', has('positions')],
  ['a Merkle path', has('path')],
  ['32 rows of a column', has('dot')],
  ['64 elements of the combined row at a point', has('fold')],
  ['64 elements of the combined row at a position', has('foldPowers')],
];

const bare = ({ stretch }: Step): boolean => stretch.length === 0;

const HIDDEN_KINDS: readonly Kind[] = [
  ['hidden: what two pads count', (step) => bare(step) && has('equalIndex')(step) && step.writes.length === 2],
  ['hidden: coefficients of 32 rows of a level', (step) => bare(step) && has('word')(step) && has('move')(step)],
  ['hidden: 64 elements of the last row at a position', has('foldPowers')],
  ['hidden: drawing the positions', has('positions')],
];

const chosen = ({ program: { steps } }: StepClaimed, is: (step: Step) => boolean): readonly number[] => {
  const all = [...steps.keys()].filter((index) => is(steps[index]!));
  const apart = Math.max(1, Math.ceil(all.length / MOST_EACH));
  return all.filter((_, i) => i % apart === 0 || i === all.length - 1);
};

export const stepRows = async (): Promise<readonly Row[]> => {
  const route = await openProofStepVerifier();
  try {
    const claim = await honestClaim(chainProgram(LARGE));
    const gasOf = (question: StepQuestion, of = claim): Promise<number> => {
      const bytes = encodeStepQuestion(question);
      return route.gas(of.run, bytes, NO_RECORD, answerStep(of, bytes));
    };
    const rows: Row[] = [['ProofStepVerifier, bytes of its code', BigInt(ProofStepVerifier.bytecode.length / 2 - 1)]];
    const hidden = await hidingClaim();
    const all = [
      ...KINDS.map((kind) => [claim, kind] as const),
      ...HIDDEN_KINDS.map((kind) => [hidden, kind] as const),
    ];
    for (const [of, [name, is]] of all) {
      let most = 0;
      for (const step of chosen(of, is)) most = Math.max(most, await gasOf({ kind: 'step', step }, of));
      rows.push([`ProofStepVerifier.verify, ${name}`, BigInt(most)]);
    }
    const chunks = await gasOf({ kind: 'chunks', first: 1, count: 64 });
    const records = await gasOf({ kind: 'records', level: 7, first: 0, count: 128 });
    return [
      ...rows,
      ['ProofStepVerifier.verify, 16,384 bytes of data', BigInt(chunks)],
      ['ProofStepVerifier.verify, 128 hashes of records', BigInt(records)],
    ];
  } finally {
    await route.close();
  }
};
