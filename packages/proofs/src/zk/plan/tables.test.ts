/** Short forms of tables against their rows. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { anyExt } from '../../../test/elements.ts';
import { add, scale, ZERO } from '../field/ext.ts';
import { eqAt } from '../field/multilinear.ts';
import type { ProofGraph } from '../graph/graph.ts';
import { lookupTables, type TableSpec, tableVars } from './tables.ts';

const anySpec: fc.Arbitrary<TableSpec> = fc
  .tuple(fc.boolean(), fc.integer({ min: -60, max: 60 }), fc.nat(70), fc.integer({ min: -50, max: 50 }), fc.nat(60))
  .chain(([isRange, from, size, low, length]) =>
    fc
      .integer({ min: -40, max: 40 })
      .map(
        (offset): TableSpec =>
          isRange
            ? { kind: 'range', low: from, high: from + size }
            : { kind: 'clamp', from, to: from + size, offset, low, high: low + length },
      ),
  );

test('a verifier evaluates ranges and clamps as if it listed their rows', () => {
  const graph = {} as ProofGraph;
  fc.assert(
    fc.property(anySpec, fc.array(anyExt, { minLength: 7, maxLength: 7 }), (spec, coordinates) => {
      const vars = tableVars(graph, spec);
      const multiplicity = { matrix: 0, offset: 0, vars };
      const [table] = lookupTables({ graph, tables: [{ spec, tag: 1, vars, multiplicity }] });
      const point = coordinates.slice(0, vars);
      const slowly = table!.columns.map((words) =>
        words.reduce((sum, word, i) => add(sum, scale(eqAt(point, i), word)), ZERO),
      );
      assert.deepEqual(table!.extensions!(point), slowly);
    }),
    { numRuns: 300 },
  );
});
