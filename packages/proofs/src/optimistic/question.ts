/** Questions (spec 15.2): what a challenger may ask of a provider, and their bytes. */
import { concatBytes, keccak256, ok, type Result, refuse } from '@surety/core';
import { bigEndian } from '@surety/programs';
import { Reader, Unreadable, unreadable, Writer } from './bytes.ts';
import { type Partials, readPartials, writePartials } from './partials.ts';
import type { Tree } from './tree.ts';

/** Which tree or tensor: of step `step` where it is one's, and of several the one at `index`. */
export type Place =
  | { readonly of: 'node'; readonly step: number; readonly index: number }
  | { readonly of: 'step-input'; readonly step: number; readonly index: number }
  | { readonly of: 'input'; readonly index: number }
  | { readonly of: 'output'; readonly index: number };

/**
 * What whoever asks expects the hashes of neighbouring blocks to be, in two bytes each: of hash and salt together, so that
 * nobody who did not know the salt could choose a hash by its mark.
 */
export type Marks = { readonly salt: number; readonly of: readonly number[] };

/** Blocks of 2^level leaves. */
export type Blocks = { readonly level: number; readonly first: number; readonly count: number };

export type Question =
  /** Hashes of the steps, or of the list or trace that holds the place. */
  | ({ readonly kind: 'part'; readonly place: Place | { readonly of: 'steps' } } & Blocks)
  /** Block `first` of the chunks of a tensor; with marks, one of so many from there on that has another mark. */
  | {
      readonly kind: 'chunks';
      readonly place: Place;
      readonly level: number;
      readonly first: number;
      readonly marks: Marks | null;
    }
  | {
      readonly kind: 'partials';
      readonly step: number;
      readonly node: number;
      readonly element: number;
      readonly segments: number;
      readonly per: number;
    }
  | { readonly kind: 'refine'; readonly part: number; readonly per: number; readonly partials: Partials };

/** `dataLevel`: of blocks so small an answer shows the bytes, of larger ones hashes, `hashLevels` below. */
export const LIMITS = { blocks: 128, level: 31, parts: 64, marks: 500, dataLevel: 4, hashLevels: 7 } as const;

/** The level of the hashes that an answer shows of a block; of a small one the bytes of the chunks. */
export const belowOf = (level: number): number =>
  level <= LIMITS.dataLevel ? 0 : Math.max(0, level - LIMITS.hashLevels);

const WHERE = ['node', 'step-input', 'input', 'output', 'steps'] as const;

const KIND = { part: 1, chunks: 2, partials: 3, refine: 4 } as const;

/** What a hash is marked by under a salt. */
export const markOf = (hash: Uint8Array, salt: number): number => {
  const [high, low] = keccak256(concatBytes(hash, bigEndian([salt])));
  return high! * 256 + low!;
};

/** Marks of blocks of a tree that is known. */
export const marksOf = (tree: Tree, { level, first, count }: Blocks, salt: number): Marks => ({
  salt,
  of: Array.from({ length: count }, (_, i) => markOf(tree.hash(level, first + i)!, salt)),
});

const writePlace = (out: Writer, place: Place | { readonly of: 'steps' }): Writer =>
  out
    .u8(WHERE.indexOf(place.of))
    .u32('step' in place ? place.step : 0)
    .u32('index' in place ? place.index : 0);

export const encodeQuestion = (question: Question): Uint8Array => {
  const out = new Writer().u8(KIND[question.kind]);
  switch (question.kind) {
    case 'part':
      return writePlace(out, question.place).u8(question.level).u32(question.first).u8(question.count).done();
    case 'chunks': {
      writePlace(out, question.place).u8(question.level).u32(question.first);
      const { marks } = question;
      if (marks === null) return out.done();
      out.u32(marks.salt);
      for (const mark of marks.of) out.u16(mark);
      return out.done();
    }
    case 'partials':
      return out
        .u32(question.step)
        .u32(question.node)
        .u32(question.element)
        .u32(question.segments)
        .u32(question.per)
        .done();
    case 'refine':
      writePartials(out.u8(question.part).u32(question.per), question.partials);
      return out.done();
  }
};

const readPlace = (from: Reader): Place | { readonly of: 'steps' } => {
  const of = WHERE[from.u8()];
  const [step, index] = [from.u32(), from.u32()];
  switch (of) {
    case 'node':
    case 'step-input':
      return { of, step, index };
    case 'input':
    case 'output':
      return { of, index };
    case 'steps':
      return { of };
    default:
      return unreadable('it names no known place');
  }
};

const tensorPlace = (from: Reader): Place => {
  const place = readPlace(from);
  return place.of === 'steps' ? unreadable('the steps are no tensor') : place;
};

const within = (what: string, n: number, least: number, most: number): number =>
  n >= least && n <= most ? n : unreadable(`${what} is ${n}, not ${least} .. ${most}`);

const readLevel = (from: Reader): number => within('level', from.u8(), 0, LIMITS.level);

const readMarks = (from: Reader): Marks => {
  const salt = from.u32();
  const count = within('marks', Math.ceil(from.left / 2), 1, LIMITS.marks);
  return { salt, of: Array.from({ length: count }, () => from.u16()) };
};

const readBlocks = (from: Reader): Blocks => ({
  level: readLevel(from),
  first: from.u32(),
  count: within('count', from.u8(), 1, LIMITS.blocks),
});

/** How many accumulators there are, one a part. */
export const partsOf = (segments: number, per: number): number => Math.ceil(segments / per);

const read = (from: Reader): Question => {
  switch (from.u8()) {
    case KIND.part:
      return { kind: 'part', place: readPlace(from), ...readBlocks(from) };
    case KIND.chunks: {
      const [place, level, first] = [tensorPlace(from), readLevel(from), from.u32()];
      return { kind: 'chunks', place, level, first, marks: from.left === 0 ? null : readMarks(from) };
    }
    case KIND.partials: {
      const [step, node, element, segments, per] = [from.u32(), from.u32(), from.u32(), from.u32(), from.u32()];
      within('per', per, 1, 2 ** 32 - 1);
      within('parts', partsOf(segments, per), 1, LIMITS.parts);
      return { kind: 'partials', step, node, element, segments, per };
    }
    case KIND.refine: {
      const part = from.u8();
      const per = within('per', from.u32(), 1, 2 ** 32 - 1);
      const partials = readPartials(from);
      within('part', part, 0, partials.accumulators.length - 1);
      const { first, last } = partOf(partials, part);
      within('parts', partsOf(last - first, per), 1, LIMITS.parts);
      return { kind: 'refine', part, per, partials };
    }
    default:
      return unreadable('it is of no known kind');
  }
};

/** Which segments a part has, and the accumulator before them. */
export const partOf = (
  { first, last, per, start, accumulators }: Partials,
  part: number,
): { readonly first: number; readonly last: number; readonly start: number } => ({
  first: first + part * per,
  last: Math.min(first + (part + 1) * per, last),
  start: part === 0 ? start : accumulators[part - 1]!,
});

/** The question of bytes, or `optimistic.malformed`: such a question is answered by nothing (spec 15.2). */
export const decodeQuestion = (bytes: Uint8Array): Result<Question> => {
  try {
    const from = new Reader(bytes);
    const question = read(from);
    from.end();
    return ok(question);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return refuse({
      code: 'optimistic.malformed',
      message: `The question cannot be read: ${error.message}.`,
      next: 'Ask in the form of spec/15-refutation.md, 15.5; as it is, nothing answers it.',
      field: 'question',
      value: `${bytes.length} bytes`,
    });
  }
};
