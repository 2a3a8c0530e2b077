import assert from 'node:assert/strict';
import { test } from 'node:test';
import { personsWords } from './persons-words.ts';

const registry = '0x5FbDB2315678afecb367f032d93F642f64180aa3';
const said = (issuer: string | null, standing: 'believed' | 'development' | 'unknown'): string | null =>
  personsWords({ persons: { registry, issuer, standing } });

test('people are said to be several only where their issuer is believed', () => {
  assert.equal(personsWords({ persons: null }), null);
  assert.match(said('persons.example', 'believed')!, /persons\.example gave each a token, and this node believes/);
  assert.doesNotMatch(said('persons.example', 'believed')!, /not shown/);
  assert.match(said('persons.example', 'development')!, /to whoever asks: they are not shown to be several/);
  assert.match(said('persons.example', 'unknown')!, /persons\.example knows them.*not shown to be several/);
  assert.match(said(null, 'unknown')!, /the contract 0x5FbDB\w+ knows them.*not shown to be several/);
});
