import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unwrap } from '@surety/core';
import { ProgramBuilder } from '@surety/programs';
import { randomStepProgram } from '../../../programs/test/random-program.ts';
import { admitOptimistic } from './admit.ts';

const UNIT = { mantissa: 1, exponent: 0 };
const OPEN = { programIsPrivate: false, inputIsPrivate: false };

test('what is private is refused with the reason, whatever it is', () => {
  const program = randomStepProgram(3);
  assert.deepEqual(admitOptimistic({ program, steps: 4, ...OPEN }), { ok: true, value: { steps: 4 } });
  for (const field of ['program', 'input'] as const) {
    const refused = admitOptimistic({ program, steps: 1, ...OPEN, [`${field}IsPrivate`]: true });
    assert.equal(!refused.ok && refused.problem.code, 'optimistic.private');
    assert.equal(!refused.ok && refused.problem.field, field);
    assert.match(refused.ok ? '' : refused.problem.message, /nobody else could run .* lose the bond/);
  }
});

test('a program in which nothing could be refuted is refused', () => {
  const copy = new ProgramBuilder();
  const x = copy.input({ name: 'x', dtype: 'i8', shape: [2], low: 0, high: 1, encoding: UNIT });
  copy.output('y', x, UNIT);
  const nothing = admitOptimistic({ program: unwrap(copy.finish()), steps: 1, ...OPEN });
  assert.equal(!nothing.ok && nothing.problem.code, 'optimistic.not-disputable');

  const alone = new ProgramBuilder();
  const one = alone.constant('i8', [2], () => Int8Array.of(1, 2));
  const sum = alone.node({ form: { op: 'reduce_sum', x: one }, dtype: 'i8', stage: { shift: 0, low: 0, high: 9 } });
  alone.output('y', unwrap(sum), UNIT);
  const program = unwrap(alone.finish());
  assert.ok(admitOptimistic({ program, steps: 1, ...OPEN }).ok);
  const same = admitOptimistic({ program, steps: 5, ...OPEN });
  assert.equal(!same.ok && same.problem.code, 'optimistic.not-disputable');
  const many = admitOptimistic({ program: randomStepProgram(3), steps: 2 ** 21, ...OPEN });
  assert.equal(!many.ok && many.problem.code, 'program.invalid');
});
