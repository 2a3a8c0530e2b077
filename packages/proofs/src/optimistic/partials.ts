/** Accumulators of one sum or maximum at even distances (spec 15.5, PARTIALS), and the records that answers leave. */
import { concatBytes, keccak256 } from '@surety/core';
import { bigEndian } from '@surety/programs';
import { type Reader, unreadable, Writer } from './bytes.ts';
import { HashTree, joinWords } from './tree.ts';

export type Partials = {
  readonly step: number;
  readonly node: number;
  readonly element: number;
  /** Of the whole fold. */
  readonly segments: number;
  /** Segments `first .. last − 1` are told of, `per` of them by each accumulator. */
  readonly first: number;
  readonly last: number;
  readonly per: number;
  /** The accumulator before segment `first`; not read where that is 0. */
  readonly start: number;
  /** After `first + per`, `first + 2 · per`, …, `last` segments. */
  readonly accumulators: readonly number[];
};

export const writePartials = (out: Writer, p: Partials): Writer => {
  out.u32(p.step).u32(p.node).u32(p.element).u32(p.segments).u32(p.first).u32(p.last).u32(p.per).i32(p.start);
  for (const accumulator of p.accumulators) out.i32(accumulator);
  return out;
};

export const readPartials = (from: Reader): Partials => {
  const [step, node, element, segments] = [from.u32(), from.u32(), from.u32(), from.u32()];
  const [first, last, per, start] = [from.u32(), from.u32(), from.u32(), from.i32()];
  if (per === 0 || last <= first) unreadable('it has no accumulators');
  const count = Math.ceil((last - first) / per);
  // So few that no length is believed before its bytes are there.
  if (count * 4 > from.left) unreadable('it ends too early');
  const accumulators = Array.from({ length: count }, () => from.i32());
  return { step, node, element, segments, first, last, per, start, accumulators };
};

/** The record of an answer that opened nothing to build on. */
export const NO_RECORD: Uint8Array = new Uint8Array(32);

export const partialsRecord = (partials: Partials): Uint8Array =>
  keccak256(writePartials(new Writer().u8(2), partials).done());

/** The words of some bytes, the last padded with zeros. */
export const wordsOf = (bytes: Uint8Array): readonly Uint8Array[] =>
  Array.from({ length: Math.ceil(bytes.length / 32) }, (_, i) => {
    const word = new Uint8Array(32);
    word.set(bytes.subarray(32 * i, 32 * i + 32));
    return word;
  });

/** The tree over the words of data: words themselves are its leaves. */
export const wordTree = (bytes: Uint8Array): HashTree => new HashTree(wordsOf(bytes), joinWords);

export type Data = {
  readonly step: number;
  readonly node: number;
  readonly encoding: Uint8Array;
  readonly chunk: number;
  readonly count: number;
  /** Root of the words. */
  readonly words: Uint8Array;
};

export const dataRecord = ({ step, node, encoding, chunk, count, words }: Data): Uint8Array =>
  keccak256(
    concatBytes(
      Uint8Array.of(1),
      bigEndian([step, node]),
      keccak256(encoding),
      bigEndian([chunk]),
      Uint8Array.of(count),
      words,
    ),
  );
