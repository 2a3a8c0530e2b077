/** The whole verifier of a program's proofs as steps, and the id that stands for it (spec 20.6). */
import { concatBytes, leafHash, ok, type Result, refuse, sha256, utf8 } from '@surety/core';
import { DTYPE_BYTES, elements, type TensorType } from '@surety/programs';
import { HashTree } from '../../../optimistic/tree.ts';
import { SEPARATOR } from '../../channel/transcript.ts';
import { u32 } from '../../file/bytes.ts';
import type { Architecture } from '../../graph/architecture.ts';
import { hiddenPart, padPlace, shapesOf } from '../../plan/hiding.ts';
import { planned } from '../../plan/pads.ts';
import type { Hiding, ProofPlan } from '../../plan/plan.ts';
import { aroundIds } from '../../statement/statement.ts';
import { ROOT_BYTES } from '../../verify/opened.ts';
import { openChannel } from './channel.ts';
import type { ColumnLayout, StepMatrix } from './columns.ts';
import { STEP_LIMITS, stepProblem, TOO_LONG } from './fits.ts';
import type { StepForm } from './forms.ts';
import { type HiddenSteps, hiddenChannel } from './hidden.ts';
import { Listener, type Stretched, statementState } from './listener.ts';
import { lookupSteps } from './lookups.ts';
import { encodeStep, type Step } from './machine.ts';
import { openingSteps } from './opening.ts';
import { relationSteps, type StepClaim } from './relations.ts';
import { bindTensor } from './tensors.ts';
import { Shadows } from './values.ts';
import { ProgramWriter, TooManySteps } from './writer.ts';

const TAG = utf8('surety:proof-steps:v1\0');

/** Tensors and messages begin at a multiple of it. */
const ALIGNMENT = 64;

/** What lies where in the data of a proof. */
export type DataLayout = {
  /** Null where it is hidden. */
  readonly input: TensorType | null;
  readonly output: TensorType;
  readonly outputAt: number;
  /** The messages that are absorbed, in order. */
  readonly messages: readonly Stretched[];
  /** What opens columns, between messages or behind them. */
  readonly columns: readonly ColumnLayout[];
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

export type StepProgramOptions = {
  /** Whether the input is named by a commitment and never shown; false unless stated. */
  readonly hideInput?: boolean;
  /** Awaited now and then, so that whoever writes steps out does other things too. */
  readonly pause?: () => Promise<void>;
};

/** What is left to be opened where something is hidden: the rows of pads are claimed too, and products brought down to statements. */
const closed = (
  plan: ProofPlan,
  hiding: Hiding,
  channel: HiddenSteps,
  shadows: Shadows,
  claims: readonly StepClaim[],
) => {
  const place = padPlace(plan, hiding);
  const point = channel.listener.challenges(place.vars).map((ref) => shadows.of(ref));
  const [value] = channel.receive(1) as [StepForm];
  channel.close();
  const { pads, blinding } = hiddenPart(plan, hiding, []);
  return { claims: [...claims, { place, point, value }], hidden: { pads, blinding, statements: channel.statements } };
};

/** Writes all steps out. @throws TooManySteps */
const written = async (
  plan: ProofPlan,
  architecture: Architecture,
  pause: () => Promise<void>,
): Promise<Pick<StepProgram, 'steps' | 'data'>> => {
  const { graph, hidesInput } = plan;
  const book = new ProgramWriter(STEP_LIMITS.steps);
  const input = hidesInput ? null : graph.inputs[0]!;
  const output = graph.types[graph.outputs[0]!.value]!;
  const outputAt = input === null ? 0 : aligned(bytesOf(input));
  if (input !== null) bindTensor(book, input, 0, (step) => step.input());
  bindTensor(book, output, outputAt, (step) => step.output());
  const { before, after } = aroundIds(plan, { architecture: architecture.id, weights: architecture.weights });
  const state = statementState(book, SEPARATOR, before, after);
  const listener = new Listener(book, state, aligned(outputAt + bytesOf(output)));
  const matrices = matricesOf(plan, architecture, listener);
  const hidden = plan.hiding === null ? null : hiddenChannel(listener);
  const channel = hidden ?? openChannel(listener);
  const shadows = new Shadows();
  const looked = plan.columns.length === 0 ? [] : lookupSteps(channel, plan, shadows);
  const inputAt = input === null ? null : 0;
  const left = await relationSteps({ channel, plan, shadows, looked, inputAt, outputAt, pause });
  const opened = hidden === null ? { claims: left, hidden: null } : closed(plan, plan.hiding!, hidden, shadows, left);
  const columns = await openingSteps(listener, matrices, opened.claims, opened.hidden, pause);
  const length = listener.end;
  return { steps: book.steps, data: { input, output, outputAt, messages: listener.messages, columns, length } };
};

/**
 * The verifier of proofs of an architecture as steps. Whoever relies on its id derives it, and believes no other.
 * Problems: `proof.unsupported` for programs without such a verifier.
 */
export const stepProgram = async (
  architecture: Architecture,
  { hideInput = false, pause = async () => undefined }: StepProgramOptions = {},
): Promise<Result<StepProgram>> => {
  const { graph, proofs } = architecture;
  const plan = await planned(graph, { hideInput, proofs });
  if (!plan.ok) return plan;
  const refused = stepProblem(plan.value);
  if (refused !== null) return refuse(refused);
  try {
    const { steps, data } = await written(plan.value, architecture, pause);
    if (data.length > STEP_LIMITS.dataBytes) return refuse(TOO_LONG);
    const tree = new HashTree(steps.map((step) => leafHash(encodeStep(step))));
    return ok({ id: stepProgramId(steps.length, data.length, tree.root), steps, tree, data });
  } catch (error) {
    if (error instanceof TooManySteps) return refuse(TOO_LONG);
    throw error;
  }
};

/** The matrices of the stack: a hidden input is named by the root of its matrix, that of a witness is heard. */
const matricesOf = (plan: ProofPlan, { weights }: Architecture, listener: Listener): readonly StepMatrix[] =>
  shapesOf(plan).map((shape, m) => {
    const { kind } = plan.matrices[m]!;
    if (kind === 'weights') return { shape, root: (step) => step.word(weights) };
    if (kind === 'input') return { shape, root: (step) => step.input() };
    const heard = listener.hear(ROOT_BYTES, ({ step, offset }) => [step.bytes(offset)]);
    return { shape, root: (step) => step.get({ record: heard, word: 1 }) };
  });
