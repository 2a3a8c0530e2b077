/** `vectors/court.json`: what the script writes, and a replay of its steps from the file alone. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { courtVectors } from '../test/vectors.ts';
import { type Candidate, type Case, type CaseEvent, heldMicroUsd, step } from './index.ts';

type Life = {
  readonly name: string;
  readonly steps: readonly {
    readonly step: { readonly after: number; readonly kind: string; readonly [field: string]: unknown };
    readonly refused?: string;
    readonly state?: {
      readonly phase: string;
      readonly credits: Readonly<Record<string, string>>;
      readonly round?: { readonly seats: readonly string[] };
      readonly burnt: string;
      readonly held: string;
    };
  }[];
};

const vectors = JSON.parse(readFileSync(new URL('../../../vectors/court.json', import.meta.url), 'utf8')) as {
  readonly pools: Readonly<Record<string, unknown>>;
  readonly scenarios: readonly Life[];
};

const START = 5_000_000;

/** Amounts and weights as bigints again. */
const read = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (name: string, item: unknown) =>
    /MicroUsd$|^weight$|^chainId$/.test(name) && typeof item === 'string' ? BigInt(item) : item,
  );

const eventOf = (written: Life['steps'][number]['step']): CaseEvent => {
  const { after, candidates, ...rest } = written;
  const pool = typeof candidates === 'string' ? { candidates: read(vectors.pools[candidates]) as Candidate[] } : {};
  return { at: START + after, ...(read(rest) as object), ...pool } as CaseEvent;
};

test('the file is what the script writes (node scripts/vectors/court.ts)', () => {
  assert.deepEqual(JSON.parse(JSON.stringify(courtVectors())), vectors);
});

for (const { name, steps } of vectors.scenarios) {
  test(`replayed: ${name}`, () => {
    let state: Case | undefined;
    for (const { step: written, refused, state: seen } of steps) {
      const next = step(state, eventOf(written));
      if (refused !== undefined) {
        assert.equal(next.kind === 'refused' ? next.problem.code : 'accepted', refused);
        continue;
      }
      assert.ok(next.kind === 'accepted', written.kind);
      state = next.state;
      assert.equal(state.phase.kind, seen!.phase);
      for (const [who, amount] of Object.entries(seen!.credits))
        assert.equal(`${state.credits.get(who) ?? 0n}`, amount);
      if (seen!.round !== undefined)
        assert.deepEqual(
          state.rounds.at(-1)!.seats.map(({ juror }) => juror),
          seen!.round.seats,
        );
      assert.equal(`${state.burntMicroUsd}`, seen!.burnt);
      assert.equal(`${heldMicroUsd(state)}`, seen!.held);
    }
    assert.ok(state?.phase.kind === 'final' || state?.phase.kind === 'undecided');
  });
}
