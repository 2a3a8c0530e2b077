import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type Chain, createCourtBook, DRAW_ELEMENTS, policyIdOf, readPublished, submit } from '@surety/chain';
import { decode, from0x, SuretyError, unwrap } from '@surety/core';
import { commitmentOf, exclusionRoot, readingOf } from '@surety/court';
import {
  BOND_UNITS,
  type CourtWorld,
  DRAND,
  enrol,
  HOUR_SECONDS,
  POLICY,
  startCourtWorld,
} from '../../../chain/test/court-world.ts';
import { createKeptVotes } from '../juror/kept-votes.ts';
import type { At } from './here.ts';
import { type CourtStep, plan } from './plan.ts';

type Hex = `0x${string}`;

let world: CourtWorld;
let asker: Chain;
let jurors: readonly Chain[];
const root = mkdtempSync(join(tmpdir(), 'surety-step-'));

const addressOf = ({ account }: Chain): Hex => account!.address;
const at = (chain: Chain, policyId: Hex | null = null): At => {
  const { setting, contracts } = world;
  const { court, panels, jurors: registry } = setting;
  const here = { chain, contracts, setting, at: { court, panels, jurors: registry }, fromBlock: 0n, policyId };
  return { ...here, me: addressOf(chain), nodes: [], votes: createKeptVotes(root), coinUnits: null };
};

/** Takes a step as the program does, and again: @returns how many transactions were sent */
const take = async (by: Chain, step: CourtStep, policyId: Hex | null = null): Promise<bigint | null> => {
  const { intents, opened } = await plan(at(by, policyId), step);
  for (const intent of intents) {
    const sent = await submit(by, world.contracts, intent);
    assert.equal(sent.kind === 'refused' ? sent.problem.message : sent.kind, 'mined');
    assert.equal((await submit(by, world.contracts, intent)).kind, 'already', intent.kind);
  }
  return (await opened?.()) ?? null;
};

const refusal = async (by: Chain, step: CourtStep): Promise<string> => {
  try {
    await plan(at(by), step);
    return 'none';
  } catch (error) {
    assert.ok(error instanceof SuretyError, String(error));
    return error.code;
  }
};

const file = (name: string, text: string): string => {
  writeFileSync(join(root, name), text);
  return join(root, name);
};

const caseNow = async (caseId: bigint) => {
  const seen = unwrap(await createCourtBook(asker, world.setting, { fromBlock: 0n }).read());
  const { held, booked } = await world.balance(seen);
  assert.equal(held, booked, 'money of the contract = sum of the book');
  return seen.cases.find(({ id }) => id === caseId)!;
};

const ASK = { kind: 'ask', policy: null, answerSeconds: 30 * 24 * HOUR_SECONDS, rewardUnits: '0' } as const;

before(async () => {
  world = await startCourtWorld();
  asker = await world.member('asker');
  jurors = await Promise.all(['a', 'b', 'c', 'd'].map((name) => world.member(name)));
  for (const [i, each] of jurors.entries()) await enrol(world, each, `family ${i}`, i + 1);
  await world.deposit(asker, 20n * BOND_UNITS);
});
after(async () => {
  await world?.local.kill();
  rmSync(root, { recursive: true, force: true });
});

test('a question in words is published by a transaction alone, and asked under the policy of the place', async () => {
  const question = 'Is uniswap-claim-rewards.app a scam?';
  const excluded = file('excluded', `${addressOf(asker).toLowerCase()}\n\n${addressOf(jurors[0]!)}\n`);
  const caseId = await take(asker, { ...ASK, question, excluded, rewardUnits: '7' }, world.policyId);
  const of = await caseNow(caseId!);
  const { number } = await asker.reader.getBlock();
  const text = unwrap(await readPublished(asker, of.question, { fromBlock: 0n, toBlock: number }));
  const claim = unwrap(decode(unwrap(from0x(text!)))) as { subject: unknown; asker: string };
  assert.deepEqual([claim.subject, claim.asker], [{ kind: 'site', host: 'uniswap-claim-rewards.app' }, of.asker]);
  assert.deepEqual(
    [of.policyId, of.outcomes, of.rewardUnits, of.exclusions],
    [world.policyId, 2, 7n, exclusionRoot([addressOf(asker), addressOf(jurors[0]!)])],
  );
  assert.equal(await refusal(asker, { ...ASK, question, excluded: null }), 'court.policy-unfit');
  assert.equal(await refusal(asker, { ...ASK, question, excluded: null, policy: '0x12' }), 'court.policy-unfit');
  const policy = world.policyId;
  assert.equal(await refusal(asker, { ...ASK, question, policy, excluded: file('none', '\n') }), 'input.empty');
  assert.equal(await refusal(asker, { ...ASK, question, policy, excluded: join(root, 'no') }), 'input.malformed');
  assert.equal(await refusal(asker, { ...ASK, question: 'Is it?', policy, excluded: null }), 'intent.no-subject');
});

test('an auditor calls a panel; who is excluded is struck, and a vote that was shown is void', async () => {
  const policy = { ...POLICY, auditor: addressOf(asker) };
  await world.must(asker, { kind: 'court-register-policy', policy });
  const listed = [addressOf(jurors[0]!), addressOf(jurors[1]!)];
  const excluded = file('struck', listed.join('\n'));
  const asked = { ...ASK, question: 'Is uniswap-claim-rewards.app a scam?', excluded } as const;
  const caseId = (await take(asker, asked, policyIdOf(policy)))!;
  const id = Number(caseId);
  assert.equal(await refusal(jurors[0]!, { kind: 'summon', caseId: id }), 'court.not-auditor');
  assert.equal(await refusal(asker, { kind: 'summon', caseId: 99 }), 'court.case-unknown');
  const { costUnits } = await plan(at(asker), { kind: 'summon', caseId: id });
  assert.equal(costUnits, 100_000n, 'fees of both AI panels');
  await world.nextAt(DRAND.seconds - 60);
  await take(asker, { kind: 'summon', caseId: id });
  const challenge = { kind: 'challenge', caseId: id, amountUnits: null } as const;
  assert.equal(await refusal(asker, { ...challenge, outcome: 'legitimate' }), 'court.wrong-phase');
  assert.equal(await refusal(asker, { ...challenge, outcome: 'maybe' }), 'court.unknown-outcome');
  assert.equal(await refusal(asker, { kind: 'summon', caseId: id }), 'court.wrong-phase');

  await world.mineAt(DRAND.seconds);
  const inRound = { caseId, round: 1 } as const;
  await world.must(asker, { kind: 'court-draw', ...inRound, proof: DRAND.proof, elements: DRAW_ELEMENTS });
  const other = file('other', addressOf(asker));
  assert.equal(await refusal(asker, { kind: 'strike', caseId: id, excluded: other }), 'court.not-excluded');
  const isListed = ({ juror }: { readonly juror: Hex }): boolean => listed.includes(juror);
  const drawn = (await caseNow(caseId)).rounds[0]!.seats;
  assert.ok(drawn.some(isListed), 'of four jurors in three seats');
  for (let turn = 0; turn < drawn.length; turn++) await take(asker, { kind: 'strike', caseId: id, excluded });
  const { seats, panel } = (await caseNow(caseId)).rounds[0]!;
  assert.deepEqual(seats.filter(isListed), []);

  await world.mineAt(panel.drawEndsAt);
  const { seat, juror } = seats[0]!;
  const by = jurors.find((each) => addressOf(each) === juror)!;
  const opening = { vote: 1, reading: readingOf('sold') as Hex, salt: `0x${'5a'.repeat(32)}` as const };
  const place = { chainId: 31_337n, court: world.setting.court, caseId: `0x${caseId.toString(16).padStart(64, '0')}` };
  const commitment = commitmentOf(place, 1, juror, { ...opening, outcome: opening.vote }) as Hex;
  await world.must(by, { kind: 'court-commit', ...inRound, seat, commitment });
  const sold = (value: object): CourtStep => ({
    kind: 'show-early',
    caseId: id,
    vote: file('sold.json', JSON.stringify(value)),
  });
  const byHand = { kind: 'vote', caseId: id, outcome: 'scam', reason: 'By hand.' } as const;
  assert.equal(await refusal(by, byHand), 'court.not-seated', 'a program votes for its own seat');
  assert.equal(await refusal(asker, sold({ juror, ...opening, vote: 0 })), 'court.commitment-differs');
  assert.equal(await refusal(asker, sold({ ...opening, juror: addressOf(asker) })), 'court.not-seated');
  assert.equal(await refusal(asker, sold({ ...opening })), 'input.malformed');
  await take(asker, sold({ juror, ...opening }));
  assert.equal((await caseNow(caseId)).rounds[0]!.seats[0]!.state, 'shown');
});
