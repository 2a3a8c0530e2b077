/** Tensor programs on a whole node: one plays as built in, others report what they say, and receipts are run again. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type AnalystReport, parseStatement, type QuestionClaim, type Receipt, unwrap } from '@surety/core';
import { ask, SuretyError } from '@surety/sdk';
import { publishModel, storeFile } from '@surety/sdk/models';
import { HeldPrograms, readFolder, tensorBelief, tensorPlayer } from '@surety/sdk/tensor';
import { readTrust, verify } from '@surety/sdk/verify';
import { trainedSiteNames } from '../../analysts/test/site-names.ts';
import { createWorld, newcomer, type World } from './world.ts';

let world: World;
let folder: string;
let outside: string;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'surety-programs-'));
  outside = mkdtempSync(join(tmpdir(), 'surety-programs-'));
  const write = async (to: string, name: string, seed: number): Promise<void> => {
    const { bytes, adapter } = await trainedSiteNames({ seed });
    writeFileSync(join(to, 'net.program'), bytes);
    writeFileSync(join(to, 'net.adapter.json'), JSON.stringify({ ...adapter, name, family: `tensor:${name}` }));
  };
  await write(folder, 'site-names', 7);
  await write(outside, 'other-names', 8);
  world = await createWorld({ SURETY_PROGRAMS: folder, SURETY_PROGRAM_PLAYERS: 'site-names' });
});
after(async () => {
  await world?.end();
  for (const each of [folder, outside]) rmSync(each, { recursive: true, force: true });
});

const filesOf = (of: string) => tensorPlayer(join(of, 'net.program'), join(of, 'net.adapter.json'));
const reportsOf = (receipt: Receipt): readonly AnalystReport[] =>
  unwrap(parseStatement(receipt)).predicate.evidence.flatMap((piece) =>
    piece.kind === 'analyst-report' && piece.execution !== undefined ? [piece] : [],
  );
/** What a verifier that holds a folder finds of the reports of tensor programs. */
const findings = async (receipt: Receipt, held: HeldPrograms) => {
  const trust = unwrap(readTrust((await world.client().network()).trust));
  const result = await verify(receipt, { trust, now: Math.floor(Date.now() / 1_000), held });
  const found = result.links.program.filter(({ summary }) => summary.includes('program:'));
  return { verdict: result.verdict, holds: found.map(({ holds }) => holds) };
};

test('the seated program plays, and its answer is shown by whoever holds it', async () => {
  const client = world.client();
  const { wallet, account } = await newcomer(client);
  const asked = await ask('Is uniswap-claim-rewards.app a scam?', { client, wallet, closeSeconds: 20 });
  assert.ok(asked.kind === 'answered');
  const receipt = asked.receipt as Receipt;
  const { held } = unwrap(readFolder(folder));
  const [report] = reportsOf(receipt);
  assert.equal(report?.program, `program:${held.ids[0]}`);
  assert.deepEqual(await findings(receipt, held), { verdict: 'trusted', holds: ['shown'] });
  assert.deepEqual(await findings(receipt, new HeldPrograms()), { verdict: 'trusted', holds: ['not-shown'] });
  const { marketId } = asked;
  const market = await client.market({ marketId });
  const seat = market.evidence.find(({ evidence }) => evidence.kind === 'analyst-report' && evidence.execution);
  assert.ok(seat, 'the market lists the report');
  assert.ok(
    market.players.some(({ label }) => label === 'site-names'),
    JSON.stringify(market.players),
  );

  // Another program plays from outside: nobody here could tell a false report of it, until it is published.
  const player = unwrap(await filesOf(outside));
  const at = Math.floor(Date.now() / 1_000);
  const claim = market.claim as QuestionClaim;
  const own = await tensorBelief(player, claim, { atSeconds: at });
  assert.ok(own);
  await account.fund(marketId, 1_000_000n);
  const refused = (report: AnalystReport, code: string, next: RegExp) =>
    assert.rejects(account.attach(marketId, report), (error) => {
      assert.ok(error instanceof SuretyError);
      assert.equal(error.code, code, error.message);
      assert.match(error.problem.next, next);
      return true;
    });
  const { id: program } = player.held;
  const known = () => client.program({ program });
  assert.deepEqual(await known(), { program, held: false });
  await refused(own.report, 'evidence.unknown-program', /surety model publish FILE --name NAME.*--hidden/);
  const bytes = new Uint8Array(readFileSync(join(outside, 'net.program')));
  const file = { size: bytes.length, read: (from: number, length: number) => bytes.subarray(from, from + length) };
  await storeFile(client, account, { kind: 'programs', id: program, file });
  assert.equal((await known()).held, false, 'stored, and not yet published');
  const commitment = { kind: 'open', program } as const;
  await publishModel(account, { name: 'other-names', commitment, revealBy: null, bondMicroUsd: 0n });
  assert.deepEqual(await known(), { program, held: true });

  // What the node holds or what is published cannot be lied about, and may be repeated by anybody.
  const built = unwrap(await filesOf(folder));
  const same = await tensorBelief(built, claim, { name: 'echo', atSeconds: at });
  assert.ok(same);
  for (const { report: truth, probabilityPpm } of [own, same]) {
    const execution = truth.execution!;
    for (const lie of [
      { ...truth, probabilityPpm: probabilityPpm + 1 },
      { ...truth, execution: { ...execution, outputs: '00'.repeat(32) } },
    ])
      await refused(lie, 'evidence.refuted', /what the program says/);
    const unfit = { ...(execution.adapter as object), reads: ['message'] };
    await refused({ ...truth, execution: { ...execution, adapter: unfit } }, 'evidence.unknown-program', /adapter/);
  }
  await account.attach(marketId, own.report);
  await account.attach(marketId, same.report);

  const deadline = Date.now() + 60_000;
  let last = receipt;
  while (reportsOf(last).length < 3) {
    assert.ok(Date.now() < deadline, 'no receipt with all reports');
    await new Promise((resolve) => setTimeout(resolve, 300));
    last = (await client.marketReceipt({ marketId })) as Receipt;
  }
  const decided = unwrap(parseStatement(last)).predicate;
  assert.equal(decided.decidedBy.kind, 'panel', 'a panel could sit beside a player whose data is stated');
  assert.deepEqual((await findings(last, held)).holds.toSorted(), ['not-shown', 'shown', 'shown']);
  held.add(unwrap(await filesOf(outside)).held);
  assert.deepEqual(await findings(last, held), { verdict: 'trusted', holds: ['shown', 'shown', 'shown'] });
});
