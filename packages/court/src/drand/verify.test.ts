import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PUBLISHED } from '../../test/drand-rounds.ts';
import { DEFAULT, type DrandRound, QUICKNET, roundAt, verifyDrand } from './index.ts';

const codeOf = (network: typeof QUICKNET, round: DrandRound): string => {
  const result = verifyDrand(network, round);
  return result.ok ? 'ok' : `${result.problem.code} ${result.problem.field}`;
};

test('rounds that the networks published verify, to the randomness that they published', () => {
  for (const { network, randomness, ...round } of PUBLISHED) {
    assert.deepEqual(verifyDrand(network, round), { ok: true, value: randomness });
  }
});

test('another round, another signature, another network and another past are refused', () => {
  const [first, second, genesis, late] = PUBLISHED;
  assert.equal(codeOf(QUICKNET, { ...first, round: 1_001 }), 'beacon.signature signature');
  assert.equal(codeOf(QUICKNET, { ...first, signature: second.signature }), 'beacon.signature signature');
  assert.equal(codeOf(DEFAULT, { ...late, round: late.round + 1 }), 'beacon.signature signature');
  assert.equal(
    codeOf(DEFAULT, { ...late, previousSignature: late.signature }),
    'beacon.signature signature',
    'chained to another past',
  );
  const forged = { ...QUICKNET, publicKey: `${QUICKNET.publicKey.slice(0, -1)}b` };
  assert.equal(codeOf(forged, first), 'beacon.signature signature');
  assert.equal(codeOf(DEFAULT, first), 'beacon.malformed signature');
  assert.equal(
    codeOf(DEFAULT, { ...genesis, previousSignature: late.previousSignature }),
    'beacon.malformed previousSignature',
  );
});

test('what is no point of the subgroup is refused', () => {
  const [first] = PUBLISHED;
  const flipped = `b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e3a`;
  const infinity = `c0${'0'.repeat(94)}`;
  for (const signature of [flipped, infinity, 'ff'.repeat(48)]) {
    assert.equal(codeOf(QUICKNET, { ...first, signature }), 'beacon.signature signature');
  }
  for (const signature of ['', 'b4', first.signature.toUpperCase(), `0x${first.signature.slice(2)}`]) {
    assert.equal(codeOf(QUICKNET, { ...first, signature }), 'beacon.malformed signature');
  }
  for (const round of [0, -1, 1.5, Number.NaN]) {
    assert.equal(codeOf(QUICKNET, { ...first, round }), 'beacon.malformed round');
  }
});

test('the round of a moment is the first at or after it', () => {
  const { genesisSeconds: genesis } = QUICKNET;
  assert.deepEqual(
    [genesis - 5, genesis, genesis + 1, genesis + 3, genesis + 4].map((at) => roundAt(QUICKNET, at)),
    [1, 1, 2, 2, 3],
  );
});
