/** Every byte of a receipt file, flipped: nothing that was changed is trusted. All eight bits: `bench/fuzz.ts`. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NOW, sampleReceipt, TRUST } from '../../test/sample.ts';
import { concatBytes, fromBase64, utf8 } from '../bytes.ts';
import { idOf } from '../canonical.ts';
import { unwrap } from '../errors.ts';
import { receiptBytes, receiptIdOf } from '../receipt-build.ts';
import { parseReceipt, parseStatement } from '../receipt-shape.ts';
import type { Check, Opened } from './check.ts';
import { checkContractSignature } from './checks/contract-signature.ts';
import { checkEnvelope } from './checks/envelope.ts';
import { checkLog } from './checks/log.ts';
import { changedParts } from './checks/parts.ts';
import { tamper } from './tamper.ts';
import { verifyReceipt } from './verify-receipt.ts';

const original = await sampleReceipt({ evidence: [] });
const file = receiptBytes(original);
const options = { trust: TRUST, now: NOW };

/** The problem that the one check responsible for the changed section finds; `verifyReceipt` runs all of them. */
const quickProblem = (bytes: Uint8Array): Check['problem'] => {
  const parsed = parseReceipt(bytes);
  if (!parsed.ok) return parsed.problem;
  const receipt = parsed.value;
  const payload = fromBase64(receipt.envelope.payload, { field: 'envelope.payload' });
  if (!payload.ok) return payload.problem;
  const statement = parseStatement(receipt);
  if (!statement.ok) return { ...statement.problem, field: 'envelope.payload' };
  const [part] = changedParts(statement.value);
  if (part !== undefined) return { code: 'receipt.changed', message: part, next: part, field: part };
  const opened: Opened = {
    ...{ receipt, payload: payload.value, receiptId: receiptIdOf(receipt), statement: statement.value },
    ...options,
  };
  if (idOf(receipt.log) !== idOf(original.log)) return checkLog(opened).checks.find((c) => c.problem)?.problem ?? null;
  if (idOf(receipt.eip712) !== idOf(original.eip712)) return checkContractSignature(opened).problem;
  return checkEnvelope(receipt, payload.value).problem;
};

test('the original is trusted', () => {
  assert.equal(verifyReceipt(file, options).verdict, 'trusted');
  assert.equal(quickProblem(file), null);
});

test('each byte with one bit flipped is refused, and a field or byte is named', () => {
  for (let offset = 0; offset < file.length; offset++) {
    const { bytes, what } = unwrap(tamper(file, { offset, bit: offset % 7 }));
    const problem = quickProblem(bytes);
    assert.ok(problem !== null, what);
    assert.ok((problem.field ?? '') !== '' || / at byte \d+\./.test(problem.message), what);
    if (offset % 40 === 0) assert.notEqual(verifyReceipt(bytes, options).verdict, 'trusted', what);
  }
});

test('a byte taken away, added or doubled is refused', () => {
  for (let at = 0; at < file.length; at += 7) {
    const [before, after] = [file.subarray(0, at), file.subarray(at)];
    assert.ok(quickProblem(concatBytes(before, after.subarray(1))) !== null, `without ${at}`);
    assert.ok(quickProblem(concatBytes(before, utf8(' '), after)) !== null, `space at ${at}`);
    assert.ok(quickProblem(concatBytes(before, file.subarray(at, at + 1), after)) !== null, `twice ${at}`);
  }
  for (const tail of ['\n', ' ', '\0']) {
    assert.equal(verifyReceipt(concatBytes(file, utf8(tail)), options).verdict, 'malformed');
  }
});
