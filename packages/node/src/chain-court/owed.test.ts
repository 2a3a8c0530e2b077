import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ContractCase, ContractSeat } from '@surety/chain';
import { owedOf } from './owed.ts';
import { servingOf } from './serving.ts';

type Hex = `0x${string}`;

const [A, B]: readonly Hex[] = [`0x${'aa'.repeat(20)}`, `0x${'bb'.repeat(20)}`];

const seat = (place: number, state: ContractSeat['state'], settled = false): ContractSeat => ({
  ...{ seat: place, juror: B!, state, commitment: null, vote: null, reading: null },
  settled: settled ? { paidUnits: 1n, lostUnits: 0n } : null,
});

const paid = (rung: number, outcome: number, contributor: Hex, collectedUnits: bigint | null = null) => ({
  ...{ rung, outcome, contributor, amountUnits: 5n, collectedUnits },
});

/** A proposal of 0 by A, a challenge for 1 by B, and crumbs for 2 and for the next rung. */
const caseIn = (state: ContractCase['state'], ruled: boolean): ContractCase =>
  ({
    ...{ state, standing: 0 },
    rungs: [0, 1].map((outcome) => ({ outcome, bondUnits: 5n, feesUnits: 0n })),
    contributions: [paid(0, 0, A!), paid(1, 1, B!), paid(1, 2, A!), paid(2, 1, B!), paid(0, 0, B!, 1n)],
    rounds: [
      {
        number: 1,
        result: { ruled, outcome: ruled ? 0 : null },
        panel: { drawn: 'not' },
        seats: [seat(0, 'revealed'), seat(1, 'shown'), seat(2, 'drawn', true)],
      },
    ],
    policy: { rounds: [3, 7, 15, 31].map((seats) => ({ seats, feeUnits: 10_000n })) },
  }) as unknown as ContractCase;

const said = (of: ContractCase): readonly string[] =>
  owedOf(of).map((each) =>
    each.kind === 'seat'
      ? `seat ${each.seat} of round ${each.round}`
      : `rung ${each.rung} for ${each.outcome} of ${each.account === A ? 'A' : 'B'}`,
  );

test('while a case runs only what did not fill a rung can be fetched', () => {
  assert.deepEqual(said(caseIn('appealable', true)), ['rung 1 for 2 of A']);
});

test('once it has ended everything can but what was lost, and what was fetched', () => {
  const unfilled = ['rung 1 for 2 of A', 'rung 2 for 1 of B', 'seat 0 of round 1'];
  assert.deepEqual(said(caseIn('final', true)), ['rung 0 for 0 of A', ...unfilled]);
  const all = ['rung 0 for 0 of A', 'rung 1 for 1 of B', ...unfilled];
  assert.deepEqual(said(caseIn('undecided', true)), all);
  assert.deepEqual(said(caseIn('final', false)), all, 'without a ruling every bond goes back');
});

test('a fee is weighed of the panel that is to be drawn, and of none that judges or comes no more', () => {
  const price = { gasPriceWei: 10n ** 9n, coinUnits: 10n ** 9n };
  const asked = { ...caseIn('asked', false), rounds: [] };
  const first = servingOf(asked, price)!;
  assert.deepEqual([first.round, first.feeMicroUsd, Number(first.costMicroUsd)], [1, '10000', first.gas]);
  assert.equal(servingOf(asked, null)!.costMicroUsd, null);
  assert.equal(servingOf(caseIn('appealable', true), price)!.round, 2);
  const running = (drawn: string) => {
    const of = caseIn('drawing', false);
    return { ...of, rounds: of.rounds.map((round) => ({ ...round, result: null, panel: { ...round.panel, drawn } })) };
  };
  assert.equal(servingOf(running('not') as ContractCase, price)!.round, 1);
  assert.equal(servingOf(running('whole') as ContractCase, price), null);
  assert.equal(servingOf(caseIn('final', true), price), null);
});
