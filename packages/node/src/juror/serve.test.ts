import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import {
  type Chain,
  type ContractCase,
  connect,
  createCourtBook,
  readCourtMoney,
  readJuror,
  submit,
} from '@surety/chain';
import { OUTCOME, unwrap } from '@surety/core';
import { BOND_UNITS, DRAND, STAKE_UNITS } from '../../../chain/test/court-world.ts';
import { CLAIM, FAMILIES, type JurorWorld, PRICE_UNITS, QUESTION, startJurorWorld } from '../../test/juror-world.ts';
import { type Message, type ProgramProcess, startProgram } from '../../test/program-process.ts';
import { drandRounds } from '../drand.ts';
import { builtInJuror, mayServeOn } from './built-in.ts';
import { createClaimTexts } from './claim-text.ts';
import { createKeptVotes } from './kept-votes.ts';
import type { ServeTask } from './main.ts';
import { createJurorService, type JurorOptions } from './service.ts';

let world: JurorWorld;
let freelancer: Chain;
let client: Chain;

before(async () => {
  world = await startJurorWorld();
  freelancer = await world.member('freelancer');
  client = await world.member('client');
  await world.deposit(freelancer, 5n * BOND_UNITS);
  await world.deposit(client, 20n * BOND_UNITS);
});
after(() => world?.stop());

const look = async (caseId: bigint): Promise<ContractCase> => {
  const seen = unwrap(await createCourtBook(client, world.setting, { fromBlock: 0n }).read());
  const { held, booked } = await world.balance(seen);
  assert.equal(held, booked, 'money of the contract = sum of the book');
  return seen.cases.find(({ id }) => id === caseId)!;
};

/** Accepted, says the freelancer; the client puts twice the bond on the contrary, so that the published round draws the panel. */
const contest = async (caseId: bigint): Promise<ContractCase> => {
  await world.nextAt(DRAND.seconds - 1_000);
  await world.must(freelancer, { kind: 'court-propose', caseId, outcome: 0, bondUnits: BOND_UNITS, payWei: 0n });
  await look(caseId);
  await world.nextAt(DRAND.seconds - 60);
  const all = { rung: 1, amountUnits: 10n * BOND_UNITS, beforeUnits: 0n, payWei: 0n };
  await world.must(client, { kind: 'court-fund', caseId, outcome: 1, ...all });
  const called = await look(caseId);
  await world.mineAt(DRAND.seconds);
  return called;
};

type Life = {
  readonly process: ProgramProcess;
  readonly told: Message[];
  readonly until: (what: string) => Promise<Message>;
};

/** A juror's service as people run it. */
const serve = (i: number, more: Partial<ServeTask> = {}): Life => {
  const task: ServeTask = {
    ...{ home: world.folder(`juror ${i}`), court: world.setting.court, family: FAMILIES[i]!, nodes: [] },
    ...{ drandUrl: world.drandUrl, keeps: 'own', once: false, pollSeconds: 0.05 },
    ...{ coinUnits: null, floorUnits: '0' },
    ...more,
  };
  const by = { rpcUrl: world.local.rpcUrl, key: world.keyOf(`juror ${FAMILIES[i]}`) };
  const process = startProgram('juror/main.ts', by, task);
  const told: Message[] = [];
  const lines = process.messages[Symbol.asyncIterator]();
  const until = async (what: string): Promise<Message> => {
    for (;;) {
      const next = await lines.next();
      if (next.done) return assert.fail(`ended before ${what}: ${JSON.stringify(told)}`);
      told.push(next.value);
      if (next.value.kind === what || next.value.move === what) return next.value;
    }
  };
  return { process, told, until };
};

test('three services judge what an escrow asks; each is killed wherever it hurts, and nothing is lost or done twice', async (t) => {
  const snapshot = await world.local.rpc('evm_snapshot');
  t.after(() => world.local.rpc('evm_revert', [snapshot]));
  const escrow = await world.openEscrow();
  const before = await world.dollars(freelancer);
  const caseId = await escrow.handIn(client, freelancer);
  const { panel } = (await contest(caseId)).rounds[0]!;
  const lives = FAMILIES.map((_, i) => serve(i));
  t.after(() => Promise.all(lives.map(({ process }) => process.kill())));
  const settled = async (state: (of: ContractCase) => boolean): Promise<ContractCase> => {
    for (let tries = 0; ; tries++) {
      const of = await look(caseId);
      if (state(of)) return of;
      assert.ok(
        tries < 300,
        JSON.stringify([lives.map(({ told }) => told), of.state], (_, v) => (typeof v === 'bigint' ? `${v}` : v)),
      );
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  await settled((of) => of.rounds[0]!.seats.length === 3);
  await world.mineAt(panel.drawEndsAt);

  // One dies as soon as it has a vote, one when it has committed; both come back and know what they said.
  const said = await lives[0]!.until('vote');
  await lives[0]!.process.kill();
  await lives[1]!.until('commit');
  await lives[1]!.process.kill();
  lives[0] = serve(0);
  const all = await settled((of) => of.rounds[0]!.seats.every(({ state }) => state === 'committed'));
  await world.mineAt(panel.commitEndsAt);
  lives[1] = serve(1);
  const ruled = await settled((of) => of.state === 'appealable');
  assert.deepEqual(
    ruled.rounds[0]!.seats.map(({ vote, commitment }) => [vote, commitment]),
    all.rounds[0]!.seats.map(({ commitment }) => [0, commitment]),
    'three votes for “scam”, each the one that was committed to',
  );
  assert.match(String(said.why), /^“scam”, 99\.\d+ % sure/);

  await world.mineAt(ruled.endsAt!);
  const final = await settled(
    (of) => of.state === 'final' && of.rounds[0]!.seats.every((seat) => seat.settled !== null),
  );
  assert.deepEqual([final.standing, final.calledBack], [0, true]);
  assert.equal(await world.dollars(freelancer), before + PRICE_UNITS, 'the escrow has paid');
  for (const by of world.jurors) {
    const juror = unwrap(await readJuror(client, world.setting, by.account!.address));
    assert.deepEqual([juror?.lockedUnits, juror?.stakeUnits], [0n, STAKE_UNITS]);
    const money = unwrap(await readCourtMoney(client, world.setting, by.account!.address));
    assert.equal(money.balanceUnits, 10_000n, 'paid once');
  }
  await Promise.all([lives[2]!.until('ended'), lives[2]!.process.kill('SIGTERM')]);
});

const optionsFor = (i: number, home: string, more: Partial<JurorOptions> = {}): JurorOptions => {
  const chain = world.jurors[i]!;
  const { court, panels, jurors } = world.setting;
  const at = { court, panels, jurors };
  return {
    ...{ chain, contracts: world.contracts, court: at, me: chain.account!.address, keeps: 'own' },
    juror: unwrap(builtInJuror(FAMILIES[i]!)),
    texts: createClaimTexts({ chain, fromBlock: 0n, nodes: [] }),
    votes: createKeptVotes(world.folder(home)),
    drand: drandRounds({ mode: 'on', url: world.drandUrl, onError: (cause) => assert.fail(String(cause)) }),
    book: createCourtBook(chain, at, { fromBlock: 0n }),
    now: () => 0,
    terms: { coinUnits: 0n, floorUnits: 0n },
    ...{ publish: async () => null, onUnpublished: () => undefined },
    onVote: () => undefined,
    onMove: () => undefined,
    onTrouble: (move, problem) => assert.fail(JSON.stringify([move.kind, problem])),
    ...more,
  };
};

test('a vote is on the disk before anybody hears of it, and is the only one whatever is said later', async (t) => {
  const snapshot = await world.local.rpc('evm_snapshot');
  t.after(() => world.local.rpc('evm_revert', [snapshot]));
  // Nobody publishes this one.
  const caseId = await world.ask(client, `0x${'77'.repeat(32)}`);
  const { panel } = (await contest(caseId)).rounds[0]!;
  const troubles: string[] = [];
  const crash = createJurorService(
    optionsFor(0, 'crash', {
      onVote: () => {
        throw new RangeError('killed');
      },
      onTrouble: (move, { message }) => troubles.push(`${move.kind} ${message}`),
    }),
  );
  unwrap(await crash.tick());
  await world.mineAt(panel.drawEndsAt);
  unwrap(await crash.tick());
  assert.deepEqual(troubles, [], 'it waits for the text while there is time');
  await world.mineAt(panel.drawEndsAt + 450);
  unwrap(await crash.tick());
  unwrap(await crash.tick());
  const me = world.jurors[0]!.account!.address;
  const seat = {
    chainId: 31337,
    court: world.setting.court,
    caseId,
    question: `0x${'77'.repeat(32)}`,
    round: 1,
    juror: me,
  } as const;
  const kept = createKeptVotes(world.folder('crash')).find(seat);
  assert.equal(kept?.vote, OUTCOME.abstain);
  assert.match(kept?.why ?? '', /^Abstained\. Nobody published a claim/);
  assert.equal((await look(caseId)).rounds[0]!.seats.find(({ juror }) => juror === me)?.state, 'committed');

  // A service without the file cannot open the seat, and says so; with it, it does.
  await world.mineAt(panel.commitEndsAt);
  const lost: string[] = [];
  unwrap(
    await createJurorService(
      optionsFor(0, 'elsewhere', { onTrouble: (move, { code }) => lost.push(`${move.kind} ${code}`) }),
    ).tick(),
  );
  assert.deepEqual(lost, ['reveal court.commitment-differs']);
  unwrap(await createJurorService(optionsFor(0, 'crash')).tick());
  assert.equal((await look(caseId)).rounds[0]!.seats.find(({ juror }) => juror === me)?.vote, OUTCOME.abstain);
});

test('where drand does not come the chain’s own block draws, and silence ends a case by the clock', async (t) => {
  const snapshot = await world.local.rpc('evm_snapshot');
  t.after(() => world.local.rpc('evm_revert', [snapshot]));
  const caseId = await world.ask(client, QUESTION);
  const { panel } = (await contest(caseId)).rounds[0]!;
  await world.local.rpc('anvil_mine', ['0x70']);
  const service = createJurorService(optionsFor(1, 'fallback', { drand: async () => null, keeps: 'all' }));
  unwrap(await service.tick());
  assert.equal((await look(caseId)).rounds[0]!.beacon, null, 'not before its time');
  await world.mineAt(panel.fallbackAt);
  unwrap(await service.tick());
  const { beacon, seats } = (await look(caseId)).rounds[0]!;
  assert.deepEqual([beacon?.byFallback, seats.length], [true, 3]);
  for (let steps = 0; steps < 20; steps++) {
    const of = await look(caseId);
    if (of.state === 'undecided') break;
    const last = of.rounds.at(-1)!;
    await world.mineAt(last.result === null ? last.panel.revealEndsAt : of.endsAt!);
    unwrap(await service.tick());
  }
  const over = await look(caseId);
  assert.deepEqual([over.state, over.standing, over.rounds.length], ['undecided', null, 2]);
  const early = await submit(client, world.contracts, { kind: 'court-finalise', at: world.setting, caseId });
  assert.equal(early.kind, 'already');
});

test('a text is found at a node too, and one about something else is not what was asked', async (t) => {
  const texts = createClaimTexts({ chain: client, fromBlock: 0n, nodes: ['http://127.0.0.1:1'] });
  const { number } = await client.reader.getBlock();
  const none = await texts.find(`0x${'12'.repeat(32)}`, 2, number);
  assert.match(none.kind === 'missing' ? none.why : '', /on the chain or at http:\/\/127\.0\.0\.1:1/);
  const node = createServer((_, response) => response.end(JSON.stringify({ claim: CLAIM })));
  t.after(() => node.close());
  await new Promise<void>((resolve) => node.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(node.address() as AddressInfo).port}`;
  const near = createClaimTexts({ chain: client, fromBlock: 0n, nodes: [url] });
  assert.deepEqual(await near.find(QUESTION, 2, number), { kind: 'found', claim: CLAIM, from: 'node' });
  assert.equal((await near.find(QUESTION, 3, number)).kind, 'missing');
  assert.equal((await near.find(`0x${'34'.repeat(32)}`, 2, number)).kind, 'missing', 'another claim than was asked');
});

test('stand-ins do not sit where money is real, and nobody serves who has not joined', async (t) => {
  assert.equal(unwrap(mayServeOn(31337)), true);
  const real = mayServeOn(1);
  assert.equal(real.ok ? '' : real.problem.code, 'network.development-only');
  assert.equal(builtInJuror('nobody').ok, false);
  const stranger = serve(0, { family: 'words' });
  t.after(() => stranger.process.kill());
  const said = await stranger.until('refused');
  assert.equal((said.problem as { code: string }).code, 'court.registry');
  const reader = unwrap(await connect(world.local.rpcUrl));
  assert.equal(unwrap(await readJuror(reader, world.setting, client.account!.address)), null);
});
