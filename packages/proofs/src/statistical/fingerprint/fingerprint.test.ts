import assert from 'node:assert/strict';
import { test } from 'node:test';
import { overClaims, unwrap } from '@surety/core';
import fc from 'fast-check';
import { distanceTo, toleranceOf, within } from './compare.ts';
import { fingerprintFinding, type Measured, raisesDoubt } from './finding.ts';
import { decodeFingerprint, encodeFingerprint, fingerprintOf, largest } from './fingerprint.ts';

const rowsOf = (width: number) =>
  fc.array(
    fc.array(fc.float({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }), {
      minLength: width,
      maxLength: width,
    }),
    {
      minLength: 1,
      maxLength: 4,
    },
  );

test('a fingerprint is read back as it was written, and is at no distance from its own rows', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }).chain(rowsOf), fc.integer({ min: 1, max: 40 }), (rows, count) => {
      const made = unwrap(fingerprintOf(rows, count));
      const bytes = encodeFingerprint(made);
      assert.deepEqual(unwrap(decodeFingerprint(bytes)), made);
      const { errorPpm, missingPpm } = unwrap(distanceTo(made, rows));
      // Peaks are kept as 32-bit floats; these are such.
      assert.deepEqual([errorPpm, missingPpm], [0, 0]);
    }),
  );
});

test('no byte of a fingerprint can be changed into another reading of the same activations', () => {
  const rows = [[0.5, -3, 2.25, 0, 1]];
  const bytes = encodeFingerprint(unwrap(fingerprintOf(rows, 3)));
  for (let at = 0; at < bytes.length; at++) {
    for (const by of [1, 64, 128]) {
      const other = bytes.slice();
      other[at] = other[at]! ^ by;
      const read = decodeFingerprint(other);
      if (read.ok) assert.notDeepEqual(read.value, unwrap(decodeFingerprint(bytes)), `byte ${at}`);
    }
  }
  for (const other of [bytes.subarray(0, -1), new Uint8Array([...bytes, 0]), new Uint8Array(0)]) {
    const read = decodeFingerprint(other);
    assert.equal(read.ok ? 'read' : read.problem.code, 'statistical.malformed');
  }
});

test('activations that are none are refused', () => {
  for (const [rows, count] of [
    [[], 1],
    [[[]], 1],
    [[[1, 2], [1]], 1],
    [[[1, Number.NaN]], 1],
    [[[1, Number.POSITIVE_INFINITY]], 2],
    [[[1, 2]], 0],
    [[[1, 2]], 256],
  ] as const) {
    const made = fingerprintOf(rows, count);
    assert.equal(made.ok ? 'made' : made.problem.code, 'statistical.malformed');
  }
});

test('the largest are kept, of equal ones the first', () => {
  assert.deepEqual(largest([1, -5, 5, 2, 5], 2), [1, 2]);
  assert.deepEqual(largest([0, 0, 0], 2), [0, 1]);
});

test('another model is further off than rounding, and a tolerance made of honest runs tells them apart', () => {
  const row = Array.from({ length: 64 }, (_, i) => Math.sin(i * 1.7) * (1 + (i % 7)));
  const rounded = row.map((x, i) => x * (1 + (i % 2 === 0 ? 1e-6 : -1e-6)));
  const other = row.map((x, i) => x + 0.2 * Math.cos(i));
  const made = unwrap(fingerprintOf([row], 16));
  const [near, far] = [unwrap(distanceTo(made, [rounded])), unwrap(distanceTo(made, [other]))];
  const tolerance = toleranceOf([near], 4);
  assert.ok(within(near, tolerance) && !within(far, tolerance));
  assert.equal(raisesDoubt(far, tolerance), true);
  const shape = distanceTo(made, [row.slice(1)]);
  assert.equal(shape.ok ? 'compared' : shape.problem.code, 'statistical.unfit');
});

test('a fingerprint never refutes, and never claims more than agreement', () => {
  const tolerance = { errorPpm: 100, missingPpm: 0 };
  const measured: Measured = {
    on: 'some digits',
    falsePositivePpm: 0,
    falseNegativePpm: 20_000,
    worstKind: 'trained on',
  };
  for (const distance of [
    { errorPpm: 0, missingPpm: 0 },
    { errorPpm: 101, missingPpm: 0 },
    { errorPpm: 1, missingPpm: 1 },
  ]) {
    for (const rates of [measured, null]) {
      const finding = fingerprintFinding('x', { model: 'the model', distance, tolerance, measured: rates });
      assert.deepEqual(overClaims(finding), []);
      assert.notEqual(finding.holds, 'refuted');
      assert.equal(finding.holds === 'shown', !raisesDoubt(distance, tolerance));
      if (finding.holds === 'not-shown') assert.match(finding.summary, /slashes nobody/);
      assert.match(finding.assumes.join(), rates === null ? /nobody measured/ : /2 % of runs of the nearest/);
    }
  }
});
