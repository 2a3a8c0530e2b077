/** Program files (spec 12.8): written piece by piece, and read so that values stay where they are until somebody needs them. */
import { concatBytes, ok, type Result, refuse, sameBytes, utf8 } from '@surety/core';
import { type CheckedProgram, checkProgram } from '../check.ts';
import { type Constant, LIMITS, type Node } from '../program.ts';
import type { ByteSource } from '../source.ts';
import { allocate, DTYPE_BYTES, type Dtype, elements, type Values } from '../tensor.ts';
import { decodeHeader, encodeHeader, MAX_HEADER_BYTES } from './header.ts';
import { decodeNode, encodeNode, malformed } from './node.ts';

const MAGIC = utf8('SRTYPRG1');

const u32 = (n: number): Uint8Array => new Uint8Array([n >>> 24, n >>> 16, n >>> 8, n]);

/** The bytes of values as they lie in memory: little-endian, as on every machine that runs JavaScript today. */
export const valueBytes = (values: Values): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

/** Header and nodes of a program, each with its length before it. */
const frontOf = (program: CheckedProgram): Uint8Array => {
  const header = encodeHeader(program);
  const first = program.inputs.length + program.constants.length;
  const nodes = program.nodes.map((node, i) => encodeNode(node, program.types[first + i]!.shape));
  const start = concatBytes(MAGIC, u32(header.length), header, u32(nodes.length));
  const front = new Uint8Array(nodes.reduce((sum, { length }) => sum + 2 + length, start.length));
  front.set(start);
  let at = start.length;
  // Not spread as arguments: there may be more nodes than a call takes.
  for (const bytes of nodes) {
    front.set([bytes.length >>> 8, bytes.length], at);
    front.set(bytes, at + 2);
    at += 2 + bytes.length;
  }
  return front;
};

/** A program's file, piece by piece: one constant at a time is in memory. */
export function* writeProgram(program: CheckedProgram): Generator<Uint8Array> {
  yield frontOf(program);
  for (const { read } of program.constants) yield valueBytes(read());
}

/** A cursor over a source, which refuses to read beyond its end. */
class Cursor {
  at = 0;
  private readonly source: ByteSource;

  constructor(source: ByteSource) {
    this.source = source;
  }

  take(length: number): Uint8Array | null {
    if (this.at + length > this.source.size) return null;
    const bytes = this.source.read(this.at, length);
    this.at += length;
    return bytes;
  }

  /** A big-endian number of so many bytes. */
  number(length: number): number | null {
    return this.take(length)?.reduce((n, byte) => n * 256 + byte, 0) ?? null;
  }
}

/** Bytes as values, without a copy. */
const viewOf = (dtype: Dtype, { buffer, byteOffset, length }: Uint8Array): Values => {
  if (dtype === 'i8') return new Int8Array(buffer, byteOffset, length);
  return dtype === 'i16'
    ? new Int16Array(buffer, byteOffset, length / 2)
    : new Int32Array(buffer, byteOffset, length / 4);
};

const constantsAt = (
  source: ByteSource,
  start: number,
  types: readonly Pick<Constant, 'dtype' | 'shape'>[],
): { readonly constants: readonly Constant[]; readonly end: number } => {
  let end = start;
  const constants = types.map(({ dtype, shape }): Constant => {
    const offset = end;
    const length = elements(shape) * DTYPE_BYTES[dtype];
    end += length;
    const read = (): Values => {
      const bytes = source.read(offset, length);
      const inPlace = bytes.byteOffset % DTYPE_BYTES[dtype] === 0 && bytes.length === length;
      if (inPlace) return viewOf(dtype, bytes);
      const values = allocate(dtype, elements(shape));
      valueBytes(values).set(bytes);
      return values;
    };
    return { dtype, shape, read };
  });
  return { constants, end };
};

const tooShort = (field: string, source: ByteSource) =>
  refuse(malformed(field, 'the file ends before it does.', `${source.size} bytes`));

const readNodes = (cursor: Cursor, source: ByteSource): Result<readonly Node[]> => {
  const count = cursor.number(4);
  if (count === null) return tooShort('nodes', source);
  if (count > LIMITS.values) return refuse(malformed('nodes', `there are ${count}.`, `${count}`, `${LIMITS.values}`));
  const nodes: Node[] = [];
  for (let i = 0; i < count; i++) {
    const length = cursor.number(2);
    const bytes = length === null ? null : cursor.take(length);
    if (bytes === null) return tooShort(`nodes[${i}]`, source);
    const node = decodeNode(bytes, i);
    if (!node.ok) return node;
    nodes.push(node.value);
  }
  return ok(nodes);
};

/**
 * The program of a file, checked. Its constants are read from the source whenever somebody asks for them.
 * Problems: `program.malformed` for any byte that the one encoding does not have, and those of {@link checkProgram}.
 */
export const readProgram = (source: ByteSource): Result<CheckedProgram> => {
  const cursor = new Cursor(source);
  const magic = cursor.take(MAGIC.length);
  if (magic === null || !sameBytes(magic, MAGIC)) {
    return refuse(malformed('file', 'it does not start as a program file does.', `${source.size} bytes`, 'SRTYPRG1'));
  }
  const length = cursor.number(4);
  if (length !== null && length > MAX_HEADER_BYTES) {
    return refuse(malformed('header', 'it is too long.', `${length} bytes`, `${MAX_HEADER_BYTES} bytes`));
  }
  const bytes = length === null ? null : cursor.take(length);
  if (bytes === null) return tooShort('header', source);
  const header = decodeHeader(bytes);
  if (!header.ok) return header;
  const nodes = readNodes(cursor, source);
  if (!nodes.ok) return nodes;
  const frontBytes = cursor.at;
  const { constants, end } = constantsAt(source, frontBytes, header.value.constants);
  if (end !== source.size) {
    return refuse(malformed('file', `its header asks for ${end} bytes.`, `${source.size} bytes`, `${end} bytes`));
  }
  const program = checkProgram({ ...header.value, constants, nodes: nodes.value });
  if (!program.ok) return program;
  // Whatever the reader above was lenient about shows here: a program has one encoding.
  const wanted = frontOf(program.value);
  const given = source.read(0, frontBytes);
  const at = wanted.length === given.length ? wanted.findIndex((byte, i) => byte !== given[i]) : frontBytes;
  if (at < 0) return program;
  return refuse(malformed('file', `byte ${at} is not the one that this program has there.`, `${given[at] ?? 'none'}`));
};
