/**
 * Everything of a run but its folded nodes, run again exactly: the program with those nodes as inputs is a program too, so the
 * kernels run it. Where it would not be one (more ports than a program may have), the reference does.
 */
import { ok, type Result } from '@surety/core';
import {
  type CheckedProgram,
  checkProgram,
  createEngine,
  type Engine,
  executeNode,
  type InputSpec,
  type Machine,
  mapOperands,
  mapStage,
  type Node,
  operandsOf,
  type Tensor,
  type ValueId,
} from '@surety/programs';
import type { Parts } from './parts.ts';

/** Any value of a run by its number. */
export type Lookup = (id: ValueId) => Tensor;

/** Value of a folded node by its place among them. */
export type StagedValue = (i: number) => Tensor;

/** @param inputs of the run */
export type Replay = (inputs: readonly Tensor[], staged: StagedValue) => Promise<Result<Lookup>>;

const UNIT = { mantissa: 1, exponent: 0 };

const shiftConstant = ({ stage }: Node): ValueId[] =>
  stage !== null && typeof stage.shift === 'object' ? [stage.shift.constant] : [];

/** The program of the replayed nodes alone, and how its values are numbered; null where there is no such program. */
const remainder = ({ program, folded, replayed }: Parts) => {
  const constantsFrom = program.inputs.length;
  const nodesFrom = constantsFrom + program.constants.length;
  const nodes = replayed.map((at) => program.nodes[at]!);
  const read = nodes.flatMap((node) => [...operandsOf(node.form), ...shiftConstant(node)]);
  const constants = [...new Set(read.filter((id) => id >= constantsFrom && id < nodesFrom))];
  const asInput = ({ id }: { readonly id: ValueId }): InputSpec => {
    return { name: `node ${id}`, ...program.types[id]!, ...program.ranges[id]!, encoding: UNIT };
  };
  const order = [
    ...program.inputs.keys(),
    ...folded.map(({ id }) => id),
    ...constants,
    ...replayed.map((at) => nodesFrom + at),
  ];
  const place = new Map(order.map((id, at) => [id, at]));
  const to = (id: ValueId): ValueId => place.get(id)!;
  const renumber = ({ form, stage, dtype }: Node): Node => {
    return { form: mapOperands(form, to), dtype, stage: mapStage(stage, to) };
  };
  const checked = checkProgram({
    inputs: [...program.inputs.map((input, i) => ({ ...input, name: `input ${i}` })), ...folded.map(asInput)],
    constants: constants.map((id) => program.constants[id - constantsFrom]!),
    nodes: nodes.map(renumber),
    outputs: [{ name: 'last', value: order.length - 1, encoding: UNIT }],
    states: [],
  });
  return checked.ok ? { checked: checked.value, to } : null;
};

/** Every value by number: inputs and folded ones as given, constants read once. */
const lookupOf = (program: CheckedProgram, inputs: readonly Tensor[], nodes: (node: number) => Tensor): Lookup => {
  const constantsFrom = program.inputs.length;
  const nodesFrom = constantsFrom + program.constants.length;
  return (id) => {
    if (id < constantsFrom) return inputs[id]!;
    if (id >= nodesFrom) return nodes(id - nodesFrom);
    const { dtype, shape, read } = program.constants[id - constantsFrom]!;
    return { dtype, shape, values: read() };
  };
};

const byReference = ({ program, folded, replayed }: Parts): Replay => {
  const nodesFrom = program.inputs.length + program.constants.length;
  return async (inputs, staged) => {
    const values = new Map<number, Tensor>(folded.map(({ node }, i) => [node, staged(i)]));
    const value = lookupOf(program, inputs, (node) => values.get(node)!);
    for (const node of replayed) {
      values.set(node, executeNode(program.nodes[node]!, program.types[nodesFrom + node]!.shape, value));
    }
    return ok(value);
  };
};

/** @param machine what the kernels run on */
export const createReplay = async (parts: Parts, machine: Machine): Promise<Replay> => {
  const { program, folded, replayed } = parts;
  const rest = replayed.length === 0 ? null : remainder(parts);
  const made = rest === null ? null : await createEngine(rest.checked, { machine, keep: true });
  if (replayed.length > 0 && !made?.ok) return byReference(parts);
  const engine: Engine | null = made?.ok ? made.value : null;
  const place = new Map<number, number>(folded.map(({ node }, i) => [node, i]));
  const nodesFrom = program.inputs.length + program.constants.length;
  return async (inputs, staged) => {
    const ran = engine === null ? null : await engine.run([...inputs, ...folded.map((_, i) => staged(i))]);
    if (ran !== null && !ran.ok) return ran;
    const kept = ran?.value ?? null;
    return ok(
      lookupOf(program, inputs, (node) => {
        const at = place.get(node);
        return at === undefined ? kept!.values!.get(rest!.to(nodesFrom + node))! : staged(at);
      }),
    );
  };
};
