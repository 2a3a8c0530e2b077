import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertInvariant, ERRORS, type Problem, refuse, SuretyError, show, unwrap } from './errors.ts';

test('every code has an area and a name, a status, an exit and a sentence', () => {
  for (const [code, { http, exit, summary }] of Object.entries(ERRORS)) {
    assert.match(code, /^(?:internal|[a-z]+\.[a-z0-9-]+)$/, code);
    assert.ok(http >= 400 && http < 600, code);
    assert.ok(exit > 0 && exit <= 130, code);
    assert.match(summary, /^[A-Z].*\.$/, code);
  }
});

test('a thrown problem keeps code, rule and the page that explains it', () => {
  const problem: Problem = { code: 'input.empty', message: 'Nothing came.', next: 'Send something.' };
  const thrown = (error: unknown): boolean =>
    error instanceof SuretyError &&
    error.code === 'input.empty' &&
    error.rule.http === 400 &&
    error.docsPath === 'docs/errors/input.md#input-empty' &&
    error.message === 'Nothing came. Send something.';
  assert.throws(() => unwrap(refuse(problem)), thrown);
});

test('any value can be shown in 120 characters', () => {
  const loop: Record<string, unknown> = {};
  loop.loop = loop;
  for (const value of ['x'.repeat(500), 12n, undefined, Symbol('s'), () => 1, loop, { toJSON: () => 1n }]) {
    assert.ok(show(value).length <= 120);
  }
});

test('an invariant that does not hold is a defect of Surety, and says so', () => {
  assertInvariant(true, 'Nothing is wrong.');
  assert.throws(() => assertInvariant(false, 'One is two.'), { code: 'internal', message: /^One is two\. Report/ });
});
