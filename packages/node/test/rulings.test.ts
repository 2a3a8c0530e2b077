/** What people decide on a real node: what was drawn, settled long ago, or left to a record. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { parseStatement, type Receipt, type ReceiptPredicate, unwrap } from '@surety/core';
import { ask } from '@surety/sdk';
import { verify } from '@surety/sdk/verify';
import { createWorld, ledgerSource, ledgerTotal, newcomer, peopleToken, until, type World } from './world.ts';

let world: World;
before(async () => {
  world = await createWorld({ SURETY_CHALLENGE_SECONDS: '4' });
});
after(() => world.end());

const predicateOf = (receipt: Receipt): ReceiptPredicate => unwrap(parseStatement(receipt)).predicate;

/** The newest receipt once it says what is waited for; it must verify, and the books must balance. */
const receiptWhen = async (marketId: string, holds: (predicate: ReceiptPredicate) => boolean): Promise<Receipt> => {
  const receipt = await until(
    async () => (await world.client().marketReceipt({ marketId })) as Receipt,
    (each) => holds(predicateOf(each)),
    40,
  );
  const now = Math.floor(Date.now() / 1_000);
  const { verdict, checks } = await verify(receipt, { trust: world.node().trust, now });
  const broken = checks.filter(({ holds: each }) => each === 'refuted');
  assert.equal(verdict, 'trusted', JSON.stringify(broken));
  assert.equal(await ledgerTotal(world.node()), await ledgerSource(world.node()));
  return receipt;
};

const opened = async (question: string) => {
  const client = world.client();
  const person = await newcomer(client);
  const asked = await ask(question, { client, wallet: person.wallet, closeSeconds: 5 });
  assert.ok(asked.kind === 'answered');
  return { ...person, marketId: asked.marketId };
};

let rulings = 0;
const rule = (marketId: string, outcome: number | null): Promise<number> => {
  rulings += 1;
  return fetch(`${world.node().url}/v1/markets/${marketId}/rulings`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'idempotency-key': `ruling-${rulings}`,
      authorization: `Bearer ${peopleToken(world.home)}`,
    },
    body: JSON.stringify({ outcome, note: 'Three people looked at it.' }),
  }).then(({ status }) => status);
};

const needsPeople = async (marketId: string): Promise<boolean> =>
  (await world.client().market({ marketId })).needsPeople === true;

test('people who cannot tell end a question: all is refunded', async () => {
  const { marketId } = await opened('Is metamask-restore-wallet.xyz a scam?');
  await receiptWhen(marketId, ({ decidedBy }) => decidedBy.kind === 'panel');
  assert.equal(await rule(marketId, null), 200);
  const final = predicateOf(await receiptWhen(marketId, ({ status }) => status === 'final'));
  assert.deepEqual([final.outcome, final.decidedBy.kind, final.costMicroUsd], [null, 'undecided', '0']);
  assert.ok(!(await needsPeople(marketId)));
});

test('a settled answer is confirmed once, then overturned visibly; stakes stay where they are', async () => {
  const { marketId, wallet } = await opened('Is uniswap-claim-rewards.app a scam?');
  const settled = await receiptWhen(marketId, ({ status }) => status === 'final');
  const balance = async () => (await world.client().account({ address: wallet.address })).balanceMicroUsd;
  const before = await balance();
  const { outcome, claim, cover } = predicateOf(settled);
  const said = claim.outcomes.indexOf(outcome ?? '');
  assert.equal(await rule(marketId, said), 200);
  const confirmed = predicateOf(await receiptWhen(marketId, ({ decidedBy }) => decidedBy.kind === 'people'));
  assert.deepEqual(confirmed.cover, cover);
  assert.equal(await rule(marketId, said), 409);
  assert.equal(await rule(marketId, 1 - said), 200);
  await receiptWhen(marketId, (each) => each.status === 'final' && each.outcome !== outcome);
  const marks = await until(
    async () => (await world.client().marketEvents({ marketId, limit: 500 })).events,
    (events) => events.filter(({ data }) => (data as { status?: string }).status === 'overturned').length >= 3,
    20,
  );
  assert.equal(marks.filter(({ kind }) => kind === 'settled').length, 1);
  assert.equal(marks.filter(({ kind }) => kind === 'graded').length, 2);
  const answer = await world.client().market({ marketId });
  assert.equal(answer.answer.status, 'final');
  assert.equal(await balance(), before);
});

test('a question with a named record waits for it, and rests on it', async () => {
  const { marketId } = await opened(
    'Will it rain in Paris by 2027-06-01 according to MeteoFrance https://meteofrance.com/previsions/paris?',
  );
  await until(
    () => world.client().market({ marketId }),
    ({ status }) => status === 'closed',
    30,
  );
  assert.equal(await rule(marketId, 0), 200);
  const final = predicateOf(await receiptWhen(marketId, ({ status }) => status === 'final'));
  assert.deepEqual([final.outcome, final.decidedBy.kind], ['yes', 'official']);
  assert.ok(final.evidence.some(({ kind }) => kind === 'official-record'));
  assert.equal(await rule(marketId, 1), 200);
  const later = predicateOf(await receiptWhen(marketId, ({ outcome }) => outcome === 'no'));
  assert.equal(later.evidence.filter(({ kind }) => kind === 'official-record').length, 1);
});

test('what is left by its last root can be shown to the contract', async () => {
  const { wallet } = await newcomer(world.client());
  const proof = await until(
    () => world.client().try.exitProof({ address: wallet.address }),
    (each) => each.ok && each.value.leaf.cashMicroUsd === '100000000',
    40,
  );
  assert.ok(proof.ok && proof.value.path.length > 0);
});
