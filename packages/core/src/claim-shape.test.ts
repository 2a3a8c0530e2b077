import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { CLAIM } from '../test/sample.ts';
import { fromHex } from './bytes.ts';
import { encode } from './canonical.ts';
import { decode } from './canonical-decode.ts';
import type { QuestionClaim } from './claim.ts';
import { claimIdOf, parseClaim } from './claim-shape.ts';
import { unwrap } from './errors.ts';

type Vectors = {
  valid: { name: string; claim: QuestionClaim; hex: string; claimId: string }[];
  invalid: { name: string; claim: unknown; code: string; field: string }[];
};
const vectors = JSON.parse(readFileSync(new URL('../../../vectors/claim.json', import.meta.url), 'utf8')) as Vectors;

test('claim vectors: bytes and ids', () => {
  for (const { claim, hex, claimId } of vectors.valid) {
    assert.deepEqual(unwrap(parseClaim(unwrap(decode(unwrap(fromHex(hex)))))), claim);
    assert.deepEqual(encode(claim), unwrap(fromHex(hex)));
    assert.equal(claimIdOf(claim), claimId);
  }
});

test('claim vectors: refusals by code and field', () => {
  for (const { name, claim, code, field } of vectors.invalid) {
    const result = parseClaim(claim);
    assert.ok(!result.ok, name);
    assert.deepEqual([result.problem.code, result.problem.field], [code, field], name);
  }
});

test('any plain data: a claim that reads back the same, or a listed refusal', () => {
  const keys = fc.constantFrom(...Object.keys(CLAIM), 'more', '__proto__');
  fc.assert(
    fc.property(keys, fc.anything(), (key, value) => {
      const result = parseClaim({ ...CLAIM, [key]: value });
      if (result.ok) assert.deepEqual(unwrap(parseClaim(result.value)), result.value);
      else assert.match(result.problem.code, /^(?:input|amount)\./);
    }),
    { numRuns: 500 },
  );
});
