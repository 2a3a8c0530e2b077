/**
 * Whether a program is valid (spec 12.2 to 12.5): shapes fit, dtypes fit, and nothing can overflow. Everything that runs,
 * proves or commits takes a {@link CheckedProgram}, so no later step asks again.
 */
import { ok, type Problem, type Result, refuse, show } from '@surety/core';
import { type Bound, boundOf, Facts, KEPT_ROW_LENGTH, type Known } from './bounds.ts';
import { ARITHMETIC, LIMITS, type Node, operandsOf, type Program, parametersOf, type ValueId } from './program.ts';
import { checkShape, resultShape } from './shapes.ts';
import {
  allocate,
  DTYPE_BYTES,
  DTYPE_RANGE,
  type Dtype,
  elements,
  extent,
  type Interval,
  type Shape,
  type TensorType,
} from './tensor.ts';

declare const checked: unique symbol;

/** A program that passed {@link checkProgram}, with the type and range of each value, by number. */
export type CheckedProgram = Program & {
  readonly types: readonly TensorType[];
  readonly ranges: readonly Interval[];
  /** By value: of arithmetic nodes the range between shift and clamp, of others the range. */
  readonly unclamped: readonly Interval[];
  readonly [checked]: true;
};

const invalid = (field: string, message: string, next: string, value: unknown, limit?: string): Problem => ({
  code: 'program.invalid',
  message,
  next,
  field,
  value: show(value),
  ...(limit === undefined ? {} : { limit }),
});

const isInteger = (n: number): boolean => Number.isSafeInteger(n) && !Object.is(n, -0);

const fits = (range: Interval, limit: Interval): boolean =>
  isInteger(range.low) &&
  isInteger(range.high) &&
  range.low <= range.high &&
  range.low >= limit.low &&
  range.high <= limit.high;

/** A range in words. */
const within = ({ low, high }: Interval): string => `${low} .. ${high}`;

const count = (field: string, size: number, limit: number): Problem | null =>
  size <= limit ? null : invalid(field, `There are ${size} ${field}.`, `Use at most ${limit}.`, size, `${limit}`);

const checkSizes = (program: Program): Problem | null => {
  return (
    count('inputs', program.inputs.length, LIMITS.ports) ??
    count('outputs', program.outputs.length, LIMITS.ports) ??
    count('values', program.inputs.length + program.constants.length + program.nodes.length, LIMITS.values) ??
    (program.outputs.length > 0 ? null : invalid('outputs', 'The program has no output.', 'Name one.', 0))
  );
};

/** Dtype rules of one node: which operands an operator takes and what it gives. */
const checkDtype = (node: Node, dtypeOf: (id: ValueId) => Dtype, at: string): Problem | null => {
  const { form, dtype } = node;
  const given = (expected: Dtype): Problem | null =>
    dtype === expected ? null : invalid(at, `${at} says ${dtype} but gives ${expected}.`, `Say ${expected}.`, dtype);
  const narrow = (id: ValueId): Problem | null =>
    dtypeOf(id) === 'i32' ? invalid(at, `${at} multiplies an i32.`, 'Use i8 or i16 operands.', 'i32') : null;
  const wide = (id: ValueId | null): Problem | null =>
    id === null || dtypeOf(id) === 'i32' ? null : invalid(at, `${at} has a bias of ${dtypeOf(id)}.`, 'Use i32.', id);
  switch (form.op) {
    case 'matmul':
      return narrow(form.a) ?? narrow(form.b) ?? wide(form.bias);
    case 'conv':
      return narrow(form.x) ?? narrow(form.w) ?? wide(form.bias);
    case 'argmax':
      return given('i32');
    case 'lookup':
      return given(dtypeOf(form.table));
    case 'gather':
      return given(dtypeOf(form.data));
    case 'concat':
      return form.x.map((id) => given(dtypeOf(id))).find((problem) => problem !== null) ?? null;
    case 'max_pool':
    case 'reduce_max':
    case 'reshape':
    case 'transpose':
    case 'slice':
      return given(dtypeOf(form.x));
    default:
      return null;
  }
};

/** Why a node cannot be bounded, as a problem. */
export const unbounded = (at: string, bound: Exclude<Bound, { kind: 'range' }>): Problem =>
  bound.kind === 'overflow'
    ? {
        code: 'program.unbounded',
        message: `The terms of ${at} may sum up to ${bound.terms} in channel ${bound.channel}.`,
        next: 'Split the sum, narrow the inputs, or quantise with fewer bits.',
        field: at,
        value: show(bound.terms),
        limit: `${bound.limit}`,
      }
    : {
        code: 'program.unbounded',
        message: `${at} may be indexed with ${bound.range.low} .. ${bound.range.high}.`,
        next: 'Clamp the index before, or state a narrower input range.',
        field: at,
        value: show(bound.range),
        limit: `${bound.limit.low} .. ${bound.limit.high}`,
      };

/** What nodes need of a constant: all its values (biases, shifts, tables), or sums of its rows of these lengths. */
type Use = { readonly whole: boolean; readonly rows: ReadonlySet<number> };

/** Checks values in order, so that each node finds what it reads already known. */
class Checker {
  readonly known: Known[] = [];
  readonly types: TensorType[] = [];
  readonly unclamped: Interval[] = [];
  private readonly program: Program;
  private written = 0;

  constructor(program: Program) {
    this.program = program;
  }

  private add(type: TensorType, range: Interval, facts: Facts | null, unclamped = range): void {
    this.types.push(type);
    this.unclamped.push(unclamped);
    this.known.push({ shape: type.shape, range, facts });
  }

  /** Inputs and constants; each constant is read once, here, so that all that is proved is about the same values. */
  sources(): Problem | null {
    for (const [i, { dtype, shape, low, high, name, encoding }] of this.program.inputs.entries()) {
      const field = `inputs[${i}]`;
      const shaped = checkShape(shape, field);
      if (!shaped.ok) return shaped.problem;
      const limit = DTYPE_RANGE[dtype];
      if (!fits({ low, high }, limit)) {
        return invalid(
          field,
          `${name} ranges over ${low} .. ${high}.`,
          `Stay within ${dtype}.`,
          [low, high],
          within(limit),
        );
      }
      if (!isEncoding(encoding)) return invalid(field, `${name} has no valid encoding.`, ENCODING, encoding, ENCODINGS);
      this.add({ dtype, shape }, { low, high }, null);
    }
    return this.constantShapes() ?? this.constantValues();
  }

  private constantShapes(): Problem | null {
    let bytes = 0;
    for (const [i, { dtype, shape }] of this.program.constants.entries()) {
      const shaped = checkShape(shape, `constants[${i}]`);
      if (!shaped.ok) return shaped.problem;
      bytes += DTYPE_BYTES[dtype] * elements(shape);
    }
    return count('bytes of constants', bytes, LIMITS.constantBytes);
  }

  private constantValues(): Problem | null {
    const uses = this.uses();
    for (const [i, { dtype, shape, read }] of this.program.constants.entries()) {
      const field = `constants[${i}]`;
      const values = read();
      if (values.length !== elements(shape)) {
        return invalid(field, `${field} holds ${values.length} values.`, `Give it ${elements(shape)}.`, values.length);
      }
      if (values.constructor !== allocate(dtype, 0).constructor) {
        return invalid(field, `${field} is no array of ${dtype}.`, `Give it ${dtype} values.`, values.constructor.name);
      }
      const range = extent(values);
      const limit = DTYPE_RANGE[dtype];
      if (!fits(range, limit)) {
        return invalid(field, `${field} exceeds ${dtype}.`, 'Keep its values within the limit.', range, within(limit));
      }
      const { whole, rows } = uses[i]!;
      const facts = new Facts(whole ? () => values : read);
      for (const length of rows) facts.eachRow(length, () => {}, values);
      this.add({ dtype, shape }, range, facts);
    }
    return null;
  }

  /** How nodes use each constant, so that it needs to be read only once. */
  private uses(): readonly Use[] {
    const { inputs, constants, nodes } = this.program;
    const uses = constants.map(() => ({ whole: false, rows: new Set<number>() }));
    const keep = (id: ValueId | null): void => {
      const use = id === null ? undefined : uses[id - inputs.length];
      if (use !== undefined) use.whole = true;
    };
    for (const node of nodes) {
      const { form } = node;
      for (const id of shiftOperand(node)) keep(id);
      if (form.op === 'lookup') keep(form.table);
      if (form.op !== 'matmul' && form.op !== 'conv') continue;
      keep(form.bias);
      const weights = form.op === 'matmul' ? form.b : form.w;
      const shape = constants[weights - inputs.length]?.shape;
      if (shape === undefined || shape.length < 2) continue;
      const length = form.op === 'matmul' ? shape.at(-1)! : elements(shape.slice(1));
      if (length < KEPT_ROW_LENGTH) keep(weights);
      else uses[weights - inputs.length]!.rows.add(length);
    }
    return uses;
  }

  /** A node after those that it reads. Its problem names it: by its place in the field, and with its operator in the message. */
  node(index: number): Problem | null {
    const field = `nodes[${index}]`;
    const node = this.program.nodes[index]!;
    const problem = this.nodeProblem(node, `${field} (${node.form.op})`);
    if (problem === null) return null;
    const named = problem.message.includes(field);
    return { ...problem, field, message: named ? problem.message : `${field} ${problem.message}` };
  }

  private nodeProblem(node: Node, at: string): Problem | null {
    const { form, stage } = node;
    const operands = operandsOf(form);
    if (operands.length > LIMITS.operands) {
      return invalid(at, `${at} reads ${operands.length} values.`, 'Split it.', operands.length, `${LIMITS.operands}`);
    }
    const unknown = [...operands, ...shiftOperand(node)].find(
      (id) => !(isInteger(id) && id >= 0 && id < this.known.length),
    );
    if (unknown !== undefined) {
      return invalid(
        at,
        `${at} reads value ${unknown}.`,
        'Read earlier values only.',
        unknown,
        `0 .. ${this.known.length - 1}`,
      );
    }
    const parameter = parametersOf(form).find((n) => !isInteger(n) || Math.abs(n) > LIMITS.parameter);
    if (parameter !== undefined) {
      return invalid(
        at,
        `${at} has the parameter ${parameter}.`,
        'Use integers within the limit.',
        parameter,
        `±${LIMITS.parameter}`,
      );
    }
    const problem =
      this.constantsOf(node, at) ?? checkDtype(node, (id) => this.types[id]!.dtype, at) ?? this.stageOf(node, at);
    if (problem) return problem;
    const shifts = stage !== null && typeof stage.shift === 'object' ? this.types[stage.shift.constant]!.shape : null;
    const shape = resultShape(form, (id) => this.known[id]!.shape, shifts);
    if (!shape.ok) return shape.problem;
    this.written += elements(shape.value);
    if (this.written > LIMITS.elements) {
      const next = 'Split the program, or run it on smaller inputs.';
      return invalid(
        at,
        `All nodes up to ${at} write ${this.written} elements.`,
        next,
        this.written,
        `${LIMITS.elements}`,
      );
    }
    const bound = boundOf(node, (id) => this.known[id]!);
    if (bound.kind !== 'range') return unbounded(at, bound);
    this.add({ dtype: node.dtype, shape: shape.value }, bound.range, null, bound.unclamped);
    return null;
  }

  /** Operands that must be constants. */
  private constantsOf(node: Node, at: string): Problem | null {
    const { form } = node;
    const needed = [...(form.op === 'lookup' ? [form.table] : []), ...shiftOperand(node)];
    const open = needed.find((id) => this.known[id]!.facts === null);
    return open === undefined ? null : invalid(at, `${at} needs value ${open} to be a constant.`, 'Make it one.', open);
  }

  private stageOf(node: Node, at: string): Problem | null {
    const { form, stage, dtype } = node;
    if ((stage !== null) !== ARITHMETIC.has(form.op)) {
      const next = stage === null ? 'Give it one.' : 'Leave it out.';
      return invalid(at, `${at} has ${stage === null ? 'no' : 'a'} stage.`, next, stage);
    }
    if (stage === null) return null;
    const limit = DTYPE_RANGE[dtype];
    if (!fits(stage, limit))
      return invalid(at, `${at} clamps beyond ${dtype}.`, 'Clamp within it.', stage, within(limit));
    const isShift = (n: number): boolean => isInteger(n) && n >= 0 && n <= LIMITS.shift;
    if (typeof stage.shift === 'number') {
      return isShift(stage.shift) ? null : invalid(at, `${at} shifts by ${stage.shift}.`, SHIFT, stage.shift, SHIFTS);
    }
    if (form.op !== 'matmul' && form.op !== 'conv') {
      return invalid(at, `${at} takes one shift for all.`, 'Give a number.', stage.shift);
    }
    const shifts = this.known[stage.shift.constant]!;
    if (this.types[stage.shift.constant]!.dtype !== 'i8' || !fits(shifts.range, { low: 0, high: LIMITS.shift })) {
      return invalid(
        at,
        `${at} has ${this.types[stage.shift.constant]!.dtype} shifts of ${shifts.range.low} .. ${shifts.range.high}.`,
        SHIFT,
        stage.shift,
        SHIFTS,
      );
    }
    return null;
  }

  /** Inputs have names, each its own, and so have outputs: runs and states refer to them. */
  names(): Problem | null {
    for (const list of ['inputs', 'outputs'] as const) {
      const seen = new Set<string>();
      for (const [i, { name }] of this.program[list].entries()) {
        const field = `${list}[${i}]`;
        const limit = `1 .. ${LIMITS.name} characters`;
        if (name.length < 1 || name.length > LIMITS.name || !name.isWellFormed()) {
          return invalid(field, `${field} has no proper name.`, `Name it in ${limit}.`, name, limit);
        }
        if (seen.has(name)) return invalid(field, `Two ${list} are named ${name}.`, 'Give each its own name.', name);
        seen.add(name);
      }
    }
    return null;
  }

  /** Outputs name values, and states join an output to an input of the same type, range and encoding. */
  ports(): Problem | null {
    for (const [i, { value, encoding, name }] of this.program.outputs.entries()) {
      const field = `outputs[${i}]`;
      if (!(isInteger(value) && value >= 0 && value < this.known.length)) {
        return invalid(
          field,
          `${name} names value ${value}.`,
          'Name one that exists.',
          value,
          `0 .. ${this.known.length - 1}`,
        );
      }
      if (!isEncoding(encoding)) return invalid(field, `${name} has no valid encoding.`, ENCODING, encoding, ENCODINGS);
    }
    const fed = new Set<number>();
    for (const [i, state] of this.program.states.entries()) {
      const input = this.program.inputs[state.input];
      const output = this.program.outputs[state.output];
      const field = `states[${i}]`;
      if (input === undefined || output === undefined) {
        return invalid(field, `${field} names no input and output.`, 'Name positions in both lists.', state);
      }
      if (fed.has(state.input)) {
        return invalid(field, `${field} is the second to become ${input.name}.`, 'Join each input once.', state);
      }
      fed.add(state.input);
      const type = this.types[output.value]!;
      const alike =
        type.dtype === input.dtype &&
        show(type.shape) === show(input.shape) &&
        input.encoding.mantissa === output.encoding.mantissa &&
        input.encoding.exponent === output.encoding.exponent;
      if (!alike || !fits(this.known[output.value]!.range, input)) {
        const next = 'Give both one type, encoding and range.';
        return invalid(field, `${output.name} cannot become ${input.name}.`, next, [type, input.dtype, input.shape]);
      }
    }
    return null;
  }
}

const SHIFTS = `0 .. ${LIMITS.shift}`;
const SHIFT = `Shift by ${SHIFTS}.`;
const ENCODINGS = 'mantissa 1 .. 2^53 - 1, exponent -1074 .. 1023';
const ENCODING = 'Give it integers within the limits.';

const shiftOperand = ({ stage }: Node): readonly ValueId[] =>
  stage !== null && typeof stage.shift === 'object' ? [stage.shift.constant] : [];

const isEncoding = ({ mantissa, exponent }: { mantissa: number; exponent: number }): boolean =>
  isInteger(mantissa) && mantissa >= 1 && isInteger(exponent) && exponent >= -1074 && exponent <= 1023;

/**
 * The program with the type and range of every value, or the first rule it breaks.
 * Problems: `program.invalid`, and `program.unbounded` where an overflow or a stray index cannot be excluded.
 */
export const checkProgram = (program: Program): Result<CheckedProgram> => {
  const checker = new Checker(program);
  let problem = checkSizes(program) ?? checker.names() ?? checker.sources();
  for (let i = 0; problem === null && i < program.nodes.length; i++) problem = checker.node(i);
  problem ??= checker.ports();
  if (problem) return refuse(problem);
  const ranges = checker.known.map(({ range }) => range);
  const { types, unclamped } = checker;
  return ok({ ...program, types, ranges, unclamped } as unknown as CheckedProgram);
};

/** The shape of a value of a checked program. */
export const shapeOf = (program: CheckedProgram, id: ValueId): Shape => program.types[id]!.shape;
