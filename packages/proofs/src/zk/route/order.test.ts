/** The order of values: last first, as soon as none waits that may leave claims on them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Order, orderOf } from './order.ts';

const sets = (...operands: readonly (readonly number[])[]) => operands.map((own) => new Set(own));

/** All that come before one has to wait, none of which holds on. */
const taken = (order: Order, hold: (id: number) => boolean = () => false): number[] => {
  const ids: number[] = [];
  for (let id = order.next(); id !== undefined; id = order.next()) {
    ids.push(id);
    if (hold(id)) order.hold(id);
    order.release(id);
  }
  return ids;
};

test('values are taken last to first where none holds on', () => {
  assert.deepEqual(taken(orderOf(sets([], [], [0, 1], [2], [0, 3], []))), [5, 4, 3, 2, 1, 0]);
});

test('what a value may still claim waits for it, and nothing else does', () => {
  const order = orderOf(sets([], [], [0], [1], [2, 3]));
  assert.deepEqual(
    taken(order, (id) => id === 3),
    [4, 3, 2, 0],
  );
  order.hold(3);
  order.release(3);
  assert.equal(order.next(), undefined);
  order.release(3);
  assert.deepEqual(taken(order), [1]);
});

test('a value that two read waits for both', () => {
  const order = orderOf(sets([], [0], [0]));
  assert.deepEqual(
    taken(order, () => true),
    [2, 1],
  );
  order.release(1);
  assert.equal(order.next(), undefined);
  order.release(2);
  assert.equal(order.next(), 0);
});
