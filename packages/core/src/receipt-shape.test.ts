import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { CLAIM, FINAL, ISSUED_AT, predicateOf, sampleReceipt, signedOf } from '../test/sample.ts';
import { toBase64, utf8 } from './bytes.ts';
import { encode } from './canonical.ts';
import { SuretyError, unwrap } from './errors.ts';
import type { Receipt, ReceiptPredicate } from './receipt.ts';
import { buildStatement, logLeafOf, outcomeHash, partDigests, receiptBytes, receiptIdOf } from './receipt-build.ts';
import { logLeafShape, parseReceipt, parseStatement } from './receipt-shape.ts';
import type { Trust } from './trust.ts';
import { verifyReceipt } from './verify/verify-receipt.ts';

test('a receipt file reads back as it was written', async () => {
  const receipt = await sampleReceipt(FINAL);
  assert.deepEqual(unwrap(parseReceipt(receiptBytes(receipt))), receipt);
  assert.deepEqual(unwrap(parseStatement(receipt)), buildStatement(predicateOf(FINAL)));
  const leaf = logLeafOf(predicateOf(FINAL), receiptIdOf(receipt));
  assert.deepEqual(unwrap(logLeafShape(leaf, '')), leaf);
});

test('the digests name every part of the predicate once, the claim first', () => {
  const names = partDigests(predicateOf(FINAL)).map(({ name }) => name);
  assert.equal(names[0], 'claim');
  assert.equal(new Set(names).size, names.length);
  const fields = Object.keys(predicateOf()).filter((key) => key !== 'evidence');
  for (const field of fields) assert.ok(names.includes(field), field);
  assert.equal(names.filter((name) => name.startsWith('evidence.')).length, FINAL.evidence.length);
});

test('fields that contradict one another are refused by name', () => {
  const cases: [Partial<ReceiptPredicate>, string][] = [
    [{ outcome: 'maybe' }, 'predicate.outcome'],
    [{ probabilitiesPpm: [500_000, 250_000, 250_000] }, 'predicate.probabilitiesPpm'],
    [{ probabilitiesPpm: [500_000, 499_999] }, 'predicate.probabilitiesPpm'],
    [{ ...FINAL, outcome: null }, 'predicate.outcome'],
    [{ decidedBy: { kind: 'undecided', reason: 'r' } }, 'predicate.outcome'],
    [{ status: 'final', finalAfter: ISSUED_AT }, 'predicate.status'],
    [{ ...FINAL, finalAfter: ISSUED_AT + 1 }, 'predicate.status'],
    [{ finalAfter: ISSUED_AT - 1 }, 'predicate.finalAfter'],
    [{ supersededBy: 'aa'.repeat(32) }, 'predicate.supersededBy'],
    [{ ...FINAL, status: 'superseded' }, 'predicate.supersededBy'],
    [{ cover: { ...predicateOf().cover!, until: ISSUED_AT - 1 } }, 'predicate.cover.until'],
    [{ evidence: [...FINAL.evidence, FINAL.evidence[0]!] }, 'predicate.evidence.8'],
  ];
  for (const [over, field] of cases) {
    const thrown = (error: unknown): boolean => error instanceof SuretyError && error.problem.field === field;
    assert.throws(() => buildStatement(predicateOf(over)), thrown, field);
  }
});

test('limits and unknown fields of a receipt and of what is inside it', async () => {
  const receipt = await sampleReceipt();
  const refused = (change: object): string => {
    const result = parseReceipt(receiptBytes({ ...receipt, ...change } as Receipt));
    return result.ok ? 'ok' : `${result.problem.code} ${result.problem.field}`;
  };
  const [signature] = receipt.envelope.signatures;
  assert.equal(refused({ more: 1 }), 'input.unknown-field more');
  assert.equal(
    refused({ envelope: { ...receipt.envelope, signatures: [signature, signature] } }),
    'input.too-large envelope.signatures',
  );
  assert.equal(refused({ envelope: { ...receipt.envelope, signatures: [] } }), 'input.empty envelope.signatures');
  assert.equal(refused({ log: { ...receipt.log, index: -1 } }), 'input.out-of-range log.index');
  assert.equal(
    refused({ log: { ...receipt.log, inclusion: Array.from({ length: 65 }, () => '') } }),
    'input.too-large log.inclusion',
  );
  const statement = { ...buildStatement(predicateOf()), more: 1 };
  const odd = { envelope: { ...receipt.envelope, payload: toBase64(encode(statement)) } };
  const inside = parseStatement(odd);
  assert.equal(!inside.ok && inside.problem.field, 'more');
});

test('any bytes: a receipt or a listed refusal', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array({ maxLength: 60 }),
        fc.json().map((text) => utf8(`${text}\n`)),
      ),
      (bytes) => {
        const result = parseReceipt(bytes);
        assert.match(result.ok ? '' : result.problem.code, /^input\./);
      },
    ),
  );
});

test('the same statement and keys always give the same receipt', () => {
  assert.deepEqual(signedOf(), signedOf());
  assert.notEqual(
    receiptIdOf(signedOf()),
    receiptIdOf(signedOf({ claim: { ...CLAIM, nonce: 'ff'.repeat(16) }, evidence: [] })),
  );
});

test('contracts see an outcome as the keccak-256 of its label, and zero when undecided', () => {
  assert.equal(outcomeHash(''), '0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470');
  assert.equal(outcomeHash(null), `0x${'00'.repeat(32)}`);
});

type Vectors = {
  now: number;
  trust: Trust;
  valid: { name: string; file: string; receiptId: string; claimId: string; verdict: string }[];
  refused: { name: string; file: string; trust: 'pinned' | 'none'; verdict: string; code: string; changed: string[] }[];
};
const vectors = JSON.parse(readFileSync(new URL('../../../vectors/receipt.json', import.meta.url), 'utf8')) as Vectors;
const none: Trust = { ...vectors.trust, logs: [], issuers: [], networks: [] };

test('receipt vectors: ids and verdicts', () => {
  for (const { name, file, receiptId, claimId, verdict } of vectors.valid) {
    const v = verifyReceipt(utf8(file), { trust: vectors.trust, now: vectors.now });
    assert.deepEqual([v.verdict, v.receiptId, v.claimId], [verdict, receiptId, claimId], name);
  }
});

test('receipt vectors: refusals with code and place', () => {
  for (const { name, file, trust, verdict, code, changed } of vectors.refused) {
    const v = verifyReceipt(utf8(file), { trust: trust === 'pinned' ? vectors.trust : none, now: vectors.now });
    assert.deepEqual([v.verdict, v.problems[0]?.code, v.changed], [verdict, code, changed], name);
  }
});
