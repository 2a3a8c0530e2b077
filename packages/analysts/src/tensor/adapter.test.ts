import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unwrap } from '@surety/core';
import { type Adapter, adapterIdOf, charactersOf, parseAdapter, textOf } from './adapter.ts';

const ADAPTER: Adapter = {
  type: 'surety/adapter/v1',
  name: 'net',
  program: 'ab'.repeat(32),
  reads: ['site'],
  predicate: 'scam',
  input: { kind: 'characters', alphabet: ' ab-', other: 4, fill: 0, length: 5 },
  output: { kind: 'logits', output: 'logits', for: 1, against: 0 },
  family: 'tensor:net',
  trainedOn: ['made/up#players'],
};

test('its id is that of its content, whatever the order of its fields', () => {
  const shuffled = Object.fromEntries(Object.entries(ADAPTER).reverse());
  assert.equal(adapterIdOf(unwrap(parseAdapter(shuffled))), adapterIdOf(ADAPTER));
  assert.notEqual(adapterIdOf({ ...ADAPTER, trainedOn: null }), adapterIdOf(ADAPTER));
});

test('what is no adapter is refused by field', () => {
  const field = (over: object): string | undefined => {
    const result = parseAdapter({ ...ADAPTER, ...over });
    return result.ok ? 'ok' : result.problem.field;
  };
  assert.equal(field({ trainedOn: null }), 'ok');
  assert.equal(field({ program: 'ab' }), 'program');
  assert.equal(field({ reads: ['token'] }), 'reads.0');
  assert.equal(field({ predicate: 'rich' }), 'predicate');
  assert.equal(field({ trainedOn: [] }), 'trainedOn');
  assert.equal(field({ more: 1 }), 'more');
  assert.equal(field({ input: { ...ADAPTER.input, alphabet: 'abca' } }), 'input.alphabet');
  assert.equal(field({ input: { ...ADAPTER.input, length: 0 } }), 'input.length');
  assert.equal(field({ output: { kind: 'guess' } }), 'output.kind');
});

test('characters become places: filled, cut, and unknown ones counted', () => {
  assert.deepEqual(charactersOf(ADAPTER.input, 'ab'), { values: [1, 2, 0, 0, 0], cut: 0, unknown: 0 });
  assert.deepEqual(charactersOf(ADAPTER.input, 'a-bß😀ab'), { values: [1, 3, 2, 4, 4], cut: 2, unknown: 2 });
  assert.deepEqual(charactersOf(ADAPTER.input, ''), { values: [0, 0, 0, 0, 0], cut: 0, unknown: 0 });
});

test('it reads the kinds that it names', () => {
  assert.equal(textOf(ADAPTER, { kind: 'site', host: 'a.b' }), 'a.b');
  assert.equal(textOf(ADAPTER, { kind: 'message', text: 'a' }), null);
  assert.equal(textOf({ reads: ['message'] }, { kind: 'message', text: 'a' }), 'a');
});
