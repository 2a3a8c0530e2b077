/** Probe sets (spec 13.6): public inputs on which versions of a model are compared. */
import { decode, encode, ok, type Problem, type Result, refuse, shapes as s, sha256, show } from '@surety/core';
import { listRoot } from '../commit/program.ts';
import { tagged, treeRoot } from '../commit/tensor.ts';
import type { Encoding } from '../program.ts';
import { DTYPE_RANGE, elements, MAX_RANK, type Tensor, type TensorType, tensor } from '../tensor.ts';

export const PROBE_LIMITS = { probes: 1_000, inputs: 64, bytes: 8_388_608 } as const;

export type ProbeInput = TensorType & { readonly encoding: Encoding };

/** A probe holds the values of each input, row-major. */
export type ProbeSet = {
  readonly type: 'surety/probes/v1';
  readonly inputs: readonly ProbeInput[];
  readonly probes: readonly (readonly (readonly number[])[])[];
};

const encoding: s.Shape<Encoding> = s.object({
  mantissa: s.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
  exponent: s.integer({ min: -1074, max: 1023 }),
});

/** Values of one probe are counted before they are read, so the limit here is only what bytes allow. */
const value = s.integer({ min: DTYPE_RANGE.i32.low, max: DTYPE_RANGE.i32.high });

const probeSetShape: s.Shape<ProbeSet> = s.object({
  type: s.literal('surety/probes/v1'),
  inputs: s.list(
    s.object({
      dtype: s.oneOf('i8', 'i16', 'i32'),
      shape: s.list(s.integer({ min: 1, max: PROBE_LIMITS.bytes }), { max: MAX_RANK }),
      encoding,
    }),
    { min: 1, max: PROBE_LIMITS.inputs },
  ),
  probes: s.list(s.list(s.list(value, { max: PROBE_LIMITS.bytes }), { max: PROBE_LIMITS.inputs }), {
    min: 1,
    max: PROBE_LIMITS.probes,
  }),
});

const malformed = (field: string, message: string, next: string, found: unknown, limit?: string): Problem => ({
  code: 'probes.malformed',
  message,
  next,
  field,
  value: show(found),
  ...(limit !== undefined && { limit }),
});

/** The first probe that has not the stated values. */
const misfit = ({ inputs, probes }: ProbeSet): Problem | null => {
  for (const [p, probe] of probes.entries()) {
    if (probe.length !== inputs.length)
      return malformed(
        `probes.${p}`,
        `Probe ${p} has ${probe.length} inputs.`,
        'Give it all.',
        probe.length,
        `${inputs.length}`,
      );
    for (const [i, { dtype, shape }] of inputs.entries()) {
      const at = `probes.${p}.${i}`;
      const values = probe[i]!;
      const count = elements(shape);
      if (values.length !== count)
        return malformed(at, `${at} has ${values.length} values.`, `Give it ${count}.`, values.length, `${count}`);
      const { low, high } = DTYPE_RANGE[dtype];
      const beyond = values.find((each) => each < low || each > high);
      if (beyond !== undefined)
        return malformed(at, `${at} holds ${beyond}.`, `Stay within ${dtype}.`, beyond, `${low} .. ${high}`);
    }
  }
  return null;
};

/** Bytes of a probe set: its canonical JSON. */
export const probeSetBytes = (set: ProbeSet): Uint8Array => encode(set, { maxBytes: PROBE_LIMITS.bytes });

/** The probe set in bytes that are its one encoding, or why they are none. Problems: `input.*`, `probes.malformed`. */
export const readProbes = (bytes: Uint8Array): Result<ProbeSet> => {
  const json = decode(bytes, { maxBytes: PROBE_LIMITS.bytes });
  if (!json.ok) return json;
  const read = probeSetShape(json.value, '');
  if (!read.ok) return read;
  const problem = misfit(read.value);
  return problem === null ? ok(read.value) : refuse(problem);
};

/** The tensors of a probe as they are stated. */
export const tensorsOf = ({ inputs, probes }: ProbeSet, index: number): readonly Tensor[] =>
  inputs.map(({ dtype, shape }, i) => tensor(dtype, shape, probes[index]![i]!));

/** Id of a probe set: over its inputs and the tensor list of each probe. */
export const probeSetId = (set: ProbeSet): Uint8Array => {
  const leaves = function* (): Generator<Uint8Array> {
    yield sha256(encode(set.inputs));
    for (let i = 0; i < set.probes.length; i++) yield listRoot(tensorsOf(set, i));
  };
  return tagged('surety:probes:v1', treeRoot(leaves()));
};
