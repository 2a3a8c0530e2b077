import assert from 'node:assert/strict';
import { test } from 'node:test';
import { personGrounds, readingOf } from '@surety/court';
import { encodeFunctionData, getAddress } from 'viem';
import { CourtPanels } from '../../../chain/src/generated/index.ts';
import {
  type ChainSeat,
  chainBallotCase,
  chainSeat,
  commitStep,
  groundsPlace,
  reasonOf,
  revealStep,
} from './seat-steps.ts';

type Hex = `0x${string}`;
type Rounds = Parameters<typeof chainSeat>[0]['rounds'];
type Seat = Rounds[number]['panel'][number];

const PLACE = {
  ...{ chainId: 31_337, court: getAddress(`0x${'c0'.repeat(20)}`), panels: getAddress(`0x${'e0'.repeat(20)}`) },
};
const juror = getAddress(`0x${'a0'.repeat(20)}`);
const text = personGrounds('It asks for a seed phrase.', 'ab'.repeat(8));
const reason = text.ok ? text.value : '';
const salt: Hex = `0x${'5a'.repeat(32)}`;
const ballot = { marketId: chainBallotCase(7), round: 3, outcome: 253, reason, salt };

test('a vote is the calldata of the contract’s own interface; the commitment shows nothing of it', () => {
  const { abi } = CourtPanels;
  const commit = commitStep(PLACE, juror, ballot);
  const [, commitment] = /commit\(7, (0x[0-9a-f]{64})\)/.exec(commit.call)!;
  assert.equal(commit.data, encodeFunctionData({ abi, functionName: 'commit', args: [7n, commitment as Hex] }));
  assert.notEqual(commitStep(PLACE, juror, { ...ballot, outcome: 0 }).data, commit.data);
  const open = revealStep(PLACE, juror, ballot);
  const args = [7n, juror, 253, readingOf(reason) as Hex, salt] as const;
  assert.equal(open.data, encodeFunctionData({ abi, functionName: 'reveal', args }));
  assert.deepEqual(
    [commit, open].map(({ to, chainId }) => [to, chainId]),
    [PLACE, PLACE].map(({ panels, chainId }) => [panels, chainId]),
  );
  assert.equal(groundsPlace(ballot), `/v1/court/chain/grounds/${readingOf(reason)}`);
  assert.equal(reasonOf(ballot), 'It asks for a seed phrase.');
});

const seat: Seat = {
  ...{ juror, name: null, operator: null, family: null, reason: null, outcome: null },
  ...{ committed: false, vote: 'none' },
};
const round = (own: Partial<Seat>, over: Partial<Rounds[number]> = {}): Rounds[number] => ({
  ...{ number: 3, seats: 15, quorum: 8, jurors: 'people', drawnBy: 'stake', state: 'running', beacon: null },
  ...{ feePerSeatMicroUsd: '500000', lockMicroUsd: '1000000', ruling: null, panel: [{ ...seat, ...own }] },
  times: { beaconAt: 5, drawEndsAt: 10, commitEndsAt: 20, revealEndsAt: 30 },
  ...over,
});

test('a seat asks for its vote, then for its opening, each while there is time', () => {
  const at = (now: number, own: Partial<Seat>, over: Partial<Rounds[number]> = {}): ChainSeat | null =>
    chainSeat({ rounds: [round(own, over)] }, juror.toLowerCase(), now);
  assert.deepEqual(at(9, {}), {
    ...{ round: 3, todo: 'commit', from: 10, until: 20, reason: null },
    ...{ feeMicroUsd: '500000', lockMicroUsd: '1000000' },
  });
  const todo = (...args: Parameters<typeof at>) => at(...args)?.todo;
  assert.deepEqual([todo(19, {}), todo(20, {})], ['commit', 'missed']);
  assert.deepEqual(
    [19, 29, 30].map((now) => todo(now, { committed: true })),
    ['open', 'open', 'missed'],
  );
  assert.equal(todo(25, { committed: true }, { state: 'past' }), 'missed');
  assert.deepEqual(at(25, { committed: true })?.from, 20);
  for (const vote of ['cast', 'abstained', 'copy', 'shown'] as const) assert.equal(todo(25, { vote }), 'done', vote);
  assert.equal(at(15, { juror: PLACE.court }), null);
  assert.equal(at(15, {}, { jurors: 'ai' }), null, 'a program votes for its own seat');
  assert.equal(at(15, {}, { times: null }), null);
  const again = chainSeat({ rounds: [round({ vote: 'cast' }), round({}, { number: 4 })] }, juror, 15);
  assert.deepEqual([again?.round, again?.todo], [4, 'commit']);
});
