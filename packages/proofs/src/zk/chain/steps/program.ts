/** The whole verifier of a program's proofs as steps, and the id that stands for it (spec 20.6). */
import { concatBytes, leafHash, ok, type Result, sha256, utf8 } from '@surety/core';
import { DTYPE_BYTES, elements, type TensorType } from '@surety/programs';
import { HashTree } from '../../../optimistic/tree.ts';
import { SEPARATOR } from '../../channel/transcript.ts';
import { u32 } from '../../file/bytes.ts';
import type { Architecture } from '../../graph/architecture.ts';
import { shapesOf } from '../../plan/hiding.ts';
import { planned } from '../../plan/pads.ts';
import { aroundIds } from '../../statement/statement.ts';
import { ROOT_BYTES } from '../../verify/opened.ts';
import { stepLayers } from './fits.ts';
import { Listener, statementState } from './listener.ts';
import { lookupSteps } from './lookups.ts';
import { encodeStep, type Step } from './machine.ts';
import { type ColumnLayout, openingSteps, type StepMatrix } from './opening.ts';
import { relationSteps } from './relations.ts';
import { bindTensor } from './tensors.ts';
import { ProgramWriter } from './writer.ts';

const TAG = utf8('surety:proof-steps:v1\0');

/** Tensors and messages begin at a multiple of it. */
const ALIGNMENT = 64;

/** What lies where in the data of a proof. */
export type DataLayout = {
  readonly input: TensorType;
  readonly output: TensorType;
  readonly outputAt: number;
  readonly messagesAt: number;
  /** Lengths of the messages that are absorbed, in order. */
  readonly messages: readonly number[];
  readonly columns: ColumnLayout;
  readonly length: number;
};

export type StepProgram = {
  /** What a run names as its program. */
  readonly id: Uint8Array;
  readonly steps: readonly Step[];
  /** Over the bytes of the steps. */
  readonly tree: HashTree;
  readonly data: DataLayout;
};

const aligned = (offset: number): number => Math.ceil(offset / ALIGNMENT) * ALIGNMENT;

const bytesOf = ({ dtype, shape }: TensorType): number => elements(shape) * DTYPE_BYTES[dtype];

/** `SHA-256(tag ‖ steps u32 ‖ bytes of the data u32 ‖ root of the steps)`. */
export const stepProgramId = (steps: number, dataBytes: number, root: Uint8Array): Uint8Array =>
  sha256(concatBytes(TAG, u32(steps), u32(dataBytes), root));

/**
 * The verifier of proofs of an architecture as steps. Whoever relies on its id derives it, and believes no other.
 * Problems: `proof.unsupported` for programs without such a verifier.
 */
export const stepProgram = async (architecture: Architecture): Promise<Result<StepProgram>> => {
  const { graph, proofs } = architecture;
  const made = await planned(graph, { hideInput: false, proofs });
  if (!made.ok) return made;
  const plan = made.value;
  const layers = stepLayers(plan);
  if (!layers.ok) return layers;
  const book = new ProgramWriter();
  const [input, output] = [graph.inputs[0]!, graph.types.at(-1)!];
  const outputAt = aligned(bytesOf(input));
  const messagesAt = aligned(outputAt + bytesOf(output));
  bindTensor(book, input, 0, (step) => step.input());
  bindTensor(book, output, outputAt, (step) => step.output());
  const { before, after } = aroundIds(plan, { architecture: architecture.id, weights: architecture.weights });
  const listener = new Listener(book, statementState(book, SEPARATOR, before, after), messagesAt);
  const heard = listener.hear(ROOT_BYTES, ({ step, offset }) => [step.bytes(offset)]);
  const looked = lookupSteps(listener, plan);
  const claims = relationSteps({ listener, plan, layers: layers.value, looked, inputAt: 0, outputAt });
  const matrices = shapesOf(plan).map(
    (shape, m): StepMatrix => ({
      shape,
      root: (step) =>
        plan.matrices[m]!.kind === 'weights' ? step.word(architecture.weights) : step.get({ record: heard, word: 1 }),
    }),
  );
  const columns = openingSteps(listener, matrices, claims);
  const length = columns.offset + columns.queries * columns.stride;
  const { steps } = book;
  const tree = new HashTree(steps.map((step) => leafHash(encodeStep(step))));
  const data = { input, output, outputAt, messagesAt, messages: listener.messages, columns, length };
  return ok({ id: stepProgramId(steps.length, length, tree.root), steps, tree, data });
};
