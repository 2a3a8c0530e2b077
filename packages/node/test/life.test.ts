import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { verifySumPath } from '@surety/chain';
import { parseStatement, type Receipt, receiptIdOf, unwrap } from '@surety/core';
import { ask } from '@surety/sdk';
import { verify } from '@surety/sdk/verify';
import { createWorld, ledgerSource, ledgerTotal, newcomer, peopleToken, until, type World } from './world.ts';

type Hex = `0x${string}`;

let world: World;
before(async () => {
  world = await createWorld();
});
after(() => world.end());

const balanced = async (): Promise<void> => {
  assert.equal(await ledgerTotal(world.node()), await ledgerSource(world.node()));
};

const predicateOf = (receipt: Receipt) => unwrap(parseStatement(receipt)).predicate;

const trusted = async (receipt: Receipt): Promise<void> => {
  const verification = await verify(receipt, { trust: world.node().trust, now: Math.floor(Date.now() / 1_000) });
  assert.equal(
    verification.verdict,
    'trusted',
    JSON.stringify(verification.checks?.filter(({ holds }) => holds !== 'shown')),
  );
};

const settled = (marketId: string, seconds = 30) =>
  until(
    () => world.client().market({ marketId }),
    ({ answer }) => answer.status === 'final',
    seconds,
  );

test('a question is answered at once, traded on, decided by a panel, settled, and every receipt verifies', async () => {
  const client = world.client();
  const { wallet } = await newcomer(client);
  const { account } = await newcomer(client);
  const asked = await ask('Is uniswap-claim-rewards.app a scam?', { client, wallet, closeSeconds: 6 });
  assert.equal(asked.kind, 'answered');
  if (asked.kind !== 'answered') return;
  const { marketId } = asked;
  assert.equal(asked.answer.outcome, 'scam');
  assert.equal(asked.answer.status, 'provisional');
  assert.equal(asked.answer.decidedBy.kind, 'market');
  assert.equal(predicateOf(asked.receipt).cover, null);
  await trusted(asked.receipt);
  await balanced();

  await account.fund(marketId, 1_000_000n);
  const bought = await account.order(marketId, { kind: 'buy', outcome: 1, sharesMicroShares: '200000' });
  assert.equal(bought.kind, 'order');
  await balanced();

  const final = await settled(marketId);
  assert.equal(final.answer.decidedBy.kind, 'panel');
  assert.equal(final.answer.outcome, 'scam');
  const receipt = (await client.marketReceipt({ marketId })) as Receipt;
  assert.equal(predicateOf(receipt).status, 'final');
  assert.notEqual(predicateOf(receipt).cover, null);
  await trusted(receipt);
  await balanced();

  const status = await client.receiptStatus({ receiptId: receiptIdOf(asked.receipt) });
  assert.equal(status.superseded, true);
  assert.equal(receiptIdOf(status.latest as Receipt), receiptIdOf(receipt));
});

test('what people overturn is marked, its cover is paid, and value is conserved', async () => {
  const client = world.client();
  const asker = await newcomer(client);
  const asked = await ask('Is metamask-restore-wallet.xyz a scam?', { client, wallet: asker.wallet, closeSeconds: 5 });
  assert.equal(asked.kind, 'answered');
  if (asked.kind !== 'answered') return;
  const { marketId } = asked;
  const decided = await until(
    () => client.market({ marketId }),
    ({ status }) => status === 'resolved',
    30,
  );
  assert.equal(decided.answer.decidedBy.kind, 'panel');
  const covered = await until(
    async () => (await client.marketReceipt({ marketId })) as Receipt,
    (receipt) => predicateOf(receipt).cover !== null,
    10,
  );
  const receiptId = receiptIdOf(covered);
  const without = await client.try.act(await signedRedeem(asker, receiptIdOf(asked.receipt as Receipt)));
  assert.equal(without.ok ? '' : without.problem.message, 'This receipt carries no cover.');
  const tooEarly = await client.try.act(await signedRedeem(asker, receiptId));
  assert.equal(tooEarly.ok ? '' : tooEarly.problem.code, 'cover.not-due');

  await balanced();
  const before = BigInt((await client.account({ address: asker.wallet.address })).balanceMicroUsd);
  const ruling = await fetch(`${world.node().url}/v1/markets/${marketId}/rulings`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'idempotency-key': `ruling-${marketId.slice(0, 20)}`,
      authorization: `Bearer ${peopleToken(world.home)}`,
    },
    body: JSON.stringify({ outcome: 1, note: 'Three people looked at it.' }),
  });
  assert.equal(ruling.status, 200, await ruling.text());
  const final = await settled(marketId);
  assert.equal(final.answer.outcome, 'legitimate');
  assert.equal(final.answer.decidedBy.kind, 'people');
  await balanced();

  await until(
    () => client.marketEvents({ marketId, limit: 500 }),
    ({ events }) =>
      events.some(({ kind, data }) => kind === 'receipt' && (data as { status: string }).status === 'overturned'),
    10,
  );
  const { result } = await client.act(await signedRedeem(asker, receiptId));
  assert.deepEqual(result.kind === 'redeem' ? result.paidMicroUsd : '', predicateOf(covered).cover?.amountMicroUsd);
  const paid = BigInt((await client.account({ address: asker.wallet.address })).balanceMicroUsd) - before;
  assert.ok(paid >= BigInt(predicateOf(covered).cover?.amountMicroUsd ?? '0'));
  const twice = await client.try.act(await signedRedeem(asker, receiptId));
  assert.equal(twice.ok ? '' : twice.problem.code, 'cover.none');
  await balanced();
});

const signedRedeem = async ({ wallet, account }: Awaited<ReturnType<typeof newcomer>>, receiptId: string) => {
  const { chainId, issuer } = await world.client().network();
  const { signAction } = await import('@surety/sdk');
  return signAction(
    { type: 'surety/action/redeem/v1', receiptId },
    { account: wallet.address, chainId, operator: issuer.address, session: account.session },
  );
};

test('a restart keeps every market, balance and receipt, and carries on where it was', async () => {
  const { wallet } = await newcomer(world.client());
  const asked = await ask('Is opensea.io a scam?', { client: world.client(), wallet, closeSeconds: 8 });
  assert.equal(asked.kind, 'answered');
  if (asked.kind !== 'answered') return;
  const total = await ledgerTotal(world.node());
  await world.restart();
  assert.equal(await ledgerTotal(world.node()), total);
  await balanced();
  const again = await world.client().market({ marketId: asked.marketId });
  assert.deepEqual(again.probabilitiesPpm, asked.market.probabilitiesPpm);
  await trusted((await world.client().receipt({ receiptId: receiptIdOf(asked.receipt) })) as Receipt);
  const final = await settled(asked.marketId, 40);
  assert.equal(final.status, 'settled');
  await balanced();
  for (const stream of await world.node().host.streams('market:', { limit: 100 })) {
    const audit = await world.node().host.audit(stream);
    assert.equal(audit.replayDigest, audit.snapshotDigest);
  }
});

test('a withdrawal is debited at once, published in a root and paid by the contract', async () => {
  const client = world.client();
  const { wallet, account } = await newcomer(client);
  const done = await account.act({ type: 'surety/action/withdraw/v1', amountMicroUsd: '40000000', to: wallet.address });
  assert.equal(done.kind, 'withdraw');
  assert.equal((await client.account({ address: wallet.address })).balanceMicroUsd, '60000000');
  const proof = await until(
    () => client.try.exitProof({ address: wallet.address }),
    (result) => result.ok && result.value.leaf.authorisedMicroUsd === '40000000',
    40,
  );
  assert.ok(proof.ok);
  const { leaf, path, index, root, totalMicroUsd } = proof.value;
  const siblings = path.map(({ hash, sumMicroUsd }) => ({ hash: hash as Hex, sumMicroUsd: BigInt(sumMicroUsd) }));
  // What the contract is shown is all in the answer.
  unwrap(
    verifySumPath(
      { hash: root as Hex, sumMicroUsd: BigInt(totalMicroUsd) },
      {
        account: leaf.account as Hex,
        authorisedMicroUsd: BigInt(leaf.authorisedMicroUsd),
        withdrawnMicroUsd: BigInt(leaf.withdrawnMicroUsd),
        cashMicroUsd: BigInt(leaf.cashMicroUsd),
        positionsMicroUsd: BigInt(leaf.positionsMicroUsd),
        positionsCommitment: leaf.positionsCommitment as Hex,
      },
      { index, siblings },
    ),
  );
  await balanced();
});
