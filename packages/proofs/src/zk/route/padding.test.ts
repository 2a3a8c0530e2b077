/** What is claimed to be 0 of a strip is all that is no part of the constant. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EXTENSION } from '../field/arithmetic.ts';
import { equal, ONE, ZERO } from '../field/ext.ts';
import { stripsOf } from '../plan/strips.ts';
import { bitPoint } from '../relations/maps.ts';
import { paddingOf, regionAt } from './padding.ts';

test('regions are all places of a strip that are not the constant', () => {
  for (const shape of [[15], [16], [1], [7, 31], [15, 15], [30, 1, 15], [31, 3, 13], []]) {
    for (const strip of stripsOf(shape)) {
      const { starts, vars } = strip;
      const total = vars.reduce((sum, each) => sum + each, 0);
      const place = { matrix: 0, offset: 3 * 2 ** total, vars: total };
      const regions = paddingOf(shape, strip);
      for (let at = 0; at < 2 ** total; at++) {
        let rest = at;
        let inside = true;
        for (let axis = shape.length - 1; axis >= 0; axis--) {
          inside &&= starts[axis]! + (rest % 2 ** vars[axis]!) < shape[axis]!;
          rest = Math.floor(rest / 2 ** vars[axis]!);
        }
        // At the corner of an index, the region that holds it is claimed there and no other.
        const claimed = regions.some((region) => {
          const part = regionAt(place, strip, region, bitPoint(EXTENSION, at, total), [ZERO, ONE]);
          const index = part.point.reduce((sum, bit, j) => sum + (equal(bit, ONE) ? 2 ** j : 0), 0);
          return part.place.offset + index === place.offset + at;
        });
        assert.equal(claimed, !inside, `${shape} ${starts} ${at}`);
      }
    }
  }
});
