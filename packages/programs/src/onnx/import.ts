/** An ONNX model as a real graph: bytes are decoded, inputs get their shapes or values, operators are lowered in order. */
import { type Problem, refuse, SuretyError } from '@surety/core';
import { LIMITS } from '../program.ts';
import { RealBuilder } from '../real/build.ts';
import { foldChannels } from '../real/fold.ts';
import type { RealGraph } from '../real/graph.ts';
import type { ByteSource } from '../source.ts';
import type { ExternalReader } from './decode/external.ts';
import { decodeModel, type OnnxModel, type OnnxNode, type Port } from './decode/model.ts';
import { checkOrder } from './decode/order.ts';
import { countOf, type OnnxTensor } from './decode/tensor.ts';
import { numericOf, type OnnxType } from './decode/types.ts';
import { Call, ConstantNeeded, type Lowering, type Operand } from './lower/call.ts';
import { AXIS_BROADCAST } from './lower/elementwise.ts';
import { constantOf } from './lower/generate.ts';
import { OPERATORS, UNIFORM } from './lower/operators.ts';
import { Ops, type Val } from './lower/ops.ts';
import { malformed, modelProblem, tooLarge, unsupported } from './problems.ts';

/** Operator sets that are understood. */
export const OPSETS = { low: 6, high: 25 } as const;

export type ImportOptions = {
  /** Inputs that become part of the model, by name. */
  readonly constants?: Readonly<Record<string, OnnxTensor>>;
  /** Sizes of symbolic dimensions, by their name. */
  readonly dimensions?: Readonly<Record<string, number>>;
  /** Whole shapes of inputs, by name, where the model leaves them open. */
  readonly shapes?: Readonly<Record<string, readonly number[]>>;
  /** Opens files of the model's folder that hold its weights. */
  readonly external?: ExternalReader;
};

/** An input or output as ONNX knows it. */
export type PortSummary = { readonly name: string; readonly type: OnnxType; readonly shape: readonly number[] };

export type Imported = {
  readonly ok: true;
  readonly graph: RealGraph;
  readonly inputs: readonly PortSummary[];
  readonly outputs: readonly PortSummary[];
  readonly opset: number;
  /** How often each operator occurs. */
  readonly operators: Readonly<Record<string, number>>;
  /** Numbers in the model's weights. */
  readonly parameters: number;
};

export type ImportRefusal = {
  readonly ok: false;
  readonly problem: Problem;
  /** Everything that stands in the way, not only the first. */
  readonly problems: readonly Problem[];
  /** Inputs that could be imported if they were given as constants. */
  readonly bind: readonly string[];
};

/** Rules of the program (shapes, operands) that a node would break: its author wants to know which node. */
const atNode = (problem: Problem, where: string): Problem =>
  problem.code === 'program.invalid' || problem.field === 'model'
    ? modelProblem(
        problem.code === 'program.invalid' ? 'model.unsupported' : 'model.too-large',
        `${where}: ${problem.message}`,
        problem.next,
        { field: where, value: problem.value, ...(problem.limit !== undefined && { limit: problem.limit }) },
      )
    : problem;

/** Operators that leave the values as they are, so that masks go the same way. */
const MOVES: ReadonlySet<string> = new Set([
  ...[
    'Cast',
    'Identity',
    'Reshape',
    'Transpose',
    'Squeeze',
    'Unsqueeze',
    'Flatten',
    'Expand',
    'Tile',
    'Slice',
    'Gather',
  ],
]);

/** A constant for an input, of the type that the model states: files of numbers know fewer types than models. */
const asStated = (given: OnnxTensor, { type }: Port, where: string): OnnxTensor => {
  if (type === null) return given;
  if (numericOf(type) === 'real' || numericOf(given.type) !== 'real') return { ...given, type };
  const message = `${where} is of ${type}, the constant given for it of ${given.type}.`;
  throw unsupported(where, message, 'Give whole numbers.', given.type);
};

class Importer {
  readonly builder = new RealBuilder();
  readonly problems: Problem[] = [];
  readonly bind = new Set<string>();
  readonly inputs: PortSummary[] = [];
  private readonly model: OnnxModel;
  private readonly options: ImportOptions;
  private readonly opset: number;
  /** Each value by name; `null` where its node was refused. */
  private readonly values = new Map<string, Operand | null>();
  /** Open inputs that each value depends on. */
  private readonly sources = new Map<string, ReadonlySet<string>>();

  constructor(model: OnnxModel, options: ImportOptions, opset: number) {
    this.model = model;
    this.options = options;
    this.opset = opset;
  }

  /** Runs a step; what it refuses is noted and the import goes on, to find all there is. */
  private attempt<T>(where: string, step: () => T): T | null {
    try {
      return step();
    } catch (error) {
      if (!(error instanceof SuretyError)) throw error;
      if (error instanceof ConstantNeeded) for (const name of this.sources.get(error.tensor) ?? []) this.bind.add(name);
      this.problems.push(atNode(error.problem, where));
      return null;
    }
  }

  private shapeOf(port: Port): readonly number[] {
    const where = `input ${port.name}`;
    const given = this.options.shapes?.[port.name];
    if (given === undefined && port.shape === null) {
      throw unsupported(where, `${where} has no stated shape.`, 'Give it among `shapes`.', port.name);
    }
    const shape =
      given ??
      port.shape!.map((size) => {
        if (typeof size === 'number') return size;
        const bound = size === null ? undefined : this.options.dimensions?.[size];
        if (bound !== undefined) return bound;
        throw unsupported(
          where,
          `${where} has an open dimension ${size ?? ''}.`,
          'Give its size among `dimensions` or `shapes`.',
          size,
        );
      });
    if (
      port.shape !== null &&
      (port.shape.length !== shape.length || port.shape.some((n, i) => typeof n === 'number' && n !== shape[i]))
    ) {
      throw malformed(where, `${where} cannot have the shape [${shape}].`, shape);
    }
    if (countOf(shape, where) === 0) {
      this.bind.add(port.name);
      throw unsupported(where, `${where} has no elements.`, 'Give it among `constants`, or leave it out.', shape);
    }
    if (shape.length > 8) throw tooLarge(where, `${where} has ${shape.length} dimensions.`, shape, '8 dimensions');
    return shape;
  }

  private input(port: Port): Operand {
    const where = `input ${port.name}`;
    if (port.type === null) {
      throw unsupported(
        where,
        `${where} is a ${port.typeName}.`,
        'Use tensors of numbers or truth values.',
        port.typeName,
      );
    }
    const shape = this.shapeOf(port);
    this.inputs.push({ name: port.name, type: port.type, shape });
    return { id: this.builder.input(port.name, shape, numericOf(port.type)), type: port.type };
  }

  private sourcesOf(node: OnnxNode): ReadonlySet<string> {
    return new Set(node.inputs.flatMap((name) => [...(this.sources.get(name) ?? [])]));
  }

  private bindInputs(): void {
    const { constants = {} } = this.options;
    for (const tensor of this.model.initializers) {
      const where = `weight ${tensor.name}`;
      const value = () => constantOf(new Ops(this.builder, tensor.name), tensor, where);
      this.values.set(tensor.name, this.attempt(where, value));
    }
    for (const port of this.model.inputs) {
      const given = Object.hasOwn(constants, port.name) ? constants[port.name]! : null;
      const where = `input ${port.name}`;
      if (given !== null) {
        this.values.set(
          port.name,
          this.attempt(where, () => constantOf(new Ops(this.builder, port.name), asStated(given, port, where), where)),
        );
      } else if (!this.values.has(port.name)) {
        this.values.set(
          port.name,
          this.attempt(where, () => this.input(port)),
        );
        this.sources.set(port.name, new Set([port.name]));
      }
    }
    this.strayOptions();
  }

  /** Names in the options that the model does not know: a slip of the pen must not look obeyed. */
  private strayOptions(): void {
    const { constants = {}, dimensions = {} } = this.options;
    const names = new Set(this.model.inputs.map(({ name }) => name));
    for (const name of Object.keys(constants)) {
      if (!names.has(name)) this.problems.push(malformed(name, `The model has no input ${name}.`, name).problem);
    }
    const open = new Set(this.model.inputs.flatMap(({ shape }) => shape ?? []).filter((n) => typeof n === 'string'));
    for (const name of Object.keys(dimensions)) {
      if (open.has(name)) continue;
      const next = open.size === 0 ? 'Leave it out: every size is stated.' : `Name one of: ${[...open].join(', ')}.`;
      this.problems.push(unsupported(name, `The model has no open dimension ${name}.`, next, name).problem);
    }
  }

  /** What an operator becomes; of one that only moves elements, its mask moves along. */
  private results(lowering: Lowering, call: Call): readonly (Operand | null)[] {
    const types = new Set(call.types());
    if (UNIFORM.has(call.operator) && types.size > 1) {
      throw malformed(call.where, `${call.where} mixes ${[...types].join(' and ')}, which ONNX does not.`, [...types]);
    }
    const list = (out: ReturnType<Lowering>): readonly (Operand | null)[] =>
      Array.isArray(out) ? (out as readonly (Operand | null)[]) : [out as Val];
    if (call.opset < 7 && call.flag('broadcast') && call.hasAttribute('axis') && !AXIS_BROADCAST.has(call.operator)) {
      throw call.refuse('it broadcasts from an axis.', 'Export it with operator set 7 or later.');
    }
    const first = call.raw(0);
    if (!MOVES.has(call.operator) || first === null || first.id === null || first.mask === undefined) {
      return list(lowering(call));
    }
    const { mask, ...x } = first;
    const [value, moved] = [x, mask].map((operand) => list(lowering(call.withFirst(operand)))[0] as Val);
    return [{ ...value!, mask: call.operator === 'Cast' ? mask : moved! }];
  }

  private lower(node: OnnxNode): void {
    const where = `node ${node.label} (${node.operator})`;
    const lowering = node.domain === '' ? OPERATORS.get(node.operator) : undefined;
    const sources = this.sourcesOf(node);
    for (const name of node.outputs) if (name !== '') this.sources.set(name, sources);
    let results: readonly (Operand | null)[] | null = null;
    if (lowering === undefined) {
      const name = node.domain === '' ? node.operator : `${node.domain}.${node.operator}`;
      const next = 'Replace it with operators that are listed, or cut it off the model.';
      this.problems.push(
        modelProblem('model.unsupported', `${where}: programs have no ${name}.`, next, { field: where, value: name }),
      );
    } else {
      const operands = node.inputs.map((name) => (name === '' ? null : this.values.get(name)));
      // What depends on something refused cannot be judged; the rest of the model still can.
      const judged = node.inputs.every((name, i) => name === '' || operands[i] !== null);
      if (judged) {
        results = this.attempt(where, () => {
          const call = new Call(
            node,
            this.opset,
            operands as readonly (Operand | null)[],
            new Ops(this.builder, node.label),
          );
          return this.results(lowering, call);
        });
      }
    }
    node.outputs.forEach((name, i) => {
      if (name === '') return;
      const value = results?.[i] ?? null;
      if (results !== null && value === null) {
        const next = 'Leave that output unused.';
        this.problems.push(
          modelProblem('model.unsupported', `${where} gives no output ${i} here.`, next, { field: where, value: name }),
        );
      }
      this.values.set(name, value);
    });
  }

  run(): Imported | ImportRefusal {
    this.bindInputs();
    for (const node of this.model.nodes) this.lower(node);
    const outputs: PortSummary[] = [];
    const named: { readonly name: string; readonly value: number }[] = [];
    for (const { name } of this.model.outputs) {
      const value = this.values.get(name) ?? null;
      if (value === null) continue;
      if (value.id === null) {
        const next = 'Leave tensors of size 0 out of the model.';
        this.problems.push(unsupported(name, `The output ${name} has no elements.`, next, value.shape).problem);
        continue;
      }
      if (value.mask !== undefined) {
        this.problems.push(
          unsupported(name, `The output ${name} is minus infinity in places.`, 'Leave it out.').problem,
        );
        continue;
      }
      outputs.push({ name, type: value.type, shape: this.builder.shapeOf(value.id) });
      named.push({ name, value: value.id });
    }
    if (Math.max(this.inputs.length, this.model.outputs.length) > LIMITS.ports || this.model.outputs.length === 0) {
      const count = [this.inputs.length, this.model.outputs.length];
      const limit = `1 .. ${LIMITS.ports} outputs, at most ${LIMITS.ports} inputs`;
      this.problems.push(
        tooLarge('graph', 'The model has too many or too few inputs and outputs.', count, limit).problem,
      );
    }
    const [problem] = this.problems;
    if (problem !== undefined) return { ok: false, problem, problems: this.problems, bind: [...this.bind] };
    const operators: Record<string, number> = {};
    for (const { operator } of this.model.nodes) operators[operator] = (operators[operator] ?? 0) + 1;
    const parameters = this.model.initializers.reduce((sum, { shape, name }) => sum + countOf(shape, name), 0);
    const graph = foldChannels(this.builder.finish(named));
    return { ok: true, graph, inputs: this.inputs, outputs, opset: this.opset, operators, parameters };
  }
}

const opsetOf = ({ opsets }: OnnxModel): number => {
  const version = opsets.get('') ?? 1;
  if (version >= OPSETS.low && version <= OPSETS.high) return version;
  const next = `Export it with ${OPSETS.low} .. ${OPSETS.high}.`;
  throw unsupported('opset_import', `The model is of operator set ${version}.`, next, version);
};

/**
 * Reads a model.
 * Problems: `model.malformed`, `model.unsupported`, `model.too-large`; all that are found, the first one leading.
 */
export const importOnnx = (source: ByteSource, options: ImportOptions = {}): Imported | ImportRefusal => {
  try {
    const model = decodeModel(source, options.external);
    checkOrder(model);
    return new Importer(model, options, opsetOf(model)).run();
  } catch (error) {
    if (!(error instanceof SuretyError)) throw error;
    return { ...refuse(error.problem), problems: [error.problem], bind: [] };
  }
};
