/**
 * Malformed program files and sample files against their readers, and odd numbers against the adapters between reals and
 * integers: only listed codes may come out, nothing may throw or hang, and what is accepted keeps what was proved of it.
 */
import { zipSync } from 'fflate';
import { concatBytes, ERRORS, type Result, sameBytes, utf8 } from '../../packages/core/src/index.ts';
import {
  bytesSource,
  type CheckedProgram,
  costOf,
  encodingOf,
  readNpz,
  readProgram,
  runReference,
  toIntegers,
  toReals,
  unitOf,
  writeProgram,
} from '../../packages/programs/src/index.ts';
import { randomInputs, randomProgram } from '../../packages/programs/test/random-program.ts';
import type { Figure } from '../figure.ts';
import { mutateBytes } from './mutate.ts';
import { type Random, seeded } from './random.ts';

export type ProgramFuzzReport = {
  readonly cases: number;
  readonly accepted: number;
  /** Refusals by code. */
  readonly codes: Readonly<Record<string, number>>;
  readonly slowestMs: number;
  /** What broke a rule, with the seed that makes it again. */
  readonly failures: readonly string[];
};

const WORDS: readonly number[] = [0, 1, 2, 7, 255, 65_535, 65_536, 2 ** 24, 2 ** 28, 2 ** 30 - 1, 2 ** 31, 2 ** 32 - 1];

/** The file with one to three of its 32-bit numbers replaced, its length as it was: what gets past the reader's first look. */
const withWords = (file: Uint8Array, random: Random): Uint8Array => {
  const changed = file.slice();
  const view = new DataView(changed.buffer);
  for (let edits = 1 + random.below(3); edits > 0; edits--) {
    view.setUint32(random.below(changed.length - 3), random.pick(WORDS));
  }
  return changed;
};

/** Digits of a header replaced by others: sizes, ranges, numbers of values. */
const withDigits = (file: Uint8Array, random: Random): Uint8Array => {
  const changed = file.slice();
  for (let tries = 0; tries < 40; tries++) {
    const at = random.below(Math.min(changed.length, 600));
    if (changed[at]! >= 0x30 && changed[at]! <= 0x39) changed[at] = 0x30 + random.below(10);
  }
  return changed;
};

const RUN_LIMIT = 200_000;

/** A program that was read: its file is that of the bytes, and no run leaves its ranges. */
const sound = (program: CheckedProgram, bytes: Uint8Array, seed: number): string | null => {
  if (!sameBytes(concatBytes(...writeProgram(program)), bytes)) return 'another file than the one that was read';
  const { multiplyAccumulates, elementsWritten } = costOf(program);
  const elementsRead = program.types.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
  const windows = program.nodes.some(({ form }) => 'kernel' in form && form.kernel[0] * form.kernel[1] > 64);
  if (windows || multiplyAccumulates + elementsWritten + elementsRead > RUN_LIMIT) return null;
  const values = runReference(program, randomInputs(program, seed));
  const id = values.findIndex(({ values: list }, i) => {
    const { low, high } = program.ranges[i]!;
    return list.some((x) => x < low || x > high);
  });
  return id < 0 ? null : `value ${id} left its range`;
};

const readFile = (bytes: Uint8Array, seed: number): Result<string | null> => {
  const read = readProgram(bytesSource(bytes));
  return read.ok ? { ok: true, value: sound(read.value, bytes, seed) } : read;
};

const npy = (descr: string, shape: string, content: Uint8Array): Uint8Array => {
  const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape}), }`.padEnd(117);
  return concatBytes(new Uint8Array([0x93, ...utf8('NUMPY'), 1, 0, 118, 0]), utf8(`${header}\n`), content);
};

const ARRAYS: readonly Uint8Array[] = [
  npy('<f4', '2, 3', new Uint8Array(24)),
  npy('<i8', '4,', new Uint8Array(32)),
  npy('|b1', '', new Uint8Array(1)),
  npy('<f2', '1, 1, 5', new Uint8Array(10)),
];

/** Sample files damaged outside, or whole around damaged arrays. */
const readSamples = (random: Random): Result<string | null> => {
  const array = random.pick(ARRAYS);
  const inside = random.below(2) === 0;
  const zip = zipSync(
    { 'x.npy': inside ? mutateBytes(array, random) : array },
    { level: random.pick([0, 6] as const) },
  );
  const read = readNpz(inside ? zip : mutateBytes(zip, random));
  return read.ok ? { ok: true, value: null } : read;
};

/** Any double at all, most of them odd. */
const anyDouble = (random: Random): number => {
  const view = new DataView(new ArrayBuffer(8));
  for (let i = 0; i < 8; i++) view.setUint8(i, random.below(256));
  return random.pick([
    view.getFloat64(0),
    random.below(1000) - 500,
    0.5,
    -0,
    5e-324,
    Number.MAX_VALUE,
    Number.NaN,
    Infinity,
  ]);
};

const adapt = (random: Random): Result<string | null> => {
  const scale = Math.abs(anyDouble(random));
  if (!(scale > 0 && scale < Number.POSITIVE_INFINITY)) return { ok: true, value: null };
  const encoding = encodingOf(scale);
  if (unitOf(encoding) !== scale) return { ok: true, value: `${scale} came back as ${unitOf(encoding)}` };
  const range = { low: 0 - random.below(200), high: random.below(200) };
  const { integers } = toIntegers([anyDouble(random), anyDouble(random)], encoding, range);
  const odd = integers.find((q) => !(Number.isInteger(q) && q >= range.low && q <= range.high) || Object.is(q, -0));
  if (odd !== undefined) return { ok: true, value: `${odd} of ${range.low} .. ${range.high}` };
  return { ok: true, value: toReals(integers, encoding).some(Number.isNaN) ? 'not a number came out' : null };
};

const caseOf = (files: readonly Uint8Array[], random: Random, seed: number): Result<string | null> => {
  switch (random.below(8)) {
    case 0:
      return adapt(random);
    case 1:
      return readSamples(random);
    case 2:
    case 3:
      return readFile(mutateBytes(random.pick(files), random), seed);
    case 4:
      return readFile(withDigits(random.pick(files), random), seed);
    default:
      return readFile(withWords(random.pick(files), random), seed);
  }
};

/** Runs `count` cases. */
export const fuzzPrograms = ({ seed, count }: { readonly seed: number; readonly count: number }): ProgramFuzzReport => {
  const files = Array.from({ length: 60 }, (_, i) => concatBytes(...writeProgram(randomProgram(i, 5))));
  const codes: Record<string, number> = {};
  const failures: string[] = [];
  let [accepted, slowestMs] = [0, 0];
  for (let i = 0; i < count; i++) {
    const started = performance.now();
    try {
      const result = caseOf(files, seeded(seed + i), seed + i);
      if (result.ok) {
        accepted++;
        if (result.value !== null) failures.push(`seed ${seed + i}: ${result.value}`);
      } else {
        const { code, message, next, field } = result.problem;
        codes[code] = (codes[code] ?? 0) + 1;
        const readable = Object.hasOwn(ERRORS, code) && field && next && !/undefined|NaN|\[object/.test(message);
        if (!readable) failures.push(`seed ${seed + i}: ${JSON.stringify(result.problem)}`);
      }
    } catch (error) {
      failures.push(`seed ${seed + i}: ${error instanceof Error ? error.stack : error}`);
    }
    slowestMs = Math.max(slowestMs, performance.now() - started);
  }
  return { cases: count, accepted, codes, slowestMs, failures };
};

/** Figures for the topic `fuzz`; prints the first findings, if any. */
export const programFuzzFigures = (cases = 200_000, seed = 20_261_129): Figure[] => {
  const report = fuzzPrograms({ seed, count: cases });
  for (const each of report.failures.slice(0, 5)) console.error(`fuzz: ${each}`);
  const listed = report.failures.length === 0;
  const figure = (name: string, value: number, unit: string, goal: string, holds: boolean | null): Figure => {
    return { name, value, unit, goal, holds, peer: '' };
  };
  return [
    figure('programs: malformed program files, sample files and numbers', report.cases, 'cases', '', null),
    figure('programs: of these accepted, and found sound', report.accepted, 'cases', '', null),
    figure('programs: answers that break a rule', report.failures.length, 'cases', '0', listed),
    figure('programs: slowest case', Math.round(report.slowestMs), 'ms', '<= 1000', report.slowestMs <= 1000),
  ];
};
