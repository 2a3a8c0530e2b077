import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { ACTION_MAX_SECONDS, decodeNonces, encodeNonces, isSpent, NO_NONCES, spend } from './nonces.ts';

it('a nonce counts once spent, until an action with it can no longer be alive', () => {
  let nonces = spend(NO_NONCES(), 'a', 1_000);
  assert.ok(isSpent(nonces, 'a'));
  nonces = spend(nonces, 'b', 1_000 + ACTION_MAX_SECONDS);
  assert.ok(isSpent(nonces, 'a') && isSpent(nonces, 'b'));
  nonces = spend(nonces, 'c', 1_000 + 3 * ACTION_MAX_SECONDS);
  assert.ok(!isSpent(nonces, 'a') && !isSpent(nonces, 'b') && isSpent(nonces, 'c'));
});

it('what a refused step spent never counts, however the state goes on', () => {
  const step = fc.record({ value: fc.nat(20), refused: fc.boolean(), wait: fc.constantFrom(0, 1, ACTION_MAX_SECONDS) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let nonces = NO_NONCES();
      let clean = NO_NONCES();
      let at = 1_000;
      for (const { value, refused, wait } of steps) {
        at += wait;
        assert.equal(isSpent(nonces, `${value}`), isSpent(clean, `${value}`));
        if (isSpent(nonces, `${value}`)) continue;
        const next = spend(nonces, `${value}`, at);
        if (refused) continue;
        nonces = next;
        clean = spend(clean, `${value}`, at);
        assert.deepEqual(encodeNonces(nonces), encodeNonces(clean));
        assert.deepEqual(encodeNonces(decodeNonces(encodeNonces(nonces))), encodeNonces(clean));
      }
    }),
  );
});
