/** Element types of ONNX tensors: their codes, and how their bytes become numbers. */

import type { Numbers } from '../../real/evaluate/dot.ts';
import type { Numeric } from '../../real/graph.ts';
import { fromBits, MINIFLOATS, type MinifloatName } from './minifloat.ts';

export type OnnxType =
  | 'float'
  | 'double'
  | MinifloatName
  | 'bool'
  | 'int8'
  | 'int16'
  | 'int32'
  | 'int64'
  | 'uint8'
  | 'uint16'
  | 'uint32'
  | 'uint64'
  | 'int4'
  | 'uint4'
  | 'int2'
  | 'uint2';

/** By `TensorProto.DataType`; strings, complex numbers and scale-only floats are not numbers of a program. */
const BY_CODE: readonly (OnnxType | null)[] = [
  ...([null, 'float', 'uint8', 'int8', 'uint16', 'int16', 'int32', 'int64'] as const),
  ...([null, 'bool', 'float16', 'double', 'uint32', 'uint64', null, null] as const),
  ...(['bfloat16', 'float8e4m3fn', 'float8e4m3fnuz', 'float8e5m2', 'float8e5m2fnuz'] as const),
  ...(['uint4', 'int4', 'float4e2m1', null, 'uint2', 'int2'] as const),
];

export const typeOfCode = (code: number): OnnxType | null => BY_CODE[code] ?? null;

const UNKNOWN: Readonly<Record<number, string>> = { 8: 'string', 14: 'complex64', 15: 'complex128', 24: 'float8e8m0' };

/** A type's name for messages, whatever it is. */
export const nameOfCode = (code: number): string => typeOfCode(code) ?? UNKNOWN[code] ?? `type ${code}`;

export const isFloat = (type: OnnxType): boolean => type === 'float' || type === 'double' || type in MINIFLOATS;

export const numericOf = (type: OnnxType): Numeric =>
  isFloat(type) ? 'real' : type === 'bool' ? 'boolean' : 'integer';

export const bitsOf = (type: OnnxType): number => {
  if (type === 'float') return 32;
  if (type === 'double') return 64;
  if (type === 'bool') return 8;
  if (type in MINIFLOATS) {
    const { exponentBits, mantissaBits } = MINIFLOATS[type as MinifloatName];
    return 1 + exponentBits + mantissaBits;
  }
  return Number(/\d+$/.exec(type)![0]);
};

/** Smallest and largest value of an integer type; `null` of others. */
export const rangeOf = (type: OnnxType): { readonly low: number; readonly high: number } | null => {
  if (isFloat(type) || type === 'bool') return null;
  const bits = bitsOf(type);
  return type.startsWith('u')
    ? { low: 0, high: 2 ** bits - 1 }
    : { low: -(2 ** (bits - 1)), high: 2 ** (bits - 1) - 1 };
};

/** An integer as its type holds it: high bits drop off. */
export const wrapTo = (type: OnnxType, value: number): number => {
  const bits = bitsOf(type);
  const rest = value - Math.floor(value / 2 ** bits) * 2 ** bits;
  return !type.startsWith('u') && rest >= 2 ** (bits - 1) ? rest - 2 ** bits : rest;
};

/** The number that a pattern of at most 16 bits stands for. */
const decodePattern = (type: OnnxType): ((bits: number) => number) => {
  if (type in MINIFLOATS) {
    const format = MINIFLOATS[type as MinifloatName];
    if (bitsOf(type) > 8) return (bits) => fromBits(bits, format);
    const table = Float32Array.from({ length: 2 ** bitsOf(type) }, (_, bits) => fromBits(bits, format));
    return (bits) => table[bits]!;
  }
  return type === 'bool' ? (bits) => (bits === 0 ? 0 : 1) : (bits) => wrapTo(type, bits);
};

/** Little-endian elements of a type as numbers: a view where the bytes are floats already and lie aligned. */
export const decodeElements = (bytes: Uint8Array, type: OnnxType, count: number): Numbers => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const width = bitsOf(type);
  if (type === 'float' || type === 'double') {
    const size = width / 8;
    const aligned = bytes.byteOffset % size === 0 ? bytes : new Uint8Array(bytes);
    const Floats = type === 'float' ? Float32Array : Float64Array;
    return new Floats(aligned.buffer as ArrayBuffer, aligned.byteOffset, count);
  }
  if (width >= 32) {
    const values = new Float64Array(count);
    const signed = !type.startsWith('u');
    for (let i = 0; i < count; i++) {
      if (width === 32) values[i] = signed ? view.getInt32(i * 4, true) : view.getUint32(i * 4, true);
      else values[i] = Number(signed ? view.getBigInt64(i * 8, true) : view.getBigUint64(i * 8, true));
    }
    return values;
  }
  const number = decodePattern(type);
  const values = new Float32Array(count);
  if (width === 16) for (let i = 0; i < count; i++) values[i] = number(view.getUint16(i * 2, true));
  else if (width === 8) for (let i = 0; i < count; i++) values[i] = number(bytes[i]!);
  else {
    const perByte = 8 / width;
    for (let i = 0; i < count; i++) {
      values[i] = number((bytes[Math.floor(i / perByte)]! >>> ((i % perByte) * width)) & (2 ** width - 1));
    }
  }
  return values;
};

/** Elements given one a number in `int32_data`: patterns of bits of small types, values of integers. */
export const decodeNumber = (type: OnnxType): ((value: number) => number) =>
  bitsOf(type) > 16 ? (value) => value : (value) => decodePattern(type)(value & 0xffff);
