import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mlpProgram, randomLayers } from '../../../programs/test/networks.ts';
import { programFacts } from './facts.ts';

test('a network of two layers, run three times', () => {
  const widths = [8, 16, 4];
  const program = mlpProgram(widths, randomLayers(widths, 1));
  const facts = programFacts(program, { steps: 3, published: true });
  const weights = 8 * 16 + 16 * 4;
  assert.ok(facts.weightBytes >= BigInt(weights) && facts.weightBytes < BigInt(4 * weights));
  // Weights, and what each of the nodes writes: at most 16 elements.
  assert.ok(facts.multiplyAccumulates > BigInt(3 * weights));
  assert.ok(facts.multiplyAccumulates <= BigInt(3 * (weights + 16 * program.nodes.length)));
  assert.equal(facts.published, true);
});
