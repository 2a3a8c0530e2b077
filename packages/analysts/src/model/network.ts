/** A tensor program (spec 12) that reads the registered name letter by letter; run by the reference, so it is exact. */

import { fromBase64, unwrap } from '@surety/core';
import { bytesSource, readProgram, runReference, tensor } from '@surety/programs';
import type { HostParts } from '../host.ts';
import { type CharacterInput, charactersOf } from '../tensor/adapter.ts';

export type StoredNetwork = {
  /** Base64 of the program's file. */
  readonly program: string;
  /** How the registered name becomes the program's integers. */
  readonly input: { readonly alphabet: string; readonly other: number; readonly fill: number; readonly length: number };
};

/**
 * Thousandths of a logit of "scam": the second of two outputs less the first.
 * @throws {SuretyError} where the artefact is damaged: its program is not one
 */
export const networkScorer = (stored: StoredNetwork): ((parts: HostParts) => number) => {
  const program = unwrap(readProgram(bytesSource(unwrap(fromBase64(stored.program)))));
  const [{ dtype, shape }] = [program.inputs[0]!];
  const { value, encoding } = program.outputs[0]!;
  const input: CharacterInput = { kind: 'characters', ...stored.input };
  const milli = 1000 * encoding.mantissa * 2 ** encoding.exponent;
  return ({ registrable }) => {
    const { values } = charactersOf(input, registrable);
    const { values: logits } = runReference(program, [tensor(dtype, shape, values)])[value]!;
    return Math.round((logits[1]! - logits[0]!) * milli);
  };
};
