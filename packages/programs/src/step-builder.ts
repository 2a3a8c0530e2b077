/** A program builder whose arithmetic is fixed point: shorthands for nodes, and one way to move a binary point. */
import { unwrap } from '@surety/core';
import { ProgramBuilder } from './build.ts';
import type { IntegerForm, ValueId } from './program.ts';
import { type Dtype, type Interval, tensor } from './tensor.ts';

const symmetric = (limit: number): Interval => ({ low: -limit, high: limit });

/** What a node throws is the problem that {@link ProgramBuilder.node} would return. */
export class StepBuilder extends ProgramBuilder {
  /** An arithmetic node: rounds `shift` bits away and clamps, to ±limit or a range. */
  staged(form: IntegerForm, dtype: Dtype, shift: number, clamp: number | Interval): ValueId {
    const range = typeof clamp === 'number' ? symmetric(clamp) : clamp;
    return unwrap(this.node({ form, dtype, stage: { ...range, shift } }));
  }

  /** A node that only moves or selects values of one operand's dtype. */
  moved(form: IntegerForm, dtype: Dtype): ValueId {
    return unwrap(this.node({ form, dtype, stage: null }));
  }

  transposed(x: ValueId): ValueId {
    return this.moved({ op: 'transpose', x, perm: [1, 0] }, this.dtype(x));
  }

  /** x of `from` fraction bits with `to` of them. */
  scaled(x: ValueId, from: number, to: number, dtype: Dtype, clamp: number): ValueId {
    const c = [2 ** Math.max(0, to - from)];
    return this.staged({ op: 'affine', x: [x], c, d: 0 }, dtype, Math.max(0, from - to), clamp);
  }

  /** f of every integer of x's range. */
  tabled(x: ValueId, dtype: Dtype, f: (x: number) => number): ValueId {
    const { low, high } = this.range(x);
    const { values } = tensor(
      dtype,
      [high - low + 1],
      Array.from({ length: high - low + 1 }, (_, i) => f(low + i)),
    );
    const table = this.constant(dtype, [values.length], () => values);
    return this.moved({ op: 'lookup', x, table, first: low }, dtype);
  }
}
