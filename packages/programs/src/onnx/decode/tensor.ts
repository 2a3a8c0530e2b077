/** Tensors of a model: their type and shape, and a way to read their values when they are needed. */

import type { Numbers } from '../../real/evaluate/dot.ts';
import { bytesOf, type Slice } from '../../source.ts';
import { MAX_ELEMENTS } from '../../tensor.ts';
import { release, transient } from '../../transient.ts';
import { malformed, tooLarge, unsupported } from '../problems.ts';
import { type ExternalReader, plainPath } from './external.ts';
import { bitsOf, decodeElements, decodeNumber, nameOfCode, type OnnxType, typeOfCode } from './types.ts';
import { type Field, fields, integer, message, text, varints } from './wire.ts';

export type OnnxTensor = {
  readonly name: string;
  readonly type: OnnxType;
  /** Dimensions may be 0 here: empty lists of axes are tensors too. */
  readonly shape: readonly number[];
  /** May be called again; gives a view where it can. */
  readonly read: () => Numbers;
};

const MAX_NAME_BYTES = 4096;
const MAX_DIMENSIONS = 64;

/** Number of elements of a shape that may be hostile. */
export const countOf = (shape: readonly number[], where: string): number => {
  if (shape.length > MAX_DIMENSIONS) {
    throw tooLarge(where, `${where} has ${shape.length} dimensions.`, shape.length, `${MAX_DIMENSIONS} dimensions`);
  }
  let count = 1;
  for (const size of shape) {
    if (!Number.isSafeInteger(size) || size < 0) {
      throw malformed(where, `${where} has a dimension of ${size}.`, size);
    }
    count *= size;
  }
  if (count > MAX_ELEMENTS) {
    throw tooLarge(where, `${where} has ${count} elements.`, shape, `${MAX_ELEMENTS} elements`);
  }
  return count;
};

type Parts = {
  name: string;
  code: number;
  dims: number[];
  raw: Slice | null;
  /** The typed field that holds the elements, piece by piece. */
  readonly typed: Field[];
  readonly external: Map<string, string>;
  isExternal: boolean;
};

const TYPED_FIELDS: ReadonlySet<number> = new Set([4, 5, 7, 10, 11]);

const entry = (field: Field, where: string): [string, string] => {
  const pair: [string, string] = ['', ''];
  for (const part of fields(message(field, where), where)) {
    if (part.number === 1 || part.number === 2) pair[part.number - 1] = text(part, where, MAX_NAME_BYTES);
  }
  return pair;
};

const parse = (slice: Slice, where: string): Parts => {
  const parts: Parts = { name: '', code: 0, dims: [], raw: null, typed: [], external: new Map(), isExternal: false };
  for (const field of fields(slice, where)) {
    if (field.number === 1) parts.dims.push(...varints(field, where, MAX_DIMENSIONS + 1).map(Number));
    else if (field.number === 2) parts.code = integer(field, where);
    else if (field.number === 3) throw unsupported(where, `${where} is cut into segments.`, 'Store it in one piece.');
    else if (field.number === 8) parts.name = text(field, where, MAX_NAME_BYTES);
    else if (field.number === 9) parts.raw = message(field, where);
    else if (TYPED_FIELDS.has(field.number)) parts.typed.push(field);
    else if (field.number === 13) parts.external.set(...entry(field, where));
    else if (field.number === 14) parts.isExternal = integer(field, where) === 1;
    if (parts.dims.length > MAX_DIMENSIONS) countOf(parts.dims, where);
  }
  return parts;
};

const externalSlice = (parts: Parts, where: string, open: ExternalReader | undefined, bytes: number): Slice => {
  if (open === undefined) {
    throw unsupported(where, `${where} keeps its data in another file.`, 'Import the model from its folder.');
  }
  const path = plainPath(parts.external.get('location') ?? '', where);
  const number = (key: string, missing: number): number => {
    const given = parts.external.get(key);
    if (given === undefined) return missing;
    if (!/^\d{1,15}$/.test(given)) throw malformed(where, `${where} has an external ${key} that is no number.`, given);
    return Number(given);
  };
  const source = open(path);
  const offset = number('offset', 0);
  const length = number('length', Math.max(0, source.size - offset));
  if (offset + length > source.size) {
    throw malformed(where, `${where} reaches beyond the end of ${path}.`, offset + length);
  }
  if (length < bytes) throw malformed(where, `${where} needs ${bytes} bytes of ${path} and names ${length}.`, length);
  return { source, offset, length: bytes };
};

const FIXED: Readonly<Record<number, { readonly type: OnnxType; readonly bytes: number }>> = {
  4: { type: 'float', bytes: 4 },
  10: { type: 'double', bytes: 8 },
};

/** Elements given in one of the typed fields. */
const typedElements = (typed: readonly Field[], type: OnnxType, count: number, where: string): Float64Array => {
  const values = new Float64Array(count);
  let at = 0;
  const put = (value: number): void => {
    if (at === count) throw malformed(where, `${where} holds more elements than its shape has.`, count);
    values[at++] = value;
  };
  const perNumber = bitsOf(type) < 8 ? 8 / bitsOf(type) : 1;
  const decode = decodeNumber(type);
  for (const field of typed) {
    const fixed = FIXED[field.number];
    if (fixed !== undefined) {
      if (field.kind === 'varint' || fixed.type !== type) throw malformed(where, `${where} has data of another type.`);
      const bytes = bytesOf(field.slice);
      decodeElements(bytes, fixed.type, Math.floor(bytes.length / fixed.bytes)).forEach(put);
      continue;
    }
    for (const value of varints(field, where, count)) {
      const number = Number(field.number === 11 ? BigInt.asUintN(64, value) : value);
      if (perNumber === 1) put(decode(number));
      else {
        const packed = decodeElements(Uint8Array.of(number & 0xff), type, perNumber);
        for (let i = 0; i < perNumber && at < count; i++) put(packed[i]!);
      }
    }
  }
  if (at !== count) throw malformed(where, `${where} holds ${at} elements; its shape has ${count}.`, at);
  return values;
};

/** Elements of raw bytes; what was read for them alone is given back by whoever needs them. */
const elementsOf = (raw: Slice, type: OnnxType, count: number): Numbers => {
  const bytes = bytesOf(raw);
  const values = decodeElements(bytes, type, count);
  if (raw.source.fresh !== true) return values;
  if (values.buffer !== bytes.buffer) release(transient(bytes));
  return transient(values);
};

/**
 * A tensor, its values left where they are.
 * @param open opens files beside the model, where there are any
 * @throws {SuretyError} `model.malformed`, `model.unsupported` or `model.too-large`
 */
export const decodeTensor = (slice: Slice, place: string, open?: ExternalReader): OnnxTensor => {
  const parts = parse(slice, place);
  const where = parts.name === '' ? place : `tensor ${parts.name}`;
  const type = typeOfCode(parts.code);
  if (type === null) {
    const kind = nameOfCode(parts.code);
    throw unsupported(where, `${where} is of ${kind}.`, 'Use numbers or truth values.', kind);
  }
  const shape = parts.dims;
  const count = countOf(shape, where);
  const tensor = { name: parts.name, type, shape };
  const bytes = Math.ceil((count * bitsOf(type)) / 8);
  const raw = parts.isExternal ? externalSlice(parts, where, open, bytes) : parts.raw;
  if (raw !== null) {
    if (raw.length !== bytes) throw malformed(where, `${where} has ${raw.length} bytes of ${bytes}.`, raw.length);
    return { ...tensor, read: () => elementsOf(raw, type, count) };
  }
  const given = parts.typed.reduce((sum, field) => sum + (field.kind === 'varint' ? 1 : field.slice.length), 0);
  if (given === 0 && count > 0) throw malformed(where, `${where} has no data.`, count);
  if (given > count * 16) throw malformed(where, `${where} holds more data than its shape has.`, given);
  // Small ones are read now, so that what is wrong with them is said at once; each byte gives one element at most.
  if (count > given * 8) throw malformed(where, `${where} holds less data than its shape has.`, given);
  const values = typedElements(parts.typed, type, count, where);
  return { ...tensor, read: () => values };
};
