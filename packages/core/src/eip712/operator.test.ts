import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wrongOperator } from './operator.ts';
import { addressOfSecretKey } from './sign.ts';

const a = addressOfSecretKey(new Uint8Array(32).fill(1));
const b = addressOfSecretKey(new Uint8Array(32).fill(2));

test('what is signed for operator A is refused by operator B, naming the field and both operators', () => {
  const problem = wrongOperator(a, b, 'action.operator');
  assert.deepEqual(
    [problem?.code, problem?.field, problem?.value, problem?.limit],
    ['signature.wrong-operator', 'action.operator', a, b],
  );
  assert.equal(wrongOperator(a, a, 'action.operator'), null);
});
