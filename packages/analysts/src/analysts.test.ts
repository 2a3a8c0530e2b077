import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { encode, type Json, type Subject } from '@surety/core';
import fc from 'fast-check';
import { jurors, players, pureJurors, purePlayers, rerun } from './index.ts';

const all = [...purePlayers, ...pureJurors];
const vectors = JSON.parse(readFileSync(join(import.meta.dirname, '../../../vectors/analysts.json'), 'utf8')) as {
  readings: { program: string; subject: Subject; probabilityPpm: number | null; facts: Json }[];
};

test('artefacts are the bytes that training wrote', () => {
  const directory = join(import.meta.dirname, 'artefact');
  for (const [name, most] of [
    ['origin.json', 300_000],
    ['court-origin.json', 100_000],
  ] as const) {
    const origin = JSON.parse(readFileSync(join(directory, name), 'utf8')) as { files: Record<string, string> };
    let bytes = 0;
    for (const [file, sha256] of Object.entries(origin.files)) {
      const content = readFileSync(join(directory, file));
      bytes += content.length;
      assert.equal(createHash('sha256').update(content).digest('hex'), sha256, file);
    }
    assert.ok(bytes < most, `${name}: ${bytes} bytes`);
  }
});

test('every reading of the vectors is re-run bit for bit from its program id', () => {
  for (const { program, subject, probabilityPpm, facts } of vectors.readings) {
    const reading = rerun(program, subject);
    assert.ok(reading, `${program} changed: raise its codeVersion and run scripts/vectors/analysts.ts`);
    assert.deepEqual({ probabilityPpm: reading.probabilityPpm, facts: reading.facts }, { probabilityPpm, facts });
  }
});

test('an unknown program is not re-run', () => {
  assert.equal(rerun('surety/charmodel@00', { kind: 'site', host: 'a.com' }), null);
  assert.equal(rerun('nonsense', { kind: 'site', host: 'a.com' }), null);
});

const subject: fc.Arbitrary<Subject> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }).map((host) => ({ kind: 'site', host }) as const),
  fc.record({ kind: fc.constant('token' as const), chainId: fc.nat(), address: fc.string(), symbol: fc.string() }),
  fc.record({ kind: fc.constant('address' as const), chainId: fc.nat(), address: fc.string() }),
  fc.record({ kind: fc.constant('forecast' as const), statement: fc.string() }),
);

test('every pure analyst answers anything, within its limits, in canonical facts, and says what it did not see', () => {
  fc.assert(
    fc.property(subject, (s) => {
      for (const analyst of all) {
        const reading = analyst.readSync(s);
        const p = reading.probabilityPpm;
        assert.ok(p === null || (Number.isInteger(p) && p >= 2_000 && p <= 998_000), analyst.id);
        assert.ok(reading.didNotSee.length > 0 && reading.reasons.length > 0, analyst.id);
        for (const fact of Object.values(reading.facts))
          assert.ok(typeof fact !== 'number' || Number.isSafeInteger(fact));
      }
    }),
    { numRuns: 60 },
  );
});

test('well-known sites come out benign, classic phishing does not', () => {
  const mean = (host: string) => {
    const ps = purePlayers.map((a) => a.readSync({ kind: 'site', host }).probabilityPpm).filter((p) => p !== null);
    return ps.reduce((sum, p) => sum + p, 0) / ps.length;
  };
  for (const host of ['google.com', 'ikea.com', 'stripe.com', 'wikipedia.org']) assert.ok(mean(host) < 200_000, host);
  for (const host of ['uniswap-claim-rewards.app', 'opensea.io-claim.xyz']) assert.ok(mean(host) > 900_000, host);
});

test('facts are encodable as canonical JSON', () => {
  for (const { facts } of vectors.readings) assert.ok(encode(facts).length > 0);
});

test('ids are unique; the language model is there only with an endpoint', () => {
  const llm = { protocol: 'openai', baseUrl: 'http://localhost:1/v1', apiKey: 'k', model: 'm' } as const;
  const ids = [...players({ llm }), ...jurors()].map((a) => a.id);
  assert.equal(new Set(ids).size, ids.length);
  assert.equal(
    players().some((a) => a.id === 'language-model'),
    false,
  );
  assert.ok(players().length >= 8);
});
