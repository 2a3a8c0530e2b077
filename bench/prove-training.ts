/**
 * `prove-training`: steps of training proved with weights and data hidden, one thread: softmax regression and a small perceptron
 * on 64 numbers and ten classes, batches of 32. The published figure beside it is of another machine and a far larger model, and
 * no goal is set by it.
 */
import { unwrap } from '../packages/core/src/index.ts';
import { type Tensor, tensor } from '../packages/programs/src/index.ts';
import { planTraining, proveTraining, type TrainingProof, verifyTraining } from '../packages/proofs/src/zk/index.ts';
import type { Figure } from './figure.ts';

const STEPS = 8;
const BATCHES = 4;
const BATCH = 32;
const AUDIT = 128;
const INPUTS = 64;
const CLASSES = 10;

const PUBLISHED = 'published: Kaizen, 900 s a step of a 10 M parameter network, another machine';

const counted = (shape: readonly number[], value: (i: number) => number, dtype: Tensor['dtype']): Tensor => {
  const length = shape.reduce((product, n) => product * n, 1);
  return tensor(
    dtype,
    shape,
    Array.from({ length }, (_, i) => value(i)),
  );
};

/** Numbers without a pattern that is easy to learn: what is measured does not depend on them. */
const scattered =
  (low: number, high: number) =>
  (i: number): number =>
    low + ((Math.imul(i + 1, 2_654_435_761) >>> 8) % (high - low + 1));

const bytesOf = ({ steps }: TrainingProof): number => steps[0]!.proof.length;

const measured = async (name: string, widths: readonly number[]): Promise<Figure[]> => {
  const shape = { widths, batch: BATCH, rateBits: 4, momentum32nds: 29 };
  const training = unwrap(
    await planTraining({ shape, batches: BATCHES, steps: STEPS, audit: { samples: AUDIT, positive: 0 } }),
  );
  const { inputs, states } = training.step.program;
  const kept = inputs.filter((_, i) => states.some(({ input }) => input === i));
  const batch = (): { x: Tensor; labels: Tensor } => ({
    x: counted([BATCH, INPUTS], scattered(-16, 16), 'i8'),
    labels: counted([BATCH], scattered(0, CLASSES - 1), 'i8'),
  });
  const times: number[] = [];
  let before = 0;
  const data = {
    states: kept.map(({ shape: dims, name: state, dtype }) =>
      counted(dims, state.startsWith('layer') ? scattered(-2_000, 2_000) : () => 0, dtype),
    ),
    batches: Array.from({ length: BATCHES }, batch),
    audit: { x: counted([AUDIT, INPUTS], scattered(-16, 16), 'i8'), group: counted([AUDIT], (i) => i % 2, 'i8') },
  };
  const { proof } = unwrap(
    await proveTraining(training, data, {
      onStep: () => {
        const now = performance.now();
        if (before > 0) times.push(now - before);
        before = now;
      },
    }),
  );
  const started = performance.now();
  unwrap(await verifyTraining(training, proof));
  const verify = (performance.now() - started) / (STEPS + 2);
  const median = times.sort((a, b) => a - b)[times.length >> 1]!;
  const figure = (what: string, value: number, unit: string, peer: string): Figure => ({
    name: `${name}: ${what}`,
    value,
    unit,
    goal: '',
    holds: null,
    peer,
  });
  return [
    figure('prove a step', median / 1000, 's', PUBLISHED),
    figure('verify a proof of the chain, mean', verify, 'ms', ''),
    figure('proof of a step', bytesOf(proof) / 1024, 'KiB', ''),
    figure('proof of the audit', proof.audit.proof.length / 1024, 'KiB', `${AUDIT} samples`),
  ];
};

export const run = async (): Promise<readonly Figure[]> => [
  ...(await measured(`regression ${INPUTS} → ${CLASSES}, batch ${BATCH}`, [INPUTS, CLASSES])),
  ...(await measured(`perceptron ${INPUTS} → 16 → ${CLASSES}, batch ${BATCH}`, [INPUTS, 16, CLASSES])),
];
