import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { chartPoints, HEIGHT, pointAt, stepPath, WIDTH } from './chart-scale.ts';

const history = fc
  .array(
    fc.record({
      at: fc.integer({ min: 1_700_000_000, max: 1_700_100_000 }),
      ppm: fc.integer({ min: 0, max: 1_000_000 }),
    }),
    { maxLength: 60 },
  )
  .map((points) =>
    points
      .sort((a, b) => a.at - b.at)
      .map(({ at, ppm }, index) => ({ at, seq: index + 1, probabilitiesPpm: [ppm, 1_000_000 - ppm] })),
  );

test('points lie inside the chart and in time order', () => {
  fc.assert(
    fc.property(history, (points) => {
      const drawn = chartPoints(points, 0, 1_700_100_000);
      let before = 0;
      for (const { x, y } of drawn) {
        assert.ok(x >= before && x <= WIDTH && y >= 0 && y <= HEIGHT);
        before = x;
      }
      assert.doesNotMatch(stepPath(drawn), /NaN|Infinity/);
    }),
  );
});

test('the price at a place is that of the last trade before it', () => {
  const points = chartPoints(
    [
      { at: 0, seq: 1, probabilitiesPpm: [500_000, 500_000] },
      { at: 50, seq: 2, probabilitiesPpm: [900_000, 100_000] },
    ],
    0,
    100,
  );
  assert.equal(pointAt(points, WIDTH * 0.49)?.point.seq, 1);
  assert.equal(pointAt(points, WIDTH * 0.51)?.point.seq, 2);
  assert.equal(pointAt([], 10), null);
});
