/** Data as they are published, and made into the claim again. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { unwrap } from '@surety/core';
import { mlpProgram, randomLayers } from '../../../../../programs/test/networks.ts';
import { Random } from '../../../../../programs/test/random.ts';
import { honestClaim } from '../../../../test/step-lies.ts';
import type { StepClaimed } from './claim.ts';
import { claimOn } from './held.ts';
import { publishedBytes, publishedData, readPublishedData } from './published.ts';

const WIDTHS = [16, 8, 2];
let claim: StepClaimed;
before(async () => {
  claim = await honestClaim(mlpProgram(WIDTHS, randomLayers(WIDTHS, 1)));
});

test('a file of data names the trace that it is of, and no other bytes do', () => {
  const file = publishedData(claim);
  assert.equal(file.length, publishedBytes(claim.program));
  const { program, records, data, trace } = unwrap(readPublishedData(file));
  assert.deepEqual(
    [program, records, data, trace],
    [claim.program.id, claim.recordTree.root, claim.data, claim.run.trace],
  );
  const random = new Random(2);
  for (let round = 0; round < 20; round++) {
    const other = file.slice();
    other[random.int(0, file.length - 1)]! ^= 1 << random.int(0, 7);
    assert.notDeepEqual(unwrap(readPublishedData(other)).trace, trace);
  }
  for (const length of [0, 63, 64]) {
    const short = readPublishedData(file.subarray(0, length));
    assert.equal(short.ok ? 'read' : short.problem.code, 'proof.malformed');
  }
  assert.notDeepEqual(unwrap(readPublishedData(file.subarray(0, -1))).trace, trace);
});

test('whoever holds the data makes the claim again, and of data that does not hold none', () => {
  assert.deepEqual(claimOn(claim.program, claim.run, claim.data)?.run.trace, claim.run.trace);
  const changed = claim.data.slice();
  changed[0]! ^= 1;
  assert.equal(claimOn(claim.program, claim.run, changed), null);
});
