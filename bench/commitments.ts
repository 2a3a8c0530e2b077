/**
 * `commitments`: committing to matrices of the base field by the columns of a circle code, opening claims on them and checking
 * the openings, on one thread. Beside SHA-256 of Node, which is native, over the bytes that committing hashes.
 */
import { createHash } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { known } from '../packages/proofs/src/zk/channel/form.ts';
import { OpenProver, OpenVerifier } from '../packages/proofs/src/zk/channel/open.ts';
import { Transcript } from '../packages/proofs/src/zk/channel/transcript.ts';
import { checkOpening } from '../packages/proofs/src/zk/commit/check.ts';
import { type Committed, commitMatrix } from '../packages/proofs/src/zk/commit/commit.ts';
import { open } from '../packages/proofs/src/zk/commit/open.ts';
import {
  chooseCode,
  encodedBytes,
  type ProofShapes,
  type RowCode,
  UNIQUE,
} from '../packages/proofs/src/zk/commit/parameters.ts';
import type { Claim, Place } from '../packages/proofs/src/zk/commit/place.ts';
import type { MatrixShape } from '../packages/proofs/src/zk/commit/shape.ts';
import { randomnessFor } from '../packages/proofs/src/zk/commit/soundness.ts';
import { evaluateClaim } from '../packages/proofs/src/zk/commit/value.ts';
import type { Ext } from '../packages/proofs/src/zk/field/ext.ts';
import { ProofMemory } from '../packages/proofs/src/zk/memory.ts';
import { randomExts } from '../packages/proofs/src/zk/random.ts';
import type { Figure } from './figure.ts';

type Size = {
  readonly name: string;
  readonly values: number;
  readonly repeats: number;
  readonly commitMs?: number;
  readonly checkMs?: number;
};

const SIZES: readonly Size[] = [
  { name: '2^14 values', values: 2 ** 14, repeats: 9, checkMs: 3 },
  { name: '2^20 values', values: 2 ** 20, repeats: 5 },
  { name: '18.9 M int8 weights', values: 18_900_000, repeats: 3, commitMs: 2000, checkMs: 60 },
];

/** The quickest of some runs, by the clock and by processor time, in ms: others may share the machine. */
type Time = { readonly ms: number; readonly processorMs: number };

const least = (repeats: number, work: () => void): Time => {
  let ms = Number.POSITIVE_INFINITY;
  let processorMs = Number.POSITIVE_INFINITY;
  for (let i = 0; i < repeats; i++) {
    const before = process.cpuUsage();
    const start = performance.now();
    work();
    ms = Math.min(ms, performance.now() - start);
    const { user, system } = process.cpuUsage(before);
    processorMs = Math.min(processorMs, (user + system) / 1000);
  }
  return { ms, processorMs };
};

/** One claim on everything and eight on blocks of it, as layers leave them. */
const places = ({ rows, rowVars }: MatrixShape): Place[] => {
  const vars = Math.ceil(Math.log2(rows)) + rowVars;
  const blocks = Array.from({ length: 8 }, (_, i) => ({ matrix: 0, offset: i * 2 ** (vars - 4), vars: vars - 4 }));
  return [{ matrix: 0, offset: 0, vars }, ...blocks];
};

const figures = async ({ name, values, repeats, commitMs, checkMs }: Size, hidden: boolean): Promise<Figure[]> => {
  const shapesOf = ({ rowVars }: RowCode): ProofShapes | null => {
    const randomness = hidden ? randomnessFor(rowVars, 1) : 0;
    if (randomness === null) return null;
    const made = [{ rows: Math.ceil(values / 2 ** rowVars), rowVars, randomness }];
    return { made, opened: made };
  };
  const [shape] = shapesOf(chooseCode(shapesOf, UNIQUE, 0))!.made;
  const memory = await ProofMemory.create();
  const base = memory.mark();
  let committed: Committed | undefined;
  const commit = least(repeats, () => {
    memory.release(base);
    committed = commitMatrix(memory, shape!, (row, words) => {
      for (let i = 0; i < words.length; i++) words[i] = (i * 31 + row * 7) & 127;
    });
  });
  const stack = [committed!];
  const claims = places(shape!).map((place): Claim<Ext> => {
    const claim = { place, point: randomExts(place.vars) };
    return { ...claim, value: evaluateClaim(memory, stack, claim) };
  });
  let proof: Uint8Array = new Uint8Array();
  const opening = least(repeats, () => {
    const channel = new OpenProver(new Transcript());
    open(channel, memory, stack, claims);
    proof = channel.bytes();
  });
  const check = least(9, () => {
    const channel = new OpenVerifier(new Transcript(), proof);
    checkOpening(
      channel,
      memory,
      stack,
      claims.map((claim) => ({ ...claim, value: known(claim.value) })),
    );
    channel.end();
  });
  const bytes = encodedBytes([shape!]);
  const block = new Uint8Array(2 ** 20);
  const native = least(1, () => {
    const hash = createHash('sha256');
    for (let left = bytes; left > 0; left -= block.length) hash.update(block);
    hash.digest();
  });
  const about = `${name}, rows of 2^${shape!.rowVars}${hidden ? `, ${shape!.randomness} random` : ''}`;
  const took = (what: string, { ms, processorMs }: Time, limit: number | undefined, peer = ''): Figure =>
    row(what, ms, 'ms', limit, `${processorMs.toFixed(1)} ms of processor time${peer}`);
  const row = (what: string, value: number, unit: string, limit: number | undefined, peer = ''): Figure => ({
    name: `${about}: ${what}`,
    value,
    unit,
    goal: limit === undefined ? '' : `<= ${limit}`,
    holds: limit === undefined ? null : value <= limit,
    peer,
  });
  return [
    took('commit', commit, commitMs, `; native SHA-256 of the ${bytes} bytes: ${native.processorMs.toFixed(1)} ms`),
    took('open nine claims', opening, undefined),
    took('check', check, checkMs),
    row('opening', proof.length, 'bytes', undefined),
    row('peak memory', memory.peak / 2 ** 20, 'MiB', commitMs === undefined ? undefined : 1024),
  ];
};

export const run = async (): Promise<Figure[]> => {
  const all: Figure[] = [];
  for (const size of SIZES) for (const hidden of [false, true]) all.push(...(await figures(size, hidden)));
  return all;
};
