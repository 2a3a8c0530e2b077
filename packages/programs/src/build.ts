/**
 * Writes a program value by value, knowing the range of each as it goes. Values may come in any order; the finished
 * program has inputs first, then constants, then nodes, and only what its outputs need.
 */
import { ok, type Result, refuse, show } from '@surety/core';
import { boundOf, Facts, type Known } from './bounds.ts';
import { type CheckedProgram, checkProgram, unbounded } from './check.ts';
import {
  type Constant,
  type Encoding,
  type InputSpec,
  type Node,
  type OutputSpec,
  operandsOf,
  type ValueId,
} from './program.ts';
import { mapOperands, mapStage } from './real/operands.ts';
import { resultShape } from './shapes.ts';
import { DTYPE_RANGE, type Dtype, extent, type Interval, type Shape, type TensorType, type Values } from './tensor.ts';

type Source =
  | { readonly kind: 'input'; readonly spec: InputSpec }
  | { readonly kind: 'constant'; readonly constant: Constant }
  | { readonly kind: 'node'; readonly node: Node };

const usedBy = (node: Node): readonly ValueId[] => {
  const { stage } = node;
  const shifts = stage !== null && typeof stage.shift === 'object' ? [stage.shift.constant] : [];
  return [...operandsOf(node.form), ...shifts];
};

export class ProgramBuilder {
  private readonly sources: Source[] = [];
  private readonly known: Known[] = [];
  private readonly types: TensorType[] = [];
  private readonly ports: { name: string; value: ValueId; encoding: Encoding }[] = [];
  private readonly joints: { input: string; output: string }[] = [];

  private push(source: Source, type: TensorType, range: Interval, facts: Facts | null): ValueId {
    this.sources.push(source);
    this.types.push(type);
    this.known.push({ shape: type.shape, range, facts });
    return this.sources.length - 1;
  }

  input(spec: InputSpec): ValueId {
    return this.push({ kind: 'input', spec }, spec, { low: spec.low, high: spec.high }, null);
  }

  /** A constant; `range` spares reading it once more where the caller knows it. */
  constant(dtype: Dtype, shape: Shape, read: () => Values, range: Interval = extent(read())): ValueId {
    return this.push({ kind: 'constant', constant: { dtype, shape, read } }, { dtype, shape }, range, new Facts(read));
  }

  /** The range that a node would have, or why it has none. */
  probe(node: Node): Result<Interval> {
    const bound = boundOf(node, (id) => this.known[id]!);
    return bound.kind === 'range' ? ok(bound.range) : refuse(unbounded(node.form.op, bound));
  }

  /** Adds a node, or says which rule it breaks (`program.invalid`, `program.unbounded`). */
  node(node: Node): Result<ValueId> {
    const { stage } = node;
    const shifts = stage !== null && typeof stage.shift === 'object' ? this.shape(stage.shift.constant) : null;
    const shape = resultShape(node.form, (id) => this.shape(id), shifts);
    if (!shape.ok) return shape;
    const bound = this.probe(node);
    if (!bound.ok) return bound;
    const range = bound.value;
    const limit = DTYPE_RANGE[node.dtype];
    if (range.low < limit.low || range.high > limit.high) {
      return refuse({
        code: 'program.unbounded',
        message: `${node.form.op} ranges over ${range.low} .. ${range.high}.`,
        next: 'Choose a wider dtype or clamp it.',
        field: node.form.op,
        value: show(range),
        limit: show(limit),
      });
    }
    return ok(this.push({ kind: 'node', node }, { dtype: node.dtype, shape: shape.value }, range, null));
  }

  output(name: string, value: ValueId, encoding: Encoding): void {
    this.ports.push({ name, value, encoding });
  }

  /** Joins an output to the input that it becomes in the next step. */
  state(input: string, output: string): void {
    this.joints.push({ input, output });
  }

  shape(id: ValueId): Shape {
    return this.types[id]!.shape;
  }

  dtype(id: ValueId): Dtype {
    return this.types[id]!.dtype;
  }

  range(id: ValueId): Interval {
    return this.known[id]!.range;
  }

  /** The finished program, checked anew from its own bytes of truth. */
  finish(): Result<CheckedProgram> {
    const needed = new Set(this.ports.map(({ value }) => value));
    for (let id = this.sources.length - 1; id >= 0; id--) {
      const source = this.sources[id]!;
      if (source.kind === 'node' && needed.has(id)) for (const operand of usedBy(source.node)) needed.add(operand);
    }
    const inputs: InputSpec[] = [];
    const constants: Constant[] = [];
    const kept: { id: ValueId; node: Node }[] = [];
    const numbers = new Map<ValueId, ValueId>();
    for (const [id, source] of this.sources.entries()) {
      if (source.kind === 'input') numbers.set(id, inputs.push(source.spec) - 1);
    }
    for (const [id, source] of this.sources.entries()) {
      if (source.kind === 'constant' && needed.has(id)) {
        numbers.set(id, inputs.length + constants.push(source.constant) - 1);
      }
    }
    for (const [id, source] of this.sources.entries()) {
      if (source.kind === 'node' && needed.has(id)) {
        numbers.set(id, inputs.length + constants.length + kept.push({ id, node: source.node }) - 1);
      }
    }
    const rename = (id: ValueId): ValueId => numbers.get(id)!;
    const nodes = kept.map(
      ({ node }): Node => ({
        form: mapOperands(node.form, rename),
        dtype: node.dtype,
        stage: mapStage(node.stage, rename),
      }),
    );
    const outputs: OutputSpec[] = this.ports.map((port) => ({ ...port, value: rename(port.value) }));
    const states = this.joints.map(({ input, output }) => ({
      input: inputs.findIndex(({ name }) => name === input),
      output: outputs.findIndex(({ name }) => name === output),
    }));
    return checkProgram({ inputs, constants, nodes, outputs, states });
  }
}
