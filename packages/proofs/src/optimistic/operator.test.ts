import assert from 'node:assert/strict';
import { test } from 'node:test';
import { elements, encodeNode, runReference } from '@surety/programs';
import { Random } from '../../../programs/test/random.ts';
import { randomInputs, randomProgram } from '../../../programs/test/random-program.ts';
import { beats, elementOf, endOf, foldSegments, isFold, namedBy, segmentsOf, startOf, viewOf } from './operator.ts';

test('elements, alone and by accumulators, are those of the reference, of every operator', () => {
  const seen = new Set<string>();
  for (let seed = 0; seed < 150; seed++) {
    const program = randomProgram(seed, 6);
    const values = runReference(program, randomInputs(program, seed));
    const random = new Random(seed);
    const first = program.inputs.length + program.constants.length;
    for (const [j, node] of program.nodes.entries()) {
      seen.add(node.form.op);
      const value = values[first + j]!;
      const view = viewOf(encodeNode(node, value.shape));
      const named = namedBy(node).map((id) => values[id]!);
      const operands = {
        type: (place: number) => named[place]!,
        run: (place: number, index: number, count: number) => named[place]!.values.subarray(index, index + count),
      };
      for (let tries = 0; tries < 12; tries++) {
        const e = random.int(0, elements(value.shape) - 1);
        const wanted = value.values[e]!;
        if (node.form.op === 'argmax') {
          const row = named[0]!.shape.at(-1)!;
          for (let rival = 0; rival < row; rival++) assert.equal(beats(e, wanted, rival, operands), false);
          for (let claimed = -1; claimed <= row; claimed++) {
            assert.equal(beats(e, claimed, wanted, operands), claimed !== wanted, `seed ${seed}`);
          }
          continue;
        }
        assert.equal(Number(elementOf(view, e, operands)), wanted, `seed ${seed}, node ${j}, element ${e}`);
        if (!isFold(node)) continue;
        const segments = segmentsOf(node, operands.type);
        const cut = random.int(0, segments);
        const before = { from: 0, to: cut, start: BigInt(startOf(node)) };
        const middle = foldSegments(view, e, before, operands);
        const last = foldSegments(view, e, { from: cut, to: segments, start: middle }, operands);
        assert.equal(Number(endOf(view, e, last, operands)), wanted);
      }
    }
  }
  assert.equal(seen.size, 15);
});
