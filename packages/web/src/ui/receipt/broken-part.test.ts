import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { linkOfPath } from './broken-part.ts';

const STATEMENT =
  '{"predicate":{"claim":{"subject":{"kind":"site"}},"evidence":[{"kind":"asker-signature"},{"input":{"subject":{"kind":"site"}},"kind":"analyst-report"},{"kind":"market-record"}]}}';

test('a broken part names the link that rests on it', () => {
  assert.equal(linkOfPath('envelope.payload: predicate.claim.nonce', STATEMENT), 'intent');
  assert.equal(linkOfPath('predicate.evidence.0.reading', STATEMENT), 'intent');
  assert.equal(linkOfPath('predicate.evidence.1.program', STATEMENT), 'program');
  assert.equal(linkOfPath('predicate.evidence.2.trades.0.at', STATEMENT), 'output');
  assert.equal(linkOfPath('predicate.probabilitiesPpm.1', STATEMENT), 'output');
});

test('where the path does not say, nothing is named', () => {
  assert.equal(linkOfPath('predicate.evidence.1.kind', STATEMENT), null);
  assert.equal(linkOfPath('predicate.evidence.9.at', STATEMENT), null);
  assert.equal(linkOfPath('envelope.signatures.0.sig', STATEMENT), null);
  fc.assert(fc.property(fc.string(), fc.string(), (path, statement) => void linkOfPath(path, statement)));
});
