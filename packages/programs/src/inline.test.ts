import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unwrap } from '@surety/core';
import { randomInputs, randomProgram } from '../test/random-program.ts';
import { ProgramBuilder } from './build.ts';
import { inlineProgram } from './inline.ts';
import { runReference } from './reference.ts';

const UNIT = { mantissa: 1, exponent: 0 };

test('random programs as a part of another compute what they did alone', () => {
  for (let seed = 0; seed < 60; seed++) {
    const program = randomProgram(seed);
    const b = new ProgramBuilder();
    const [first] = program.inputs;
    // Inputs of the whole come first, then the part's own; the first of these is bound.
    const bound = new Map([[first!.name, b.input({ ...first!, name: 'mine' })]]);
    for (const [name, id] of unwrap(inlineProgram(b, program, bound))) b.output(name, id, UNIT);
    const whole = unwrap(b.finish());
    const inputs = randomInputs(program, seed);
    const [alone, part] = [runReference(program, inputs), runReference(whole, inputs)];
    for (const [i, { value }] of program.outputs.entries()) {
      assert.deepEqual(part[whole.outputs[i]!.value], alone[value], `seed ${seed}`);
    }
  }
});

test('what is bound must be of the type and within the range', () => {
  const inner = new ProgramBuilder();
  const port = { name: 'x', dtype: 'i8', shape: [2], low: -4, high: 4, encoding: UNIT } as const;
  inner.output('y', inner.input(port), UNIT);
  const program = unwrap(inner.finish());
  for (const [change, fits] of [
    [{}, true],
    [{ low: -1 }, true],
    [{ high: 5 }, false],
    [{ shape: [1, 2] }, false],
    [{ dtype: 'i16' }, false],
  ] as const) {
    const b = new ProgramBuilder();
    const made = inlineProgram(b, program, new Map([['x', b.input({ ...port, name: 'mine', ...change })]]));
    assert.equal(made.ok, fits);
    if (!made.ok) assert.deepEqual([made.problem.code, made.problem.field], ['program.invalid', 'x']);
  }
});
