/**
 * Builds a real graph: shapes are inferred, what depends on constants alone is computed now or on demand, equal nodes are
 * shared, and transposes sink (transposes.ts).
 */

import { assertInvariant, ok, type Result, SuretyError, unwrap } from '@surety/core';
import type { ValueId } from '../program.ts';
import { resultShape } from '../shapes.ts';
import { elements, type Shape } from '../tensor.ts';
import { keep, release, transient } from '../transient.ts';
import type { Numbers } from './evaluate/dot.ts';
import { evaluateForm, type RealTensor } from './evaluate/form.ts';
import { realOperands } from './evaluate.ts';
import type { Numeric, RealForm, RealGraph, RealValue } from './graph.ts';
import { mapOperands } from './operands.ts';
import { sink } from './transposes.ts';
import { workOf } from './work.ts';

/** Folded constants of at most this many elements are computed once and kept; larger ones each time they are read. */
const KEPT_ELEMENTS = 65_536;

/** Most work done for a constant that is kept. */
const EAGER_WORK = 2 ** 24;

/** Most work for each element of a constant that is computed at each reading; beyond it a node stays a node. */
const LAZY_WORK_PER_ELEMENT = 64;

/** Constants of at most this many elements are compared with those already there. */
const SHARED_ELEMENTS = 256;

/** Most work, and most elements kept, of all folding together; what goes beyond is computed when it is read. */
const TOTAL_WORK = 2 ** 30;
const TOTAL_KEPT = 2 ** 25;

/** Most numbers that operators may be unfolded into, all lists of indices and weights together. */
const TOTAL_LISTED = 2 ** 26;

/** Most values of a graph under construction: a program holds 65,536, and half of what is built may turn out unused. */
const MAX_VALUES = 4 * 65_536;

export class RealBuilder {
  readonly values: RealValue[] = [];
  /** Work of reading a constant, in elements; only of constants that are computed at each reading. */
  private readonly readingWork = new Map<ValueId, number>();
  private work = 0;
  private kept = 0;
  private listed = 0;
  private readonly byKey = new Map<string, ValueId>();

  shapeOf = (id: ValueId): Shape => this.values[id]!.shape;

  /** Counts numbers that are listed at import. */
  spend(count: number): void {
    this.listed += count;
    if (this.listed <= TOTAL_LISTED) return;
    throw new SuretyError({
      code: 'model.too-large',
      message: `The model unfolds into more than ${TOTAL_LISTED} indices and weights.`,
      next: 'Split the model.',
      field: 'model',
      limit: `${TOTAL_LISTED} numbers`,
    });
  }

  private push(value: RealValue): ValueId {
    if (this.values.length >= MAX_VALUES) {
      throw new SuretyError({
        code: 'model.too-large',
        message: `The model unfolds into more than ${MAX_VALUES} values.`,
        next: 'Split the model.',
        field: value.origin,
        limit: `${MAX_VALUES} values`,
      });
    }
    return this.values.push(value) - 1;
  }

  input(name: string, shape: Shape, numeric: Numeric): ValueId {
    return this.push({ kind: 'input', name, shape, numeric, origin: name });
  }

  /** A constant of given values, or of values that `read` gives whenever they are needed. */
  constant(shape: Shape, numeric: Numeric, values: Numbers | (() => Numbers), origin: string): ValueId {
    const read = typeof values === 'function' ? values : () => keep(values);
    const value: RealValue = { kind: 'constant', shape, numeric, read, origin };
    if (elements(shape) > SHARED_ELEMENTS) return this.push(value);
    const known = keep(read());
    return this.shared(`${numeric} ${shape} = ${known.join()}`, () => this.push({ ...value, read: () => known }));
  }

  private shared(key: string, make: () => ValueId): ValueId {
    const id = this.byKey.get(key) ?? make();
    this.byKey.set(key, id);
    return id;
  }

  /** The values of a constant of moderate size; `null` of anything else. */
  known(id: ValueId): Numbers | null {
    const value = this.values[id]!;
    return value.kind === 'constant' && elements(value.shape) <= KEPT_ELEMENTS ? value.read() : null;
  }

  isConstant(id: ValueId): boolean {
    return this.values[id]!.kind === 'constant';
  }

  /** The shape of a form's result, or why it has none. */
  shape(form: RealForm): Result<Shape> {
    return form.op === 'unary' ? ok(this.shapeOf(form.x)) : resultShape(form, this.shapeOf);
  }

  /**
   * The value that a form computes: a node, or a constant where it depends on constants alone.
   * @throws {SuretyError} `program.invalid` when the operands do not fit together, `model.too-large`
   */
  node(form: RealForm, numeric: Numeric, origin: string): ValueId {
    const simple = sink(this, form, numeric, origin) ?? this.folded(form, numeric, origin);
    return simple ?? this.shared(`${numeric} ${keyOf(form)}`, () => this.bare(form, numeric, origin));
  }

  private bare(form: RealForm, numeric: Numeric, origin: string): ValueId {
    return this.push({ kind: 'node', form, shape: unwrap(this.shape(form)), numeric, origin });
  }

  private folded(form: RealForm, numeric: Numeric, origin: string): ValueId | null {
    const operands = realOperands(form);
    if (!operands.every((id) => this.isConstant(id))) return null;
    const shape = unwrap(this.shape(form));
    const size = elements(shape);
    const own = workOf(form, shape, this.shapeOf);
    const work = operands.reduce((total, id) => total + (this.readingWork.get(id) ?? elements(this.shapeOf(id))), own);
    const isOutside = (words: string): never => {
      throw new SuretyError(outside(origin, words));
    };
    const compute = (): Numbers => {
      const read = new Map<ValueId, Numbers>();
      const get = (id: ValueId): RealTensor => {
        const value = this.values[id]!;
        assertInvariant(value.kind === 'constant', `Value ${id}, which is folded, is no constant.`);
        const values = read.get(id) ?? value.read();
        read.set(id, values);
        return { shape: value.shape, values };
      };
      const result = evaluateForm(form, shape, get, isOutside);
      let moved = true;
      for (const values of read.values()) {
        if (values.buffer === result.buffer) moved = false;
        else release(values);
      }
      return moved ? transient(result) : result;
    };
    const affordable = this.work + work <= TOTAL_WORK && this.kept + size <= TOTAL_KEPT;
    if (affordable && size <= KEPT_ELEMENTS && work <= EAGER_WORK) {
      this.work += work;
      this.kept += size;
      return this.constant(shape, numeric, compute(), origin);
    }
    if (work > size * LAZY_WORK_PER_ELEMENT) return null;
    return this.shared(`${numeric} ${keyOf(form)}`, () => {
      const id = this.constant(shape, numeric, compute, origin);
      this.readingWork.set(id, work);
      return id;
    });
  }

  /** The graph of what the outputs need, and all inputs. */
  finish(outputs: RealGraph['outputs'], states: RealGraph['states'] = []): RealGraph {
    const used = new Uint8Array(this.values.length);
    for (const { value } of outputs) used[value] = 1;
    for (let id = this.values.length - 1; id >= 0; id--) {
      const value = this.values[id]!;
      if (value.kind === 'input') used[id] = 1;
      if (used[id] === 1 && value.kind === 'node') for (const operand of realOperands(value.form)) used[operand] = 1;
    }
    const place = new Map<ValueId, ValueId>();
    const values: RealValue[] = [];
    this.values.forEach((value, id) => {
      if (used[id] === 0) return;
      const form = value.kind === 'node' ? mapOperands(value.form, (operand) => place.get(operand)!) : null;
      place.set(id, values.push(form === null ? value : ({ ...value, form } as RealValue)) - 1);
    });
    return { values, outputs: outputs.map(({ name, value }) => ({ name, value: place.get(value)! })), states };
  }
}

const outside = (origin: string, message: string) => ({
  code: 'model.malformed' as const,
  message: `${origin}: ${message}.`,
  next: 'Keep indices within what they index.',
  field: origin,
});

/** Equal for equal forms: functions by their names, and numbers as JavaScript writes them (JSON has no infinities). */
const keyOf = (form: RealForm): string =>
  JSON.stringify(form, (_, value: unknown) => (typeof value === 'number' ? String(value) : value));
