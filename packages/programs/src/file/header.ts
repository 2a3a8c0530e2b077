/** The header of a program (spec 12.6): everything but nodes and values, as canonical JSON. */
import { decode, encode, type Result, refuse, shapes } from '@surety/core';
import { LIMITS, type Program } from '../program.ts';
import { I32_MAX, MAX_RANK } from '../tensor.ts';
import { malformed } from './node.ts';

/** Enough for as many constants as there may be. */
export const MAX_HEADER_BYTES = 2 ** 24;

const TYPE = 'surety/program/v1';

export const encodeHeader = ({ inputs, constants, outputs, states }: Program): Uint8Array =>
  encode(
    {
      type: TYPE,
      inputs: inputs.map(({ name, dtype, shape, low, high, encoding: { mantissa, exponent } }) => {
        return { name, dtype, shape, low, high, encoding: { mantissa, exponent } };
      }),
      constants: constants.map(({ dtype, shape }) => ({ dtype, shape })),
      outputs: outputs.map(({ name, value, encoding: { mantissa, exponent } }) => {
        return { name, value, encoding: { mantissa, exponent } };
      }),
      states: states.map(({ input, output }) => ({ input, output })),
    },
    { maxBytes: MAX_HEADER_BYTES },
  );

const { integer, list, literal, object, oneOf, text } = shapes;

const whole = integer({ min: -Number.MAX_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER });
const dtype = oneOf('i8', 'i16', 'i32');
const shape = list(integer({ min: 1, max: 2 ** 28 }), { max: MAX_RANK });
const encoding = object({ mantissa: whole, exponent: whole });
const name = text({ max: MAX_HEADER_BYTES });
const bound = integer({ min: -I32_MAX, max: I32_MAX });

const header = object({
  type: literal(TYPE),
  inputs: list(object({ name, dtype, shape, low: bound, high: bound, encoding }), { max: LIMITS.ports }),
  constants: list(object({ dtype, shape }), { max: LIMITS.values }),
  outputs: list(object({ name, value: whole, encoding }), { max: LIMITS.ports }),
  states: list(object({ input: whole, output: whole }), { max: LIMITS.ports }),
});

export type Header = shapes.Shaped<typeof header>;

/** The header of bytes, or `program.malformed`; whether its numbers fit together is the check's question. */
export const decodeHeader = (bytes: Uint8Array): Result<Header> => {
  const json = decode(bytes, { maxBytes: MAX_HEADER_BYTES });
  const read = json.ok ? header(json.value, 'header') : json;
  if (read.ok) return read;
  const { message, field, value } = read.problem;
  return refuse(
    malformed(field === undefined || field === '' ? 'header' : field, message, value ?? `${bytes.length} bytes`),
  );
};
