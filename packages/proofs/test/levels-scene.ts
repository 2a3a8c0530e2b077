/** A combination of the rows of one matrix, long enough to be opened through levels, and both sides of opening it. */
import type { ProverChannel } from '../src/zk/channel/channel.ts';
import { OpenProver, OpenVerifier } from '../src/zk/channel/open.ts';
import { Transcript } from '../src/zk/channel/transcript.ts';
import { checkCombination } from '../src/zk/commit/check-combination.ts';
import { openCombination } from '../src/zk/commit/combination.ts';
import { type Committed, commitMatrix, hashColumns } from '../src/zk/commit/commit.ts';
import { messageVars } from '../src/zk/commit/levels.ts';
import { addCombination, eqInto } from '../src/zk/commit/products.ts';
import { codeLength, type MatrixShape } from '../src/zk/commit/shape.ts';
import { radius } from '../src/zk/commit/soundness.ts';
import { growTree } from '../src/zk/commit/tree.ts';
import { add, type Ext, ONE, P } from '../src/zk/field/ext.ts';
import { type ExtVector, type ProofKernels, ProofMemory } from '../src/zk/memory.ts';
import { randomExts, randomWords } from '../src/zk/random.ts';

const ROWS = 4;

export type Scene = {
  readonly about: string;
  readonly code: MatrixShape;
  readonly levels: number;
  readonly committed: Committed;
  /** Of the rows in the combination. */
  readonly coefficients: ExtVector;
  readonly point: readonly Ext[];
};

export const memory = await ProofMemory.create();

const sceneOf = (about: string, levels: number, shape: Omit<MatrixShape, 'rows'>): Scene => {
  const code = { rows: ROWS, ...shape };
  const { rowVars } = code;
  const coefficients = memory.ext(ROWS);
  for (const [i, element] of randomExts(ROWS).entries()) memory.setEntry(coefficients, i, element);
  const committed = commitMatrix(memory, code, (_, words) => words.set(randomWords(2 ** rowVars)));
  return { about, code, levels, committed, coefficients, point: randomExts(rowVars) };
};

export const SCENES: readonly Scene[] = [
  sceneOf('rows of 2^12', 1, { rowVars: 12, randomness: 0 }),
  sceneOf('rows of 2^15 and 143', 2, { rowVars: 15, randomness: 143 }),
  sceneOf('lean rows of 2^14', 2, { rowVars: 14, randomness: 0, blowupVars: 3, lean: true }),
];

/** A row, and what its values have for a sum by eq at the point of the scene. */
export type Row = { readonly u: ExtVector; readonly value: Ext };

/** The combination, first changed; take it and release it in order. */
export const rowOf = (scene: Scene, change: (u: ExtVector) => void = () => undefined): Row => {
  const { code, committed, coefficients } = scene;
  const u = memory.ext(2 ** messageVars(code));
  memory.bytes(u.address, 4 * u.stride).fill(0);
  addCombination(memory, committed, u, 0, ROWS, coefficients);
  change(u);
  return { u, value: valueAt(scene, u) };
};

const valueAt = ({ point }: Scene, u: ExtVector): Ext => {
  const mark = memory.mark();
  const table = memory.ext(2 ** point.length);
  eqInto(memory, table, point, ONE);
  const out = memory.take(16);
  memory.kernels.dotExt(out, u.address, u.stride, table.address, table.stride, table.length);
  memory.release(mark);
  return memory.element(out);
};

/** Changes a message, or what is shown of columns, before it is sent. */
export type Change = (bytes: Uint8Array, part: number, heard: Heard) => Uint8Array;

export type Heard = {
  readonly challenges: readonly Ext[];
  readonly places: readonly (readonly number[])[];
  readonly messages: readonly Uint8Array[];
};

/** A channel that changes what is said, and keeps what was said and drawn. */
const recording = (inner: OpenProver, change: Change) => {
  const challenges: Ext[] = [];
  const places: (readonly number[])[] = [];
  const messages: Uint8Array[] = [];
  const heard: Heard = { challenges, places, messages };
  const changed = (bytes: Uint8Array): Uint8Array => {
    const said = change(bytes, messages.length, heard);
    messages.push(said);
    return said;
  };
  const channel: ProverChannel = {
    ...inner,
    send: () => undefined,
    publish: (bytes) => inner.publish(changed(bytes)),
    reveal: (bytes) => inner.reveal(changed(bytes)),
    challenge: () => {
      const challenge = inner.challenge();
      challenges.push(challenge);
      return challenge;
    },
    indices: (count, limit) => {
      const drawn = inner.indices(count, limit);
      places.push(drawn);
      return drawn;
    },
  };
  return { channel, heard };
};

/** A prover whose kernels do something more. */
export const withKernels = (kernels: Partial<ProofKernels>): ProofMemory =>
  Object.create(memory, { kernels: { value: { ...memory.kernels, ...kernels } } }) as ProofMemory;

/** One whose code words of a shape differ from such in one place more than they can be told by. */
export const farFromCode = (shape: MatrixShape): ProofMemory =>
  withKernels({
    encode: (out, source, vars, blowupVars, ...rest) => {
      memory.kernels.encode(out, source, vars, blowupVars, ...rest);
      if (vars !== shape.rowVars || blowupVars !== shape.blowupVars) return;
      const words = memory.words({ address: out, length: radius(shape) + 1 });
      for (let i = 0; i < words.length; i++) words[i] = (words[i]! + 1) % P;
    },
  });

/** The commitment of a scene, but for a code word that differs from each in one place more than it can be told by. */
export const committedFar = ({ code, committed: { rows } }: Scene): Committed => {
  const own = commitMatrix(memory, code, (row, words) =>
    words.set(memory.words({ address: rows.address + 4 * row * words.length, length: words.length })),
  );
  const { encoded, tree, salts } = own;
  const { address: matrix, strideBytes } = encoded!;
  const first = memory.words({ address: matrix, length: radius(code) + 1 });
  for (let i = 0; i < first.length; i++) first[i] = (first[i]! + 1) % P;
  hashColumns(memory, code, { matrix, strideBytes, columns: codeLength(code), salts, out: tree.address });
  return { ...own, root: growTree(memory, tree) };
};

/** Adds to the first coefficients of a row. */
export const plus = (u: ExtVector, steps: readonly Ext[]): void => {
  for (const [i, step] of steps.entries()) memory.setEntry(u, i, add(memory.entry(u, i), step));
};

/** What a prover says of a row, which is used up. @param own the memory of a prover whose kernels do something else */
export const openRow = (
  { committed, code, point }: Scene,
  { u }: Row,
  change: Change = (bytes) => bytes,
  own: ProofMemory = memory,
): Heard & { readonly proof: Uint8Array } => {
  const inner = new OpenProver(new Transcript());
  const { channel, heard } = recording(inner, change);
  const mark = memory.mark();
  openCombination(channel, own, [committed], code, u, point);
  memory.release(mark);
  return { ...heard, proof: inner.bytes() };
};

/** @throws ProofError unless the proof opens the combination, of that value */
export const checkRow = ({ committed, code, coefficients, point }: Scene, value: Ext, proof: Uint8Array): void => {
  const channel = new OpenVerifier(new Transcript(), proof);
  const mark = memory.mark();
  try {
    checkCombination(channel, memory, [{ commitment: committed, coefficients }], code, point, value);
    channel.end();
  } finally {
    memory.release(mark);
  }
};
