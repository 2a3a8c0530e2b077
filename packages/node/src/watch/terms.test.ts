import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkTerms, type WantedTerms } from './terms.ts';

const TERMS = {
  leastBondMicroUsd: 10_000_000n,
  window: { leastSeconds: 60, mostSeconds: 2_592_000 },
  clock: { leastSeconds: 60, mostSeconds: 604_800 },
};
const PLANNED: WantedTerms = { bondMicroUsd: null, windowSeconds: null, clockSeconds: null };

test('terms at the limits are taken, and one beyond is refused with the limit and what to write', () => {
  const taken: readonly Partial<WantedTerms>[] = [
    {},
    { bondMicroUsd: 10_000_000n, windowSeconds: 60, clockSeconds: 60 },
    { windowSeconds: 2_592_000, clockSeconds: 604_800 },
  ];
  for (const each of taken) assert.ok(checkTerms({ ...PLANNED, ...each }, TERMS).ok);
  const refused: readonly (readonly [Partial<WantedTerms>, string, RegExp])[] = [
    [{ bondMicroUsd: 9_999_999n }, '--bond', /^Give --bond \$10\.00 or more\.$/],
    [{ windowSeconds: 59 }, '--window', /^Give --window from 1m to 30d\.$/],
    [{ windowSeconds: 2_592_001 }, '--window', /30d/],
    [{ clockSeconds: 604_801 }, '--clock', /^Give --clock from 1m to 7d\.$/],
  ];
  for (const [each, field, next] of refused) {
    const checked = checkTerms({ ...PLANNED, ...each }, TERMS);
    assert.ok(!checked.ok);
    assert.deepEqual([checked.problem.code, checked.problem.field], ['input.out-of-range', field]);
    assert.match(checked.problem.next, next);
  }
});
