import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fromHex, toHex, unwrap } from '@surety/core';
import { judge } from './judge.ts';

type Written = Readonly<Record<'name' | 'question' | 'record' | 'proof' | 'holds' | 'newRecord', string>> & {
  readonly run: readonly [string, string, string, string];
};

const file = new URL('../../../../vectors/refutation.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { readonly cases: readonly Written[] };
const bytes = (hex: string): Uint8Array => unwrap(fromHex(hex));

test('vectors/refutation.json: verdicts and records', () => {
  for (const { name, run, question, record, proof, holds, newRecord } of cases) {
    const [program, input, output, trace] = run.map(bytes) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
    const verdict = judge({ program, input, output, trace }, bytes(question), bytes(record), bytes(proof));
    assert.equal(verdict.holds, holds, name);
    assert.equal(toHex(verdict.record), newRecord, name);
  }
});

test('the vectors hold every refutation of every operator, good and bad', () => {
  const good = new Set(cases.filter(({ holds }) => holds === 'refuted').map(({ name }) => name));
  const operators = [...good].filter((name) => name.startsWith('element of ')).map((name) => name.split(/ of |,/)[1]);
  assert.equal(new Set(operators).size, 15);
  for (const kind of ['partial of', 'end of', 'output', 'stacked', 'link of', 'slice', 'input:']) {
    assert.ok(
      [...good].some((name) => name.startsWith(kind)),
      kind,
    );
  }
  assert.ok(cases.filter(({ holds }) => holds === 'not-shown').length > 50);
});
