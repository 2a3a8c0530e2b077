import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type Chain, type ContractCase, createCourtBook, DRAW_ELEMENTS, policyIdOf, readHeader } from '@surety/chain';
import { SuretyError, unwrap } from '@surety/core';
import { readingOf } from '@surety/court';
import { BOND_UNITS, type CourtWorld, POLICY, startCourtWorld } from '../../../chain/test/court-world.ts';
import { createKeptVotes } from '../juror/kept-votes.ts';
import { carryOut } from './carry-out.ts';
import type { At } from './here.ts';
import { type CourtStep, plan } from './plan.ts';

/** Nobody serves the AI panels, so that people are paid for; one of three votes is enough. */
const PEOPLE = {
  ...POLICY,
  callMultiple: 2,
  rounds: POLICY.rounds.map((round, i) => (i === 2 ? { ...round, seats: 3, quorum: 1 } : round)),
};
const WHY = 'The page asks for a seed phrase.';

let world: CourtWorld;
let asker: Chain;
let people: readonly Chain[];
const root = mkdtempSync(join(tmpdir(), 'surety-vote-'));

const at = (chain: Chain, home = root): At => {
  const { setting, contracts } = world;
  const { court, panels, jurors } = setting;
  const here = { chain, contracts, setting, at: { court, panels, jurors }, fromBlock: 0n, policyId: null };
  return { ...here, me: chain.account!.address, nodes: [], votes: createKeptVotes(home), coinUnits: null };
};

const take = async (by: Chain, step: CourtStep): Promise<void> => {
  await carryOut(at(by), await plan(at(by), step));
};

const refusal = async (by: Chain, step: CourtStep, home = root): Promise<string> => {
  try {
    await plan(at(by, home), step);
    return 'none';
  } catch (error) {
    assert.ok(error instanceof SuretyError, String(error));
    return error.code;
  }
};

const caseNow = async (): Promise<ContractCase> =>
  unwrap(await createCourtBook(asker, world.setting, { fromBlock: 0n }).read()).cases[0]!;
const seatOf = async ({ account }: Chain) =>
  (await caseNow()).rounds[2]!.seats.find(({ juror }) => juror === account!.address)!;

const vote = (outcome: string, reason = WHY): CourtStep => ({ kind: 'vote', caseId: 1, outcome, reason });
const REVEAL = { kind: 'reveal', caseId: 1 } as const;

const CHALLENGE = { kind: 'challenge', caseId: 1, outcome: 'legitimate', amountUnits: null } as const;

/** Two panels that nobody sits in, then one of people, drawn by the chain's own block. */
const drawPeople = async (): Promise<void> => {
  await world.must(asker, { kind: 'court-register-policy', policy: PEOPLE });
  const asked = { kind: 'ask', policy: policyIdOf(PEOPLE), answerSeconds: 86_400, rewardUnits: '0' } as const;
  await take(asker, { ...asked, question: 'Is uniswap-claim-rewards.app a scam?', excluded: null });
  await take(asker, { kind: 'propose', caseId: 1, outcome: 'scam', bondUnits: null });
  await take(asker, CHALLENGE);
  for (const number of [1, 2]) {
    const { rounds } = await caseNow();
    await world.mineAt(rounds[number - 1]!.panel.revealEndsAt);
    await world.must(asker, { kind: 'court-tally', caseId: 1n, round: number });
  }
  await take(asker, CHALLENGE);
  const { panel } = (await caseNow()).rounds[2]!;
  await world.local.rpc('anvil_mine', ['0x80']);
  await world.mineAt(panel.fallbackAt);
  const { fallbackBlock } = (await caseNow()).rounds[2]!.panel;
  const header = unwrap(await readHeader(asker, fallbackBlock))!;
  const inRound = { caseId: 1n, round: 3, elements: DRAW_ELEMENTS } as const;
  await world.must(asker, { kind: 'court-draw-by-fallback', ...inRound, header });
};

before(async () => {
  world = await startCourtWorld();
  asker = await world.member('asker');
  people = await Promise.all(['p', 'q', 'r'].map((name) => world.member(name)));
  for (const each of people) {
    await world.deposit(each, BOND_UNITS);
    await world.must(each, { kind: 'court-join-as-person', stakeUnits: BOND_UNITS });
  }
  await world.deposit(asker, 50n * BOND_UNITS);
  await drawPeople();
});
after(async () => {
  await world?.local.kill();
  rmSync(root, { recursive: true, force: true });
});

test('a person votes in secret and opens the vote in its time; a seat has one vote, whatever was killed when', async () => {
  const [p, q, r] = people as readonly [Chain, Chain, Chain];
  const { panel } = (await caseNow()).rounds[2]!;
  assert.equal(await refusal(asker, vote('scam')), 'court.not-seated');
  assert.equal(await refusal(p, vote('maybe')), 'court.unknown-outcome');
  assert.equal(await refusal(p, vote('scam', ' ')), 'input.malformed');
  assert.equal(await refusal(p, vote('scam')), 'court.too-early');
  await world.mineAt(panel.drawEndsAt);

  // Two began at once: the vote that was kept first is the seat's, and the other one is not sent.
  const [first, other] = [await plan(at(p), vote('scam')), await plan(at(p), vote('scam', 'Another reason.'))];
  assert.match(first.words, /earns \$0\.50 .* costs \$0\.50\. Vote “scam” in secret by .*surety court reveal chain:1/);
  first.keep!();
  assert.throws(() => other.keep!(), { code: 'court.already-voted' });
  assert.equal((await seatOf(p)).state, 'drawn');
  assert.equal(await refusal(p, vote('legitimate')), 'court.already-voted');
  assert.equal(await refusal(p, vote('scam', 'Another reason.')), 'court.already-voted');
  assert.equal(await refusal(asker, { ...CHALLENGE, outcome: 'abstain' }), 'court.unknown-outcome');
  // Killed before it was sent: run again it is the same commitment.
  const again = await plan(at(p), vote('scam'));
  assert.deepEqual(again.intents, first.intents);
  await carryOut(at(p), again);
  assert.deepEqual((await plan(at(p), vote('scam'))).intents, []);
  assert.equal(await refusal(p, vote('scam'), join(root, 'elsewhere')), 'court.commitment-differs');

  // Where nothing can be sent, what would have been sent is on the disk.
  const reader = { ...q.reader, getBalance: () => Promise.reject(new Error('gone')) } as Chain['reader'];
  await assert.rejects(carryOut({ ...at(q), chain: { ...q, reader } }, await plan(at(q), vote('scam'))));
  assert.equal((await seatOf(q)).state, 'drawn');
  assert.equal(await refusal(q, vote('legitimate')), 'court.already-voted');
  // The same words are no copy.
  await take(q, vote('scam'));
  assert.equal(await refusal(p, REVEAL), 'court.too-early');
  assert.equal(await refusal(r, REVEAL), 'court.wrong-phase');
  await world.mineAt(panel.commitEndsAt);
  assert.equal(await refusal(r, vote('abstain')), 'court.too-late');
  assert.equal(await refusal(p, REVEAL, join(root, 'elsewhere')), 'court.commitment-differs');
  for (const each of [p, q]) {
    const opened = await plan(at(each), REVEAL);
    await carryOut(at(each), opened);
    const seat = await seatOf(each);
    assert.deepEqual([seat.state, seat.vote, seat.reading], ['revealed', 0, readingOf(opened.grounds!)]);
    assert.match(opened.grounds!, /^The page asks for a seed phrase\.\n\[[0-9a-f]{16}\]$/);
    // Done again it only publishes.
    const { intents, grounds } = await plan(at(each), REVEAL);
    assert.deepEqual([intents, grounds], [[], opened.grounds]);
  }
  await world.mineAt(panel.revealEndsAt);
  await world.must(asker, { kind: 'court-tally', caseId: 1n, round: 3 });
  assert.equal((await caseNow()).rounds[2]!.result?.outcome, 0);
});
