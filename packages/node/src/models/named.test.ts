import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ok, refuse } from '@surety/core';
import { namedFiles } from './named.ts';

const TRACE = 'ab'.repeat(32);
const PROGRAM = 'cd'.repeat(32);
const host = { streams: async () => [], state: async () => assert.fail('there are no models') };

test('data of claims and architectures are named while a claim is open, and all of them where the chain cannot be read', async () => {
  const claim = (state: string) => ({
    state,
    claim: { trace: `0x${TRACE.toUpperCase()}`, request: { program: `0x${PROGRAM.toUpperCase()}` } },
  });
  const named = async (...states: string[]) => {
    const isNamed = await namedFiles(host as never, async () => ok({ claims: states.map(claim) } as never));
    assert.equal(isNamed('architectures', PROGRAM), isNamed('proofs', TRACE));
    return isNamed('proofs', TRACE);
  };
  assert.deepEqual(
    [await named('open'), await named('final'), await named('void', 'open'), await named()],
    [true, false, true, false],
  );
  const away = await namedFiles(host as never, async () =>
    refuse({ code: 'chain.unreachable', message: 'It is away.', next: 'Wait.' }),
  );
  assert.deepEqual(
    [away('proofs', TRACE), away('architectures', PROGRAM), away('programs', TRACE)],
    [true, true, false],
  );
});
