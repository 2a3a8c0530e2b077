/** The lookup argument end to end: honest provers convince, and every changed message does not. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { allTrue, anyLookups, proved, verified } from '../../../test/lookups.ts';

test('an honest prover convinces, and what is left to open is true', async () => {
  await fc.assert(
    fc.asyncProperty(anyLookups, async (lookups) => {
      const { proof, looked } = await proved(lookups);
      const found = await verified(lookups, proof);
      assert.ok(typeof found !== 'string', `${found}`);
      assert.deepEqual(found.point, looked.point);
      assert.deepEqual(
        found.claims.map((claim) => ({ ...claim, value: claim.value.constant })),
        looked.claims,
      );
      assert.ok(await allTrue(lookups, found.claims));
    }),
    { numRuns: 60 },
  );
});
