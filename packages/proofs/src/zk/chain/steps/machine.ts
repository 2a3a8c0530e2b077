/**
 * The verifier of a proof as a program of steps (spec 20.6): a step reads records that earlier ones wrote and one stretch of the
 * proof's data, runs a few instructions on registers of 32 bytes, and writes a record. A register holds bytes, or an element of
 * the extension as four lanes of 64 bits. An instruction that cannot be carried out means that the proof does not hold.
 */
import { Writer } from '../../../optimistic/bytes.ts';

/** Numbers of instructions; `immediate` is u32. Registers `a`, `b`, `to` are u8, ranges of them begin at `a`. */
export const OPCODE = {
  /** to = a + b, a − b, a · b, a · immediate, immediate, 1/a (a not 0). */
  add: 0,
  sub: 1,
  mul: 2,
  scale: 3,
  number: 4,
  invert: 5,
  /** Goes on only if a = b. */
  same: 6,
  move: 7,
  /** to = the 32 constant bytes at immediate. */
  word: 8,
  /** to = id of the run's input (immediate 0) or output (1). */
  run: 9,
  /** to = the element, or the 32 bytes, at immediate in the stretch. */
  element: 10,
  bytes: 11,
  /** Adds a register, constant bytes or bytes of the stretch (offset u16 ‖ length u16) to the message. */
  putRegister: 12,
  putConstant: 13,
  putData: 14,
  /** to = SHA-256 of the message, which is then empty. */
  digest: 15,
  /** to = the state of SHA-256 that the blocks of the message lead to from state a. */
  compress: 16,
  /** to = challenge number immediate of transcript state a. */
  challenge: 17,
  /** to … = positions drawn from transcript state a: how many u16 ‖ bits of each u16; eight to a register. */
  positions: 18,
  /** to = position number immediate of those from a on. */
  position: 19,
  /** to … = factors of the code's basis at position a, of 2^immediate coefficients. */
  factors: 20,
  /** to = eq of the b coordinates from a on and index immediate. */
  equalIndex: 21,
  /** to = eq of the b coordinates from a on and those from immediate on. */
  equalPoints: 22,
  /** to, to + 1 = Σ eq(i), Σ eq(i)·i over i < immediate, of the b coordinates from a on. */
  below: 23,
  /** to = product of those of the b registers from a on whose bits immediate has. */
  product: 24,
  /** to = Σ_i eq(i)·element i of the stretch from immediate on, of the b coordinates from a on. */
  fold: 25,
  /** to = Σ_i product(i)·element i, of the b base elements from a on. */
  foldPowers: 26,
  /** to = Σ_i eq(i)·integer i, as the 13 constant bytes at immediate say: {@link integersOf}. */
  integers: 27,
  /** to = to + Σ_i (register a + i)·(word i of the stretch from immediate on), i < b, words big-endian below p. */
  dot: 28,
  /** register to + i = itself + (register immediate)·eq(i), of the b coordinates from a on. */
  equalTable: 29,
  /** to = root of the tree in which leaf a is at position b: levels u16 ‖ offset of the nodes beside it, u16. */
  path: 30,
} as const;

export type Opcode = keyof typeof OPCODE;

/** Where an immediate is, or begins with, an offset in the stretch. */
export const READS_DATA: ReadonlySet<Opcode> = new Set(['element', 'bytes', 'fold', 'foldPowers', 'dot']);

export type Instruction = {
  readonly op: Opcode;
  readonly to: number;
  readonly a: number;
  readonly b: number;
  readonly immediate: number;
};

/** A record that is loaded into registers from `to` on. */
export type Read = { readonly record: number; readonly words: number; readonly to: number };

export type Step = {
  readonly reads: readonly Read[];
  /** Bytes of the data that it sees. */
  readonly stretch: { readonly offset: number; readonly length: number };
  /** Registers that its record consists of. */
  readonly writes: readonly number[];
  readonly constants: Uint8Array;
  readonly code: readonly Instruction[];
};

export const WORD_BYTES = 32;

/** Bytes of a chunk of the data: the leaves of its tree. */
export const CHUNK_BYTES = 256;

/** Most bytes of a step's stretch, and registers of one record. */
export const MOST = { stretchBytes: 1_024, recordWords: 48, registers: 256 } as const;

/** Two numbers of 16 bits. */
export const pair = (first: number, second: number): number => first * 2 ** 16 + second;

export const pairOf = (immediate: number): readonly [number, number] => [
  Math.floor(immediate / 2 ** 16),
  immediate % 2 ** 16,
];

/** What {@link OPCODE.integers} reads: dtype (1, 2, 3), least and greatest value, how many, and where in the stretch. */
export const integersOf = (
  dtype: number,
  { low, high }: { readonly low: number; readonly high: number },
  count: number,
  offset: number,
): Uint8Array => new Writer().u8(dtype).i32(low).i32(high).u16(count).u16(offset).done();

/** The bytes of a step, which a program commits to. */
export const encodeStep = ({ reads, stretch, writes, constants, code }: Step): Uint8Array => {
  const out = new Writer();
  out.u32(stretch.offset).u16(stretch.length).u8(reads.length).u8(writes.length).u16(constants.length).u16(code.length);
  for (const { record, words, to } of reads) out.u32(record).u8(words).u8(to);
  for (const register of writes) out.u8(register);
  out.raw(constants);
  for (const { op, to, a, b, immediate } of code) out.u8(OPCODE[op]).u8(to).u8(a).u8(b).u32(immediate);
  return out.done();
};
