import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PUBLISHED } from '../../test/drand-rounds.ts';
import { contractProof } from './index.ts';

test('a published signature is the point that the contract’s own test verifies', () => {
  const [, round] = PUBLISHED;
  assert.equal(
    contractProof(round.signature),
    '0x1713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b116c5214fdfb7ba78de63a90904f73c935e28a89e5c815c43a49dfc8058ed0d2b7de6f98eae4a917bb868989bd0302b7',
  );
  assert.throws(() => contractProof('ff'.repeat(48)));
});
