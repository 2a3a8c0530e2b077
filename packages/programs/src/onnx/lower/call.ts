/** One node as its lowering sees it: operands, attributes and the version of its operator set. */
import { type Problem, SuretyError, show } from '@surety/core';
import type { Shape } from '../../tensor.ts';
import type { Attribute, OnnxNode } from '../decode/model.ts';
import type { OnnxTensor } from '../decode/tensor.ts';
import type { OnnxType } from '../decode/types.ts';
import { malformed, modelProblem, unsupported } from '../problems.ts';
import type { Ops, Val } from './ops.ts';

/** A tensor without elements: lists of no axes are such, and no other values may be. */
export type Empty = { readonly id: null; readonly type: OnnxType; readonly shape: readonly number[] };

export type Operand = Val | Empty;

/** What an operator becomes: its outputs in order; `null` for those that are absent. */
export type Lowering = (call: Call) => Val | readonly (Operand | null)[];

/** An operand that decides about shapes or functions is not known before the run. */
export class ConstantNeeded extends SuretyError {
  /** The tensor in question, by its name in the model. */
  readonly tensor: string;

  constructor(problem: Problem, tensor: string) {
    super(problem);
    this.name = 'ConstantNeeded';
    this.tensor = tensor;
  }
}

export class Call {
  readonly node: OnnxNode;
  readonly opset: number;
  readonly g: Ops;
  private readonly operands: readonly (Operand | null)[];

  constructor(node: OnnxNode, opset: number, operands: readonly (Operand | null)[], g: Ops) {
    this.node = node;
    this.opset = opset;
    this.operands = operands;
    this.g = g;
  }

  /** The same node with another first operand. */
  withFirst(operand: Val): Call {
    return new Call(this.node, this.opset, [operand, ...this.operands.slice(1)], this.g);
  }

  get operator(): string {
    return this.node.operator;
  }

  get where(): string {
    return `node ${this.node.label} (${this.node.operator})`;
  }

  /** Refuses this node. */
  refuse(message: string, next: string, value?: unknown): SuretyError {
    return unsupported(this.where, `${this.where}: ${message}`, next, value);
  }

  /** The mask of an operand: all ones where it is finite. */
  maskOf(i: number): Val {
    return this.masked(i).mask ?? this.g.scalar(1, 'bool');
  }

  /** The number of operands given, absent ones in between included. */
  get count(): number {
    return this.operands.length;
  }

  has(i: number): boolean {
    return (this.operands[i] ?? null) !== null;
  }

  /** An operand that has to be there, and finite. */
  x(i: number): Val {
    const operand = this.masked(i);
    if (operand.mask === undefined) return operand;
    throw this.refuse(`operand ${i} is minus infinity in places.`, 'Use infinities only in masks of a softmax.', i);
  }

  /** An operand that has to be there, and may be minus infinity in places. */
  masked(i: number): Val {
    const operand = this.operands[i] ?? null;
    if (operand === null) throw malformed(this.where, `${this.where} lacks operand ${i}.`, i);
    if (operand.id === null) {
      throw this.refuse('an operand has no elements.', 'Leave tensors of size 0 out of the model.', operand.shape);
    }
    return operand;
  }

  maybe(i: number): Val | null {
    return this.has(i) ? this.x(i) : null;
  }

  /** Types of the operands that are there. */
  types(): OnnxType[] {
    return this.operands.flatMap((operand) => (operand === null ? [] : [operand.type]));
  }

  all(): Val[] {
    return this.operands.map((_, i) => this.x(i));
  }

  raw(i: number): Operand | null {
    return this.operands[i] ?? null;
  }

  shape(i: number): Shape {
    return this.g.shape(this.x(i));
  }

  /** Numbers of an operand that must be known at import. */
  constant(i: number): readonly number[] {
    const operand = this.operands[i] ?? null;
    if (operand !== null && operand.id === null) return [];
    const known = this.g.known(this.x(i));
    if (known !== null) return Array.from(known);
    throw this.notConstant(i);
  }

  notConstant(i: number): ConstantNeeded {
    const name = this.node.inputs[i] ?? '';
    const message = `${this.where}: operand ${i}, ${show(name)}, has to be known at import.`;
    const next = 'Give it among `constants`, or use the operator in a way that programs have.';
    return new ConstantNeeded(
      modelProblem('model.unsupported', message, next, { field: this.where, value: name }),
      name,
    );
  }

  /** One number that must be known at import. */
  scalar(i: number): number {
    const values = this.constant(i);
    if (values.length !== 1) throw malformed(this.where, `${this.where}: operand ${i} is no single number.`, values);
    return values[0]!;
  }

  private attribute(name: string, kind: Attribute['kind']): unknown {
    const given = this.node.attributes.get(name);
    if (given === undefined) return undefined;
    if (given.kind !== kind || given.kind === 'other') {
      throw malformed(this.where, `${this.where}: attribute ${name} is of kind ${given.kind}, not ${kind}.`, name);
    }
    return given.value;
  }

  int(name: string, otherwise: number): number {
    const value = (this.attribute(name, 'int') as number | undefined) ?? otherwise;
    if (!Number.isSafeInteger(value)) throw malformed(this.where, `${this.where}: ${name} is out of range.`, value);
    return value;
  }

  flag(name: string, otherwise = false): boolean {
    return this.int(name, otherwise ? 1 : 0) !== 0;
  }

  float(name: string, otherwise: number): number {
    const value = (this.attribute(name, 'float') as number | undefined) ?? otherwise;
    if (!Number.isFinite(value)) throw malformed(this.where, `${this.where}: ${name} is not finite.`, value);
    return value;
  }

  ints(name: string): readonly number[] | null {
    return (this.attribute(name, 'ints') as readonly number[] | undefined) ?? null;
  }

  floats(name: string): readonly number[] | null {
    return (this.attribute(name, 'floats') as readonly number[] | undefined) ?? null;
  }

  text(name: string, otherwise: string): string {
    return (this.attribute(name, 'string') as string | undefined) ?? otherwise;
  }

  tensor(name: string): OnnxTensor | null {
    return (this.attribute(name, 'tensor') as OnnxTensor | undefined) ?? null;
  }

  hasAttribute(name: string): boolean {
    return this.node.attributes.has(name);
  }

  /** An axis of a shape of the given rank; negative ones count from the end. */
  axis(value: number, rank: number): number {
    const axis = value < 0 ? value + rank : value;
    if (Number.isInteger(axis) && axis >= 0 && axis < Math.max(rank, 1)) return axis;
    throw malformed(this.where, `${this.where}: there is no axis ${value} among ${rank}.`, value);
  }

  axes(values: readonly number[], rank: number): number[] {
    const axes = values.map((value) => this.axis(value, rank)).sort((a, b) => a - b);
    if (new Set(axes).size === axes.length) return axes;
    throw malformed(this.where, `${this.where} names an axis twice.`, values);
  }

  /** Numbers from an attribute in old operator sets and from a constant operand in newer ones; `null` when absent. */
  attributeOrOperand(name: string, operand: number): readonly number[] | null {
    return this.ints(name) ?? (this.has(operand) ? this.constant(operand) : null);
  }

  /** Whether output `i` is asked for. */
  wants(i: number): boolean {
    return (this.node.outputs[i] ?? '') !== '';
  }
}
