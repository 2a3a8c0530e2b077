/** Small programs proved several times: what each part takes, beside what it works through. */
import { unwrap } from '@surety/core';
import { type CheckedProgram, type Constant, checkProgram, type Node, type Shape, type Tensor } from '@surety/programs';
import { graphOf } from '../graph/from-program.ts';
import { planned } from '../plan/pads.ts';
import type { ProofPlan } from '../plan/plan.ts';
import { type Work, workOf } from '../plan/work.ts';
import { commit, PROOFS, type PrivateProgram } from './commit.ts';
import { prove } from './prove.ts';
import type { PublicProgram } from './subject.ts';

/** Milliseconds since any moment, as `performance.now` gives them. */
export type Clock = () => number;

/** Parts of proving whose times are told apart. */
export const PARTS = ['run', 'witness', 'lookups', 'relations', 'opening'] as const;

export type Part = (typeof PARTS)[number];

export type PartTimes = Readonly<Record<Part | 'commit', number>>;

export type Measured = { readonly times: PartTimes; readonly work: Work };

const UNIT = { mantissa: 1, exponent: 0 };

const ROUNDS = 5;
/** Short ones vary more. */
export const ROUNDS_OF_LEAST = 9;

/** Bytes that are spread over their range, the same each time. */
const bytes = (length: number): Int8Array =>
  Int8Array.from({ length }, (_, i) => (Math.imul(i + 1, 2_654_435_761) >> 20) % 32);

const constant = (shape: Shape): Constant => {
  const values = bytes(shape.reduce((product, size) => product * size, 1));
  return { dtype: 'i8', shape, read: () => values };
};

const programOf = (shape: Shape, constants: readonly Constant[], nodes: readonly Node[]): CheckedProgram =>
  unwrap(
    checkProgram({
      inputs: [{ name: 'x', dtype: 'i8', shape, low: -128, high: 127, encoding: UNIT }],
      constants,
      nodes,
      outputs: [{ name: 'y', value: constants.length + nodes.length, encoding: UNIT }],
      states: [],
    }),
  );

/** `rows` rows through one layer of weights. */
export const layer = (rows: number, from: number, to: number): CheckedProgram =>
  programOf(
    [rows, from],
    [constant([to, from])],
    [{ form: { op: 'matmul', a: 0, b: 1, bias: null }, dtype: 'i8', stage: { shift: 10, low: -128, high: 127 } }],
  );

/** Elements that are scaled and clamped, several times over. */
export const scalings = (size: number, times: number): CheckedProgram =>
  programOf(
    [size],
    [],
    Array.from(
      { length: times },
      (_, i): Node => ({
        form: { op: 'affine', x: [i], c: [77], d: 5 },
        dtype: 'i8',
        stage: { shift: 6, low: -128, high: 127 },
      }),
    ),
  );

const inputOf = ({ inputs }: CheckedProgram): Tensor[] =>
  inputs.map(({ dtype, shape }) => ({ dtype, shape, values: bytes(shape.reduce((n, size) => n * size, 1)) }));

/** What others do on the machine only adds to a time. */
const fastest = (times: readonly number[]): number => (times.length === 0 ? 0 : Math.min(...times));

/** The shortest time of each part, of some rounds. */
export const measure = async (
  program: CheckedProgram,
  hides: boolean,
  clock: Clock,
  rounds = ROUNDS,
): Promise<Measured> => {
  const all = new Map<string, number[]>();
  const took = (part: string, time: number): void => {
    all.set(part, [...(all.get(part) ?? []), time]);
  };
  let plan: ProofPlan | null = null;
  let subject: PublicProgram | PrivateProgram = { kind: 'public', program, id: new Uint8Array(32) };
  for (let round = 0; round < rounds; round++) {
    const start = clock();
    // The first proof of a commitment finds memory that nothing has touched.
    if (hides && round % PROOFS === 0) {
      subject = unwrap(await commit(program, { proofs: PROOFS }));
      took('commit', clock() - start);
    }
    plan = unwrap(await planned(graphOf(program, hides), { hideInput: false, proofs: hides ? PROOFS : 0 }));
    let [part, since] = ['run', clock()];
    unwrap(
      await prove(subject, inputOf(program), {
        progress: ({ step }) => {
          if (step === part) return;
          took(part, clock() - since);
          [part, since] = [step, clock()];
        },
      }),
    );
    took(part, clock() - since);
  }
  const times = Object.fromEntries(
    [...PARTS, 'commit'].map((part) => [part, fastest(all.get(part) ?? [])]),
  ) as PartTimes;
  return { times, work: workOf(plan!) };
};
