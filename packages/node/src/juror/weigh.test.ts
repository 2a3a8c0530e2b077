/** Fees beside gas: nobody draws at a loss, and whoever was drawn votes whatever it costs. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import {
  type Chain,
  type ContractCase,
  createCourtBook,
  DRAW_ELEMENTS,
  drawGas,
  gasUnits,
  readGasPrice,
  SEAT_GAS,
  servingGas,
} from '@surety/chain';
import { type Problem, unwrap } from '@surety/core';
import { BOND_UNITS, DRAND, POLICY } from '../../../chain/test/court-world.ts';
import { type JurorWorld, startJurorWorld } from '../../test/juror-world.ts';
import { drandRounds } from '../drand.ts';
import { builtInJuror } from './built-in.ts';
import { createClaimTexts } from './claim-text.ts';
import { createKeptVotes } from './kept-votes.ts';
import { createJurorService, type JurorOptions } from './service.ts';
import { coinUnitsOr } from './weigh.ts';

/** One more than there are seats, so that somebody is not drawn. */
const FAMILIES = ['grams', 'trees', 'words', 'fourth'];
const FEE_UNITS = POLICY.rounds[0]!.feeUnits;

let world: JurorWorld;
let client: Chain;
let gasPriceWei: bigint;
before(async () => {
  world = await startJurorWorld(FAMILIES);
  client = await world.member('client');
  await world.deposit(client, 30n * BOND_UNITS);
  const caseId = await world.ask(client, `0x${'77'.repeat(32)}`);
  await world.nextAt(DRAND.seconds - 1_000);
  await world.must(client, { kind: 'court-propose', caseId, outcome: 0, bondUnits: BOND_UNITS, payWei: 0n });
  await world.nextAt(DRAND.seconds - 60);
  const all = { rung: 1, amountUnits: 10n * BOND_UNITS, beforeUnits: 0n, payWei: 0n };
  await world.must(client, { kind: 'court-fund', caseId, outcome: 1, ...all });
  await world.mineAt(DRAND.seconds);
  gasPriceWei = unwrap(await readGasPrice(client));
});
after(() => world?.stop());

const look = async (): Promise<ContractCase> =>
  unwrap(await createCourtBook(client, world.setting, { fromBlock: 0n }).read()).cases[0]!;

/** A price of a coin at which a seat of the first panel costs as many times its fee in gas. */
const coinAt = (fees: bigint): bigint => (fees * FEE_UNITS * 10n ** 18n) / (servingGas(3) * gasPriceWei);

type Said = { readonly moves: string[]; readonly troubles: Problem[] };

const serve = async (i: number, terms: JurorOptions['terms'], more: Partial<JurorOptions> = {}): Promise<Said> => {
  const chain = world.jurors[i]!;
  const said: Said = { moves: [], troubles: [] };
  const service = createJurorService({
    ...{ chain, contracts: world.contracts, court: world.setting, me: chain.account!.address, keeps: 'own', terms },
    juror: unwrap(builtInJuror('grams')),
    texts: createClaimTexts({ chain, fromBlock: 0n, nodes: [] }),
    votes: createKeptVotes(world.folder(FAMILIES[i]!)),
    drand: drandRounds({ mode: 'on', url: world.drandUrl, onError: (cause) => assert.fail(String(cause)) }),
    book: createCourtBook(chain, world.setting, { fromBlock: 0n }),
    now: () => 0,
    publish: async () => null,
    onUnpublished: () => undefined,
    onVote: () => undefined,
    onMove: ({ kind }) => said.moves.push(kind),
    onTrouble: (_, problem) => said.troubles.push(problem),
    ...more,
  });
  unwrap(await service.tick());
  unwrap(await service.tick());
  return said;
};

test('usual gas is not below what the gas report measures', () => {
  const report = readFileSync(join(import.meta.dirname, '../../../../contracts/gas-report.md'), 'utf8');
  const measured = (name: string): bigint => {
    const line = report.split('\n').find((each) => each.includes(`| ${name} `))!;
    return BigInt(line.split('|')[2]!.replace(/[ ,]/g, ''));
  };
  assert.ok(drawGas(3) >= measured('CourtPanels.draw of 3 seats (drand by EIP-2537)'));
  assert.ok(drawGas(15) >= measured('CourtPanels.draw of 15 people out of 40 (drand by EIP-2537)'));
  assert.ok(SEAT_GAS.commit >= measured('CourtPanels.commit'));
  assert.ok(SEAT_GAS.reveal >= measured('CourtPanels.reveal'));
  assert.ok(SEAT_GAS.tally >= measured('Court.tally'));
  assert.ok(SEAT_GAS.finalise >= measured('Court.finalise (after one panel)'));
  assert.ok(SEAT_GAS.settle >= measured('CourtPanels.settleSeat'));
  assert.equal(gasUnits(1n, { gasPriceWei: 1n, coinUnits: 1n }), 1n, 'a cost is rounded up');
});

test('a panel whose seat earns less than its gas is not drawn, and it is said once', async (t) => {
  const snapshot = await world.local.rpc('evm_snapshot');
  t.after(() => world.local.rpc('evm_revert', [snapshot]));
  for (const i of FAMILIES.keys()) {
    const { moves, troubles } = await serve(i, { coinUnits: coinAt(3n), floorUnits: 0n });
    assert.deepEqual([moves, troubles.map(({ code }) => code)], [[], ['court.fee-short']]);
  }
  const floor = await serve(0, { coinUnits: 0n, floorUnits: FEE_UNITS + 1n });
  assert.deepEqual(
    floor.troubles.map(({ limit }) => limit),
    [`>= ${FEE_UNITS + 1n}`],
  );
  assert.equal((await look()).rounds[0]!.panel.drawn, 'not');

  // Whoever was drawn all the same votes, whatever its gas costs.
  const draw = { kind: 'court-draw', caseId: 1n, round: 1, proof: DRAND.proof, elements: DRAW_ELEMENTS } as const;
  await world.must(client, draw);
  const { seats, panel } = (await look()).rounds[0]!;
  await world.mineAt(panel.drawEndsAt + 450);
  const voter = world.jurors.findIndex(({ account }) => account!.address === seats[0]!.juror);
  const dear = { coinUnits: coinAt(1_000n), floorUnits: 0n };
  assert.deepEqual((await serve(voter, dear)).moves, ['commit']);
  await world.mineAt(panel.commitEndsAt);
  // What nobody else has committed to is counted at once.
  assert.deepEqual((await serve(voter, dear)).moves, ['reveal', 'tally']);
});

test('one that pays is drawn by those who would sit in it, and by nobody else', async (t) => {
  const paying = { coinUnits: coinAt(1n) / 2n, floorUnits: 0n };
  const drew: boolean[] = [];
  for (const i of FAMILIES.keys()) {
    const snapshot = await world.local.rpc('evm_snapshot');
    const { moves, troubles } = await serve(i, paying);
    assert.deepEqual(troubles, []);
    drew.push(moves.includes('draw'));
    const mine = (await look()).rounds[0]!.seats.some(({ juror }) => juror === world.jurors[i]!.account!.address);
    assert.equal(mine, moves.includes('draw'), 'whoever drew sits');
    await world.local.rpc('evm_revert', [snapshot]);
  }
  assert.equal(drew.filter(Boolean).length, 3, 'of four');
  const snapshot = await world.local.rpc('evm_snapshot');
  t.after(() => world.local.rpc('evm_revert', [snapshot]));
  const outsider = drew.indexOf(false);
  const dear = { coinUnits: coinAt(1_000n), floorUnits: 0n };
  assert.deepEqual((await serve(outsider, dear, { keeps: 'all' })).moves, ['draw'], 'a keeper of all weighs nothing');
});

test('where fees are no coins of the chain somebody says what a coin is worth', () => {
  const dollar = { currency: world.setting.currency };
  assert.equal(unwrap(coinUnitsOr(null, 31_337, dollar)), 0n);
  assert.equal(unwrap(coinUnitsOr('5', 1, dollar)), 5n);
  assert.equal(unwrap(coinUnitsOr(null, 1, { currency: `0x${'0'.repeat(40)}` })), 10n ** 18n);
  const asked = coinUnitsOr(null, 1, dollar);
  assert.equal(asked.ok ? '' : asked.problem.code, 'config.invalid');
});
