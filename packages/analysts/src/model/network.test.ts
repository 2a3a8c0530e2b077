import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromBase64, unwrap } from '@surety/core';
import { bytesSource, createEngine, readProgram, tensor } from '@surety/programs';
import stored from '../artefact/juror-network.json' with { type: 'json' };
import { hostParts } from '../host.ts';
import { charactersOf } from '../tensor/adapter.ts';
import { networkScorer } from './network.ts';

const HOSTS = ['uniswap-claim-rewards.app', 'google.com', 'a.b', `${'very-long-'.repeat(6)}name.finance`];

test('the shipped network is a tensor program: the fast engine gives what the juror says', async () => {
  const score = networkScorer(stored.network);
  const program = unwrap(readProgram(bytesSource(unwrap(fromBase64(stored.network.program)))));
  const engine = unwrap(await createEngine(program));
  const [{ dtype, shape }] = [program.inputs[0]!];
  const { mantissa, exponent } = program.outputs[0]!.encoding;
  for (const host of HOSTS) {
    const parts = hostParts(host);
    const { values } = charactersOf({ kind: 'characters', ...stored.network.input }, parts.registrable);
    const { outputs } = unwrap(await engine.run([tensor(dtype, shape, values)]));
    const [against, scam] = outputs[0]!.values;
    assert.equal(score(parts), Math.round((scam! - against!) * 1000 * mantissa * 2 ** exponent), host);
  }
});

test('it reads the registered name alone', () => {
  const score = networkScorer(stored.network);
  assert.equal(score(hostParts('login.wallet.example.com')), score(hostParts('example.com')));
});

test('a damaged program is refused', () => {
  assert.throws(() => networkScorer({ ...stored.network, program: stored.network.program.slice(0, 400) }), {
    code: 'program.malformed',
  });
});
