/** What proving takes, known before it starts. */
import { ok, type Result } from '@surety/core';
import { type CheckedProgram, costOf, DTYPE_BYTES, elements, type TensorType } from '@surety/programs';
import { openingBytes } from '../commit/parameters.ts';
import { graphOf } from '../graph/from-program.ts';
import { shapesOf } from '../plan/hiding.ts';
import { lookupsOf, provingBytes } from '../plan/memory.ts';
import { countSent, planned } from '../plan/pads.ts';
import type { ProofPlan } from '../plan/plan.ts';
import { PROOFS } from './commit.ts';
import { passedOn } from './prove.ts';

export type Estimate = {
  /** Most bytes of memory that proving takes, the commitment to hidden constants included; what runs the program is apart. */
  readonly memoryBytes: number;
  /** Most bytes of the proof's file. */
  readonly proofBytes: number;
  /** Rows that are looked up: what the time of most proofs goes by. */
  readonly lookups: number;
  /** Bytes that are encoded and hashed for each proof. */
  readonly committedBytes: number;
  /** The same of hidden constants, once for all proofs. */
  readonly weightBytes: number;
  /** Proving, the run included and a commitment to weights left out: within a quarter on one core of the kind of {@link RATES}. */
  readonly proveMilliseconds: number;
  /** Checking, by whoever holds program or architecture. */
  readonly verifyMilliseconds: number;
  /** Values whose claims are passed on, one after the other: what progress is told in. */
  readonly layers: number;
};

export type EstimateOptions = {
  readonly hideInput?: boolean;
  readonly hideWeights?: boolean;
  /** As in `commit`. */
  readonly proofs?: number;
};

/**
 * What proving and checking took on one core that does 7 G multiply-accumulates of int8 a second (`bench prove-large`), fitted
 * over perceptrons of 8 thousand to 19 million weights and a network of the shape of VGG-16, with all that may be hidden.
 */
const RATES = {
  prove: {
    start: 3.2,
    hidden: 6,
    committedByte: 18.3e-6,
    weightByte: 0.28e-6,
    multiplyAccumulate: 0.13e-6,
    constantByte: 1.8e-6,
  },
  verify: { start: 2, hidden: 2.5, proofByte: 12e-6, layer: 0.4, constantByte: 0.65e-6 },
} as const;

const EXT_BYTES = 16;

const bytesOf = (types: readonly TensorType[]): number =>
  types.reduce((sum, { dtype, shape }) => sum + DTYPE_BYTES[dtype] * elements(shape), 0);

/** Magic number, flags and the names of program and input. */
const HEADER_BYTES = 8 + 1 + 32 + 32 + 32;

const fileBytes = async (plan: ProofPlan): Promise<number> => {
  const { graph, hiding, hidesInput } = plan;
  const shapes = shapesOf(plan);
  const sent = hiding?.pads ?? (await countSent(plan));
  const shown =
    bytesOf(graph.outputs.map(({ value }) => graph.types[value]!)) + (hidesInput ? 0 : bytesOf(graph.inputs));
  const opened = shapes.length === 0 ? 0 : openingBytes(shapes) + 32 * shapes.length;
  // Behind pads: what the products of them come to, and the value of the blinding.
  return HEADER_BYTES + shown + EXT_BYTES * (hiding === null ? sent : 4 * sent) + opened;
};

/**
 * What proving a run of a program takes.
 * Problems: `proof.unsupported` where it cannot be proved.
 */
export const estimate = async (
  program: CheckedProgram,
  { hideInput = false, hideWeights = false, proofs = PROOFS }: EstimateOptions = {},
): Promise<Result<Estimate>> => {
  const plan = await planned(graphOf(program, hideWeights), { hideInput, proofs: hideWeights ? proofs : 0 });
  if (!plan.ok) return plan;
  const bytes = shapesOf(plan.value).map(({ rows, rowVars }) => 16 * rows * 2 ** rowVars);
  const weights = plan.value.matrices.findIndex(({ kind }) => kind === 'weights');
  const { constantBytes, multiplyAccumulates } = costOf(program);
  const proofBytes = await fileBytes(plan.value);
  const layers = passedOn(plan.value);
  const committedBytes = bytes.reduce((sum, each, i) => sum + (i === weights ? 0 : each), 0);
  const weightBytes = bytes[weights] ?? 0;
  const { prove, verify } = RATES;
  const hides = plan.value.hiding === null ? 0 : 1;
  // Behind pads the verifier goes through public weights twice.
  const folded = hideWeights ? 0 : (1 + hides) * constantBytes;
  return ok({
    memoryBytes: provingBytes(plan.value),
    proofBytes,
    proveMilliseconds:
      prove.start +
      prove.hidden * hides +
      prove.committedByte * committedBytes +
      prove.weightByte * weightBytes +
      prove.multiplyAccumulate * multiplyAccumulates +
      prove.constantByte * constantBytes,
    verifyMilliseconds:
      verify.start +
      verify.hidden * hides +
      verify.proofByte * proofBytes +
      verify.layer * layers +
      verify.constantByte * folded,
    lookups: lookupsOf(plan.value),
    committedBytes,
    weightBytes,
    layers,
  });
};
