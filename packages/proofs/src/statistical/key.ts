/** Keys (spec 19.3): what is drawn for each folded node and the weights that it folds, as the kernels read them. */
import type { TensorType } from '@surety/programs';
import { drawElements, drawProducts } from './draw.ts';
import { elementsOf, innerWide } from './field.ts';
import { type createFold, matricesOf, weightsOf } from './fold.ts';
import { type Lanes, RESERVED_BYTES, up } from './lanes.ts';
import type { Folded, Linear, Parts } from './parts.ts';

/**
 * One vector's elements, for all nodes: each takes from the front as many as it has channels (r), and of a `conv` rows and columns.
 * Nodes may share them, for it is the first wrong one that decides (spec 19.3).
 */
type Drawn = { readonly r: Float64Array; readonly rows: Float64Array; readonly columns: Float64Array };

/** What one vector makes of all of a node that does not change from run to run. */
type Check = { readonly weights: readonly Uint32Array[] | null; readonly bias: number | null };

/** Where vectors lie, in words: the first, and how far it is to the next. */
type Place = { readonly at: number; readonly step: number };

/** The key of a node: as many independent checks as there are vectors. */
export type NodeKey = {
  readonly folded: Folded;
  /** Of the weights. */
  readonly weightType: TensorType;
  readonly checks: readonly Check[];
  readonly r: Place;
  readonly weights: Place;
  readonly rows: Place;
  readonly columns: Place;
};

/** Folded weights and the random elements that folded them; one for many records. */
export type Key = {
  readonly seed: Uint8Array;
  readonly vectors: number;
  readonly drawn: readonly Drawn[];
  readonly nodes: readonly NodeKey[];
  /** All of it as the kernels read it. */
  readonly image: Uint32Array;
};

const draw = ({ folded }: Parts, seed: Uint8Array, vector: number): Drawn => {
  const shapes = folded.map(({ type }) => type.shape);
  const convs = folded.filter(({ form }) => form.op === 'conv').map(({ type }) => type.shape);
  const most = (counts: readonly number[]): number => counts.reduce((a, b) => Math.max(a, b), 0);
  return {
    r: drawProducts(seed, [vector, 0], most(shapes.map((shape) => shape.at(-1)!))),
    rows: drawElements(seed, [vector, 1], most(convs.map((shape) => shape[0]! * shape[1]!))),
    columns: drawElements(seed, [vector, 2], most(convs.map((shape) => shape[2]!))),
  };
};

/** Words of a vector: the kernels read four at a time, and count what is missing as 0. */
const four = (length: number): number => Math.ceil(length / 4) * 4;

/** Words of folded weights as the kernels read them: of `matmul` each matrix by itself, of `conv` all of them by their place. */
export const weightWords = (form: Linear, { shape }: TensorType): number => {
  if (form.op === 'matmul') return four(shape.at(-1)!);
  const [, kh, kw, depth] = shape as [number, number, number, number];
  return kh * kw * four(depth * form.groups);
};

/**
 * Writes folded weights, of matrix m and vector v at `to + (m · vectors + v) · step`; of a `conv`, whose groups share one image,
 * as `[KW][KH][C]`.
 */
export const placeWeights = (
  form: Linear,
  type: TensorType,
  weights: readonly (readonly Uint32Array[])[],
  words: Uint32Array,
  to: number,
): void => {
  const step = weightWords(form, type);
  for (const [v, matrices] of weights.entries()) {
    if (form.op === 'matmul') {
      for (const [m, row] of matrices.entries()) words.set(row, to + (m * weights.length + v) * step);
      continue;
    }
    const [, kh, kw, depth] = type.shape as [number, number, number, number];
    const channels = four(depth * form.groups);
    for (const [group, own] of matrices.entries()) {
      for (let at = 0; at < own.length; at++) {
        const tap = Math.floor(at / depth);
        const [p, q] = [Math.floor(tap / kw), tap % kw];
        words[to + v * step + (q * kh + p) * channels + group * depth + (at % depth)] = own[at]!;
      }
    }
  }
};

/**
 * The key of a seed.
 * @param fold what folds the weights; @param seed 32 bytes; @param vectors how many independent checks, 1 or more
 */
export const createKey = async (
  parts: Parts,
  fold: ReturnType<typeof createFold>,
  seed: Uint8Array,
  vectors: number,
): Promise<Key> => {
  const { program, folded } = parts;
  const drawn = Array.from({ length: vectors }, (_, vector) => draw(parts, seed, vector));
  const split = drawn.map(({ r }) => elementsOf(r));
  const weights = await fold(drawn.map(({ r }) => r));
  const words: ((image: Uint32Array) => void)[] = [];
  let size = 0;
  const take = (count: number, step: number): Place => {
    const at = size;
    size += count * step;
    return { at, step };
  };
  const placed = new Map<number, Place>();
  /** The first elements of all vectors; of `r` those that go into fours with zeros behind, for each length once. */
  const firstOf = (length: number): Place => {
    const known = placed.get(length);
    if (known !== undefined) return known;
    const place = take(vectors, four(length));
    placed.set(length, place);
    words.push((image) => {
      for (const [v, { r }] of drawn.entries()) image.set(r.subarray(0, length), place.at + v * place.step);
    });
    return place;
  };
  const whole = (part: 'rows' | 'columns'): Place => {
    const place = take(vectors, drawn[0]![part].length);
    words.push((image) => {
      for (const [v, each] of drawn.entries()) image.set(each[part], place.at + v * place.step);
    });
    return place;
  };
  const [rows, columns] = [whole('rows'), whole('columns')];
  const nodes = folded.map((node, i): NodeKey => {
    const { form, type } = node;
    const constant = form.bias === null ? undefined : program.constants[form.bias - program.inputs.length];
    const biases = constant?.read();
    const biasOf = (v: number): number | null => {
      if (form.bias === null) return 0;
      return biases === undefined ? null : innerWide(split[v]!, biases as Int32Array);
    };
    const weightType = program.types[weightsOf(form)]!;
    const matrices = form.op === 'matmul' ? matricesOf(form, weightType).count : 1;
    const given = weights[i]!;
    const place = take(given === null ? 0 : matrices * vectors, weightWords(form, weightType));
    if (given !== null) words.push((image) => placeWeights(form, weightType, given, image, place.at));
    const checks = drawn.map((_, v): Check => ({ weights: given?.[v] ?? null, bias: biasOf(v) }));
    return { folded: node, weightType, checks, r: firstOf(type.shape.at(-1)!), weights: place, rows, columns };
  });
  const image = new Uint32Array(size);
  for (const write of words) write(image);
  return { seed, vectors, drawn, nodes, image };
};

/** Brings a key into the kernels' memory, unless it is there. */
export const loadKey = (lanes: Lanes, { image }: Key): void => {
  if (lanes.owner === image) return;
  lanes.taken = up(RESERVED_BYTES + image.byteLength);
  lanes.reserve(lanes.taken);
  lanes.words.set(image, RESERVED_BYTES / 4);
  lanes.owner = image;
  lanes.placed = null;
};
