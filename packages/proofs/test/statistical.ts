/** Provers and checkers of programs, for tests and benchmarks of the statistical route. */
import { type Result, unwrap } from '@surety/core';
import { type CheckedProgram, commitProgram, type Machine, type Tensor } from '@surety/programs';
import {
  type Checker,
  type CheckOptions,
  createChecker,
  createProvider,
  encodeRecord,
  type Key,
  type Proven,
  type Provider,
  type Questionable,
  type Verdict,
} from '../src/statistical/index.ts';

export type Pair = {
  readonly program: CheckedProgram;
  readonly id: Uint8Array;
  readonly provider: Provider;
  readonly checker: Checker;
  /** One run and the bytes of its record. */
  readonly prove: (inputs: readonly Tensor[]) => Promise<Proven & { readonly bytes: Uint8Array }>;
};

/** A provider and a checker of a program that share a machine. */
export const pairOf = async (
  program: CheckedProgram,
  machine: Machine,
  options: { readonly gain?: number; readonly withValues?: boolean } = {},
): Promise<Pair> => {
  const { id } = commitProgram(program);
  const gain = options.gain === undefined ? {} : { gain: options.gain };
  const provider = unwrap(await createProvider(program, id, { machine, ...options }));
  const checker = await createChecker(program, id, { machine, ...gain });
  const prove: Pair['prove'] = async (inputs) => {
    const proven = unwrap(await provider.prove([inputs]))[0]!;
    return { ...proven, bytes: encodeRecord(provider.parts, proven.record) };
  };
  return { program, id, provider, checker, prove };
};

type One = Omit<CheckOptions, 'sumsIds'> & Pick<Questionable, 'sample'>;

/** One record, checked by itself. */
export const checkOne = async (
  checker: Checker,
  record: Uint8Array,
  inputs: readonly Tensor[],
  key: Key,
  { sample, ...options }: One = {},
): Promise<Result<Verdict>> => {
  const question = sample === undefined ? { record, inputs } : { record, inputs, sample };
  return (await checker.check([question], key, { ...options, sumsIds: true }))[0]!;
};

/** 32 bytes that a number stands for. */
export const seedOf = (n: number): Uint8Array => {
  const seed = new Uint8Array(32);
  new DataView(seed.buffer).setUint32(0, n);
  return seed;
};

/** The tensors with one element changed by `by`, or to the other end of what its dtype holds where that would leave it. */
export const changed = (tensors: readonly Tensor[], which: number, at: number, by: number): Tensor[] =>
  tensors.map((tensor, i) => {
    if (i !== which) return tensor;
    const values = tensor.values.slice();
    values[at] = values[at]! + by;
    if (values[at] === tensor.values[at]! + by) return { ...tensor, values };
    values[at] = tensor.values[at]! - by;
    return { ...tensor, values };
  });
