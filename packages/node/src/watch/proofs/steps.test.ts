/** The route of proofs by steps, as far as it needs no chain: how far one dispute goes, and what becomes of a claim as data come. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { ClaimView, Exchange } from '@surety/chain';
import { ok, to0x, toHex, unwrap } from '@surety/core';
import { answerStep, decodeStepQuestion, encodeStepQuestion, type StepClaimed, stepClaim } from '@surety/proofs/zk';
import { pretended } from '../../../../proofs/test/step-lies.ts';
import { provedRun } from '../../../test/step-party.ts';
import type { Rerun } from '../route.ts';
import { stepsRoute } from './steps.ts';

let honest: StepClaimed;
before(async () => {
  const { architecture, file } = await provedRun([20, 12]);
  honest = unwrap(await stepClaim(architecture, file));
});

const { signal } = new AbortController();

const exchange = (claim: StepClaimed, question: Uint8Array): Exchange => ({
  question: to0x(question),
  askedIn: '0x',
  answer: to0x(answerStep(claim, question)),
  answeredIn: '0x',
  record: null,
});

/** One dispute about a claim, which has gone so far. */
const viewOf = ({ run }: StepClaimed, exchanges: readonly Exchange[]) =>
  ({
    claim: {
      request: { program: to0x(run.program), input: to0x(run.input) },
      output: to0x(run.output),
      trace: to0x(run.trace),
    },
    shown: [],
    disputes: [{ exchanges }],
  }) as unknown as ClaimView;

/** Whoever has the architecture alone. */
const route = () =>
  stepsRoute(
    { steps: async (id) => (id === toHex(honest.program.id) ? honest.program : null) },
    { find: async () => ok(null) },
  );

const checked = async (claim: StepClaimed, exchanges: readonly Exchange[]): Promise<Rerun> => {
  const found = await route().check(viewOf(claim, exchanges), signal);
  assert.ok(found.kind !== 'unheld');
  return found;
};

/** Questions for data until all are there. */
const shownOf = async (claim: StepClaimed): Promise<readonly Exchange[]> => {
  const exchanges: Exchange[] = [];
  for (;;) {
    const rerun = await checked(claim, exchanges);
    if (rerun.kind !== 'withheld') return exchanges;
    const step = await rerun.next(exchanges);
    assert.ok(step.kind === 'ask');
    exchanges.push(exchange(claim, new Uint8Array(Buffer.from(step.question.slice(2), 'hex'))));
  }
};

test('a claim is right or wrong as soon as the last of its data was shown, whoever asked', async () => {
  const last = honest.program.steps.findLastIndex(({ writes }) => writes.length > 0);
  const lying = pretended(honest, honest.data, (index) => index === last);
  for (const [claim, kind] of [
    [honest, 'right'],
    [lying, 'wrong'],
  ] as const) {
    const exchanges = await shownOf(claim);
    assert.equal((await checked(claim, exchanges)).kind, kind);
    assert.equal((await checked(claim, exchanges.slice(1))).kind, 'withheld');
  }
});

test('a dispute that has no question left is given up, and the next one goes on with what was shown', async () => {
  const last = honest.program.steps.findLastIndex(({ writes }) => writes.length > 0);
  const lying = pretended(honest, honest.data, (index) => index === last);
  const exchanges = await shownOf(lying);
  const nonsense = exchange(lying, encodeStepQuestion({ kind: 'chunks', first: 2 ** 31, count: 1 }));
  const spent = [...exchanges, ...new Array<Exchange>(32 - exchanges.length).fill(nonsense)];
  const wrong = await checked(lying, spent);
  assert.deepEqual(await wrong.next(spent), { kind: 'concede' });
  const begun = await wrong.next([]);
  assert.ok(begun.kind === 'ask');
  assert.equal(decodeStepQuestion(new Uint8Array(Buffer.from(begun.question.slice(2), 'hex')))?.kind, 'records');
  const blind = new Array<Exchange>(32).fill(nonsense);
  const withheld = await checked(lying, blind);
  assert.deepEqual([withheld.kind, await withheld.next(blind)], ['withheld', { kind: 'concede' }]);
});
