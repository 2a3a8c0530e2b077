/**
 * Adapters (spec 06): how a subject becomes the integers that a tensor program reads, and how the integers that come out
 * become a probability. Plain data, named by the SHA-256 of its canonical JSON.
 */
import { idOf, type QuestionClaim, type Result, shapes as s } from '@surety/core';

/** Kinds of subject with one text that stands for them. */
export const TEXT_KINDS = ['site', 'message', 'forecast'] as const;
export type TextKind = (typeof TEXT_KINDS)[number];

/** Each character is its place in the alphabet; the text is cut or filled to a length. */
export type CharacterInput = {
  readonly kind: 'characters';
  /** Different characters, by code point; the first one is 0. */
  readonly alphabet: string;
  /** What stands for a character that the alphabet lacks, and for none. */
  readonly other: number;
  readonly fill: number;
  readonly length: number;
};

export type AdapterOutput =
  /** The logistic function of one element, or of one less another, as the real numbers that they stand for. */
  | { readonly kind: 'logits'; readonly output: string; readonly for: number; readonly against: number | null }
  /** One element is a probability already, where the program itself ends in a softmax. */
  | { readonly kind: 'probability'; readonly output: string; readonly for: number };

export type Adapter = {
  readonly type: 'surety/adapter/v1';
  readonly name: string;
  /** P of the program, hex. */
  readonly program: string;
  readonly reads: readonly TextKind[];
  /** What the probability is of. */
  readonly predicate: 'scam' | 'genuine';
  readonly input: CharacterInput;
  readonly output: AdapterOutput;
  /** Model family; two of one family are never on both sides of a panel. */
  readonly family: string;
  /** One id for each source and part it was fitted to; `null` where that is not known. Stated, not shown. */
  readonly trainedOn: readonly string[] | null;
};

const name = s.text({ min: 1, max: 64, form: /^[a-z0-9][a-z0-9-]*$/, called: 'a name of a-z, 0-9 and -' });
const place = s.integer({ min: 0, max: 2 ** 30 - 1 });
const port = s.text({ min: 1, max: 256 });

const shape: s.Shape<Adapter> = s.where(
  s.object({
    type: s.literal('surety/adapter/v1'),
    name,
    program: s.hex(32),
    reads: s.list(s.oneOf(...TEXT_KINDS), { min: 1, max: TEXT_KINDS.length }),
    predicate: s.oneOf('scam', 'genuine'),
    input: s.object({
      kind: s.literal('characters'),
      alphabet: s.text({ min: 1, max: 4_096 }),
      other: place,
      fill: place,
      length: s.integer({ min: 1, max: 8_192 }),
    }),
    output: s.variant('kind', {
      logits: s.object({ kind: s.literal('logits'), output: port, for: place, against: s.nullable(place) }),
      probability: s.object({ kind: s.literal('probability'), output: port, for: place }),
    }),
    family: s.text({ min: 1, max: 128 }),
    trainedOn: s.nullable(s.list(s.text({ min: 1, max: 200 }), { min: 1, max: 64 })),
  }),
  ({ input }) => {
    const letters = [...input.alphabet];
    if (new Set(letters).size === letters.length) return null;
    return {
      code: 'input.malformed',
      field: 'input.alphabet',
      what: 'holds a character twice',
      limit: 'each character once',
    };
  },
);

/** An adapter from plain data: every field known and within its limit, nothing else. */
export const parseAdapter = (value: unknown): Result<Adapter> => shape(value, '');

/** SHA-256 of its canonical JSON, hex. */
export const adapterIdOf = (adapter: Adapter): string => idOf(adapter);

/** The text that stands for a subject; `null` for kinds without one, or that the adapter does not read. */
export const textOf = ({ reads }: Pick<Adapter, 'reads'>, subject: QuestionClaim['subject']): string | null => {
  if (!reads.some((kind) => kind === subject.kind)) return null;
  if (subject.kind === 'site') return subject.host;
  if (subject.kind === 'message') return subject.text;
  return subject.kind === 'forecast' ? subject.statement : null;
};

export type Characters = { readonly values: readonly number[]; readonly cut: number; readonly unknown: number };

/** The integers of a text, how many of its characters were cut off, and how many the alphabet lacks. */
export const charactersOf = ({ alphabet, other, fill, length }: CharacterInput, text: string): Characters => {
  const places = new Map([...alphabet].map((letter, i) => [letter, i]));
  const letters = [...text];
  const read = letters.slice(0, length);
  const values = read.map((letter) => places.get(letter) ?? other);
  return {
    values: [...values, ...new Array<number>(length - read.length).fill(fill)],
    cut: letters.length - read.length,
    unknown: read.filter((letter) => !places.has(letter)).length,
  };
};
