import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { unwrap } from '@surety/core';
import { keccak256, stringToHex, zeroHash } from 'viem';
import {
  BOND_UNITS,
  type CourtWorld,
  DRAND,
  enrol,
  HOUR_SECONDS,
  POLICY,
  STAKE_UNITS,
  startCourtWorld,
} from '../../test/court-world.ts';
import { CourtPanels } from '../generated/index.ts';
import {
  type Chain,
  type ContractCase,
  type CourtBook,
  createCourtBook,
  DRAW_ELEMENTS,
  type LogBook,
  pottedUnits,
  readCourt,
  readCourtMoney,
  readJuror,
  submit,
} from '../index.ts';
import { send } from '../send.ts';

type Hex = `0x${string}`;

const hash = (text: string): Hex => keccak256(stringToHex(text));
const QUESTION = hash('Is it so?');
const FEES = 100_000n;

let world: CourtWorld;
let asker: Chain;
let proposer: Chain;
let challenger: Chain;
let jurors: readonly Chain[];
let book: LogBook<CourtBook>;

/** The case now; the court holds what its books say, whenever one looks. */
const look = async (caseId: bigint): Promise<ContractCase> => {
  const seen = unwrap(await book.read());
  const { held, booked } = await world.balance(seen);
  assert.equal(held, booked, 'money of the contract = sum of the book');
  return seen.cases.find(({ id }) => id === caseId)!;
};

const openingOf = (juror: Hex, vote: number) => ({ juror, vote, reading: hash(juror), salt: hash(`salt ${juror}`) });

before(async () => {
  world = await startCourtWorld();
  asker = await world.member('asker');
  proposer = await world.member('proposer');
  challenger = await world.member('challenger');
  jurors = await Promise.all(['a', 'b', 'c', 'd'].map((name) => world.member(name)));
  for (const [i, each] of jurors.entries()) await enrol(world, each, `family ${i}`, i + 1);
  await world.deposit(proposer, 20n * BOND_UNITS);
  await world.deposit(challenger, 20n * BOND_UNITS);
  book = createCourtBook(asker, world.setting, { fromBlock: 0n });
});
after(() => world.local.kill());

test('what a deployment fixes is read back, and a place without a court is named', async () => {
  assert.deepEqual(unwrap(await readCourt(asker, world.setting.court)), world.setting);
  for (const other of [world.setting.currency, asker.account!.address]) {
    const none = await readCourt(asker, other);
    assert.equal(none.ok ? '' : none.problem.code, 'chain.not-deployed');
  }
  const juror = unwrap(await readJuror(asker, world.setting, jurors[0]!.account!.address));
  assert.deepEqual([juror?.pool, juror?.stakeUnits, juror?.lockedUnits], ['ai', STAKE_UNITS, 0n]);
  assert.equal(unwrap(await readJuror(asker, world.setting, asker.account!.address)), null);
});

test('a case from its question to the last coin: every step takes effect once, and the book shows it', async () => {
  const { must, setting } = world;
  const caseId = await world.ask(asker, QUESTION);
  assert.deepEqual(
    await look(caseId).then(({ state, question, policy, proposer: by, endsAt }) => [
      state,
      question,
      policy,
      by,
      endsAt! > DRAND.seconds,
    ]),
    ['asked', QUESTION, POLICY, null, true],
  );
  const at = DRAND.seconds - 60;
  await world.nextAt(at - 1_000);
  await must(proposer, { kind: 'court-propose', caseId, outcome: 0, bondUnits: BOND_UNITS, payWei: 0n });
  const proposed = await look(caseId);
  assert.deepEqual(
    [proposed.state, proposed.proposer, proposed.standing, proposed.endsAt, proposed.need],
    [
      'proposed',
      proposer.account!.address,
      0,
      at - 1_000 + POLICY.challengeSeconds,
      { bondUnits: 2n * BOND_UNITS, feesUnits: FEES },
    ],
  );
  const early = await submit(proposer, world.contracts, { kind: 'court-finalise', at: setting, caseId });
  assert.equal(early.kind === 'refused' && early.problem.code, 'court.too-early');

  const part = { kind: 'court-fund', caseId, rung: 1, payWei: 0n } as const;
  await must(asker, { kind: 'court-approve', currency: setting.currency, amountUnits: 500n });
  await must(asker, { kind: 'court-deposit', amountUnits: 500n, untilUnits: 500n, payWei: 0n });
  await must(asker, { ...part, outcome: 1, amountUnits: 500n, beforeUnits: 0n });
  await must(challenger, { ...part, outcome: 253, amountUnits: 7n, beforeUnits: 0n });
  assert.deepEqual([pottedUnits(await look(caseId), 1), pottedUnits(await look(caseId), 253)], [500n, 7n]);
  await world.nextAt(at);
  // More than is missing: the court takes what is.
  await must(challenger, { ...part, outcome: 1, amountUnits: 10n * BOND_UNITS, beforeUnits: 0n });
  const called = await look(caseId);
  const panel = called.rounds[0]!.panel;
  assert.deepEqual(
    [called.state, called.rungs[1], panel.beaconAt, panel.drawEndsAt, panel.drawn],
    ['drawing', { outcome: 1, bondUnits: 2n * BOND_UNITS, feesUnits: FEES }, DRAND.seconds, at + HOUR_SECONDS, 'not'],
  );

  const inRound = { caseId, round: 1 } as const;
  const draw = { kind: 'court-draw', ...inRound, elements: DRAW_ELEMENTS } as const;
  await world.mineAt(DRAND.seconds);
  const forged = await submit(asker, world.contracts, { ...draw, at: setting, proof: `0x${'11'.repeat(96)}` });
  assert.equal(forged.kind === 'refused' && forged.problem.code, 'beacon.signature');
  await must(asker, { ...draw, proof: DRAND.proof });
  const drawn = await look(caseId);
  const { seats, beacon } = drawn.rounds[0]!;
  assert.deepEqual([seats.length, beacon?.byFallback, drawn.rounds[0]!.panel.drawn], [3, false, 'whole']);
  const seated = seats.map(({ juror }) => jurors.find(({ account }) => account!.address === juror)!);

  await world.mineAt(panel.drawEndsAt);
  for (const [seat, by] of seated.entries()) {
    const { juror, vote, reading, salt } = openingOf(by.account!.address, seat === 2 ? 0 : 1);
    const commitment = await by.reader.readContract({
      ...{ abi: CourtPanels.abi, address: setting.panels, functionName: 'commitmentOf' },
      args: [caseId, 1, juror, vote, reading, salt],
    });
    await must(by, { kind: 'court-commit', ...inRound, seat, commitment });
  }
  await look(caseId);
  // Who shows a vote early takes half of what the seat loses.
  const shown = openingOf(seated[2]!.account!.address, 0);
  await must(asker, { kind: 'court-show-early', ...inRound, seat: 2, ...shown });
  await world.mineAt(panel.commitEndsAt);
  for (const seat of [0, 1]) {
    const opening = openingOf(seated[seat]!.account!.address, 1);
    await must(asker, { kind: 'court-reveal', ...inRound, seat, ...opening });
  }
  await must(asker, { kind: 'court-tally', ...inRound });
  const ruled = await look(caseId);
  assert.deepEqual(
    [
      ruled.state,
      ruled.standing,
      ruled.rounds[0]!.result,
      ruled.rounds[0]!.seats.map(({ state, vote }) => [state, vote]),
    ],
    [
      'appealable',
      1,
      { ruled: true, outcome: 1 },
      [
        ['revealed', 1],
        ['revealed', 1],
        ['shown', null],
      ],
    ],
  );
  await world.mineAt(ruled.endsAt!);
  await must(proposer, { kind: 'court-finalise', caseId });
  const final = await look(caseId);
  assert.deepEqual([final.state, final.standing, final.endsAt, final.calledBack], ['final', 1, null, null]);

  for (const seat of [0, 1]) await must(asker, { kind: 'court-settle-seat', ...inRound, seat });
  for (const { rung, outcome, contributor } of final.contributions) {
    await must(asker, { kind: 'court-collect', caseId, rung, outcome, contributor });
    await look(caseId);
  }
  const settled = await look(caseId);
  assert.deepEqual(
    settled.rounds[0]!.seats.map((each) => each.settled?.paidUnits ?? null),
    [10_000n, 10_000n, null],
  );
  // Both bonds' worth less half: the proposer lost all, the challengers have theirs and half of it.
  const money = unwrap(await readCourtMoney(asker, setting, challenger.account!.address));
  assert.ok(money.balanceUnits > 20n * BOND_UNITS, String(money.balanceUnits));
  const to = challenger.account!.address;
  await must(challenger, { kind: 'court-withdraw', to, amountUnits: money.balanceUnits });
  const key = seated[0]!.account!.address;
  await must(seated[0]!, { kind: 'court-withdraw-stake', key, amountUnits: STAKE_UNITS, downToUnits: 0n });
  await world.must(seated[0]!, { kind: 'court-add-stake', key, amountUnits: 10n, untilUnits: 10n });
  await look(caseId);
});

test('a book follows the chain when it is rewound, and forgets what has ended long ago', async () => {
  const short = createCourtBook(asker, world.setting, { fromBlock: 0n, keepBlocks: 5 });
  const states = async (of: LogBook<CourtBook>) => unwrap(await of.read()).cases.map(({ state }) => state);
  assert.deepEqual(await states(short), ['final']);
  const snapshot = await world.local.rpc('evm_snapshot');
  const caseId = await world.ask(asker, zeroHash);
  assert.deepEqual(await states(book), ['final', 'asked']);
  await world.must(proposer, { kind: 'court-propose', caseId, outcome: 255, bondUnits: BOND_UNITS, payWei: 0n });
  assert.deepEqual(await states(book), ['final', 'proposed']);
  await world.local.rpc('evm_revert', [snapshot]);
  assert.deepEqual(await states(book), ['final']);
  await world.ask(asker, hash('another'));
  await world.local.rpc('anvil_mine', ['0x8']);
  assert.deepEqual(await states(short), ['asked']);
  await world.local.rpc('anvil_reorg', [9, []]);
  assert.deepEqual(await states(book), ['final']);
});

test('a call that would take more gas than such a call may is not sent', async () => {
  const data = `0x${'00'.repeat(4_000)}` as const;
  const sent = await send(asker, { to: asker.account!.address, data, mostGas: 21_000n });
  assert.equal(sent.kind === 'refused' && sent.problem.code, 'chain.gas-bound');
});
