/**
 * `prove-training`: steps of training proved with weights and data hidden, one thread: softmax regression and a small perceptron
 * on 64 numbers and ten classes, batches of 32. The published figure beside it is of another machine and a far larger model, and
 * no goal is set by it.
 */
import { unwrap } from '../packages/core/src/index.ts';
import { type Tensor, tensor } from '../packages/programs/src/index.ts';
import {
  type ByteSource,
  planTraining,
  proveTraining,
  settleTraining,
  verifyTraining,
} from '../packages/proofs/src/zk/index.ts';
import type { Figure } from './figure.ts';

const STEPS = 8;
const BATCHES = 4;
/** Proofs that may open each matrix. */
const OPENINGS = 16;
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

async function* inOrder(pieces: readonly Uint8Array[]): ByteSource {
  yield* pieces;
}

const seed = (): Uint8Array => crypto.getRandomValues(new Uint8Array(32));

const measured = async (name: string, widths: readonly number[]): Promise<Figure[]> => {
  const shape = { widths, batch: BATCH, rateBits: 4, momentum32nds: 29 };
  const training = unwrap(
    await planTraining({
      shape,
      batches: BATCHES,
      steps: STEPS,
      openings: OPENINGS,
      audit: { samples: AUDIT, positive: 0 },
      parityPpm: null,
    }),
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
  const begun = performance.now();
  const run = unwrap(await settleTraining(training, data, { dataSet: seed(), auditSet: seed(), model: seed() }));
  const commit = performance.now() - begun;
  // The header, the balance, the steps, the audit.
  const pieces: Uint8Array[] = [];
  const keep = (bytes: Uint8Array): void => void pieces.push(bytes);
  const onStep = (done: number): void => {
    const now = performance.now();
    if (done > 0 && before > 0) times.push(now - before);
    before = now;
  };
  unwrap(await proveTraining(run, keep, { onStep }));
  const checks: number[] = [];
  let checked = performance.now();
  const onCheck = (): void => {
    const now = performance.now();
    checks.push(now - checked);
    checked = now;
  };
  unwrap(await verifyTraining(inOrder(pieces), { onStep: onCheck }));
  // The first has the plan and the count of labels in it.
  const verify = Math.min(...checks.slice(1));
  const figure = (what: string, value: number, unit: string, peer: string): Figure => ({
    name: `${name}: ${what}`,
    value,
    unit,
    goal: '',
    holds: null,
    peer,
  });
  return [
    figure('prove a step, least of some', Math.min(...times) / 1000, 's', PUBLISHED),
    figure('commit to data set, audit set and model', commit, 'ms', `${BATCHES} batches`),
    figure('verify a step, least of some', verify, 'ms', ''),
    figure(`a step in the file, for ${OPENINGS} openings`, pieces[2]!.length / 1024, 'KiB', ''),
    figure('the audit in the file', pieces.at(-1)!.length / 1024, 'KiB', `${AUDIT} samples`),
  ];
};

export const run = async (): Promise<readonly Figure[]> => [
  ...(await measured(`regression ${INPUTS} → ${CLASSES}, batch ${BATCH}`, [INPUTS, CLASSES])),
  ...(await measured(`perceptron ${INPUTS} → 16 → ${CLASSES}, batch ${BATCH}`, [INPUTS, 16, CLASSES])),
];
