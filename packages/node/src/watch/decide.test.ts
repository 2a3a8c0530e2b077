import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ClaimView } from '@surety/chain';
import { BOND, CLOCK, depthRoute, PROVIDER, STAKE_PPM, STRANGER, WATCHER, WINDOW, World } from './decide.fixture.ts';
import { decide, type Policy, type World as Seen } from './decide.ts';
import type { Knowledge } from './knowledge.ts';
import type { Move } from './moves.ts';

const POLICY: Policy = {
  maxStakeMicroUsd: 10n ** 12n,
  maxDataStakeMicroUsdPerDay: 10n ** 12n,
  maxPrepayWeiPerDay: 10n ** 18n,
  riskSeconds: 60,
};

type Known = Knowledge | ((view: ClaimView) => Knowledge);

const knows = (view: ClaimView, knowledge: Known): Knowledge =>
  typeof knowledge === 'function' ? knowledge(view) : knowledge;

const seen = (world: World, me: `0x${string}`, knowledge: Known, more: Partial<Seen> = {}): Seen => ({
  me,
  clock: { chainSeconds: world.now, ownSeconds: world.now, skewSeconds: 120 },
  policy: POLICY,
  known: [{ view: world.view(), knowledge: knows(world.view(), knowledge) }],
  stakePpm: STAKE_PPM,
  prepayWei: 10n,
  prepaidWei: 0n,
  dataStakedMicroUsd: 0n,
  ...more,
});

const kinds = (moves: readonly Move[]): readonly string[] => moves.map(({ kind }) => kind);

/** A generator of its own: every schedule can be played again from its seed. */
const random = (seed: number): ((below: number) => number) => {
  let state = seed + 1;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};

/** Anything that somebody else may try at a moment, sensible or not. */
const mischief = (world: World, from: `0x${string}`, draw: (below: number) => number): Move => {
  const route = depthRoute(world.depth);
  const claimId = world.view().id;
  const before = 0;
  const disputeId = BigInt(1 + draw(world.disputes.length + 1));
  const last = world.disputes.find(({ id }) => id === disputeId)?.exchanges.at(-1)?.question ?? '0x';
  const moves: readonly Move[] = [
    { kind: 'dispute', claimId, before, question: route.question(draw(9)), stakeMicroUsd: 0n, prepayWei: 0n },
    { kind: 'ask', claimId, before, disputeId, question: route.question(draw(9)), prepayWei: 0n },
    {
      kind: 'answer',
      claimId,
      before,
      disputeId,
      question: last,
      answer: from === PROVIDER ? route.answerTo(last) : '0x',
    },
    { kind: 'answer', claimId, before, disputeId, question: last, answer: '0x00' },
    { kind: 'refute', claimId, before, disputeId, proof: '0x' },
    { kind: 'concede', claimId, before, disputeId },
    { kind: 'expire', claimId, before, disputeId },
    { kind: 'finalise', claimId, before },
  ];
  return moves[draw(moves.length)]!;
};

/**
 * One life of a claim: others do as they please, the honest side decides again from what it sees at every step, up to
 * `laxity` seconds after the last time, and now and then a move of its is lost.
 */
const live = (world: World, honest: `0x${string}`, knowledge: Known, draw: (below: number) => number): void => {
  const others = [STRANGER, honest === PROVIDER ? WATCHER : PROVIDER] as const;
  for (let step = 0; world.state === 'open'; step++) {
    assert.ok(step < 2_000, 'it does not end');
    for (let i = draw(3); i > 0; i--) {
      const from = others[draw(2)]!;
      world.play(from, mischief(world, from, draw));
    }
    const { moves } = decide(seen(world, honest, knowledge));
    for (const move of moves) if (draw(4) > 0) world.play(honest, move);
    world.now += 1 + draw(12);
  }
};

describe('decide', () => {
  it('has a wrong claim void whatever its provider and others do', () => {
    for (let seed = 0; seed < 400; seed++) {
      const draw = random(seed);
      const world = new World(true, draw(5));
      live(world, WATCHER, depthRoute(world.depth).wrong, draw);
      // What is collected afterwards is the own stake, wherever a faster challenger left it.
      for (const move of decide(seen(world, WATCHER, depthRoute(world.depth).wrong)).moves) world.play(WATCHER, move);
      const own = world.disputes.filter(({ challenger }) => challenger === WATCHER);
      assert.ok(
        own.every(({ stakeTo }) => stakeTo === WATCHER),
        `seed ${seed}`,
      );
      assert.equal(world.state, 'void', `seed ${seed}`);
      assert.equal(world.lost.get(WATCHER), undefined, `seed ${seed}`);
    }
  });

  it('brings a right claim of its own through, whatever challengers do', () => {
    for (let seed = 0; seed < 400; seed++) {
      const draw = random(seed);
      const world = new World(false, 3);
      live(world, PROVIDER, depthRoute(3).right, draw);
      assert.equal(world.state, 'final', `seed ${seed}`);
    }
  });

  it('does nothing about claims of others that are right, unheld or not yet checked', () => {
    const world = new World(false, 1);
    const idle: readonly Known[] = [
      depthRoute(1).right,
      { kind: 'unheld', what: 'program' },
      { kind: 'not-drawn' },
      { kind: 'unchecked' },
    ];
    world.now += WINDOW + 1;
    for (const knowledge of idle) assert.deepEqual(decide(seen(world, WATCHER, knowledge)).moves, []);
  });

  it('expires whoever stalls, even where it has not run the program itself', () => {
    const world = new World(true, 2);
    world.play(
      STRANGER,
      mischief(world, STRANGER, () => 0),
    );
    assert.deepEqual(decide(seen(world, WATCHER, { kind: 'unheld', what: 'input' })).moves, []);
    world.now += CLOCK + 1;
    assert.deepEqual(kinds(decide(seen(world, WATCHER, { kind: 'unheld', what: 'input' })).moves), ['expire']);
    assert.deepEqual(kinds(decide(seen(world, PROVIDER, { kind: 'unchecked' })).moves), []);
  });

  it('tries what depends on the clock early by as much as the own clock may be slow', () => {
    const world = new World(false, 1);
    const at = (chainSeconds: number, ownSeconds: number) =>
      kinds(
        decide(seen(world, PROVIDER, depthRoute(1).right, { clock: { chainSeconds, ownSeconds, skewSeconds: 120 } }))
          .moves,
      );
    const end = world.view().windowEndsAt;
    assert.deepEqual(at(end - 500, end - 121), []);
    assert.deepEqual(at(end - 500, end - 119), ['finalise']);
    assert.deepEqual(at(end + 1, end - 9_999), ['finalise']);
  });

  it('takes the price of an own request back where a proof was asked for and none came', () => {
    const world = new World(false, 1);
    const view = world.view();
    const unheld = { kind: 'unheld', what: 'route' } as const;
    const made = (proofRequired: boolean, me: `0x${string}`, chainSeconds: number) => {
      const request = { ...view.claim.request, requester: WATCHER, proofRequired };
      const known = [{ view: { ...view, claim: { ...view.claim, request } }, knowledge: unheld }];
      return kinds(decide(seen(world, me, unheld, { known, clock: { ...clock, chainSeconds } })).moves);
    };
    const clock = { ownSeconds: 0, skewSeconds: 120 };
    const end = view.windowEndsAt;
    assert.deepEqual(made(true, WATCHER, end + 1), ['finalise']);
    assert.deepEqual(made(true, WATCHER, end), []);
    assert.deepEqual(made(false, WATCHER, end + 1), []);
    assert.deepEqual(made(true, STRANGER, end + 1), []);
  });

  it('stakes and prepays no more than it may, highest bonds first, and says what it leaves', () => {
    const world = new World(true, 2);
    const view = world.view();
    const knowledge = depthRoute(2).wrong(view);
    const larger = {
      ...view,
      id: `0x${'8'.repeat(64)}` as const,
      claim: { ...view.claim, request: { ...view.claim.request, bondMicroUsd: 2n * BOND } },
    };
    const known = [
      { view, knowledge },
      { view: larger, knowledge },
    ];
    const policy = { ...POLICY, maxStakeMicroUsd: (2n * BOND * STAKE_PPM) / 1_000_000n };
    const { moves, alerts } = decide(seen(world, WATCHER, knowledge, { known, policy }));
    assert.deepEqual(
      moves.map((move) => [move.kind, move.claimId]),
      [['dispute', larger.id]],
    );
    assert.deepEqual(
      alerts.map((alert) => [alert.kind, 'claimId' in alert && alert.claimId]),
      [['over-limit', view.id]],
    );
    const poor = decide(seen(world, WATCHER, knowledge, { policy: { ...POLICY, maxPrepayWeiPerDay: 9n } }));
    assert.deepEqual(kinds(poor.moves), []);
  });

  it('finishes a dispute whose stake is locked, whatever the day has cost', () => {
    const world = new World(true, 2);
    const policy = { ...POLICY, maxPrepayWeiPerDay: 10n };
    const [first] = decide(seen(world, WATCHER, depthRoute(2).wrong, { policy })).moves;
    world.play(WATCHER, first!);
    const asked = world.disputes[0]!.exchanges[0]!.question;
    const answer = depthRoute(2).answerTo(asked);
    const { id: claimId } = world.view();
    assert.ok(world.play(PROVIDER, { kind: 'answer', claimId, disputeId: 1n, question: asked, answer, before: 0 }));
    assert.deepEqual(kinds(decide(seen(world, WATCHER, depthRoute(2).wrong, { policy, prepaidWei: 10n })).moves), [
      'ask',
    ]);
  });

  it('asks for withheld data once a quarter of the window is over, as far as the limit of stakes for that reaches', () => {
    const world = new World(true, 2);
    const withheld = (view: ClaimView): Knowledge => {
      const known = depthRoute(2).wrong(view) as Extract<Knowledge, { kind: 'wrong' }>;
      return { ...known, kind: 'withheld', problem: null };
    };
    const stake = (BOND * STAKE_PPM) / 1_000_000n;
    const looks = (more: Partial<Seen> = {}) => decide(seen(world, WATCHER, withheld, more));
    world.now += WINDOW / 4;
    assert.deepEqual(looks(), { moves: [], alerts: [] });
    world.now += 1;
    const policy = { ...POLICY, maxDataStakeMicroUsdPerDay: stake };
    assert.deepEqual(kinds(looks({ policy }).moves), ['dispute']);
    const beyond = looks({ policy, dataStakedMicroUsd: 1n });
    assert.deepEqual([beyond.moves, beyond.alerts.map(({ kind }) => kind)], [[], ['withheld']]);
    const two = { ...world.view(), id: `0x${'8'.repeat(64)}` as const };
    const known = [world.view(), two].map((view) => ({ view, knowledge: withheld(view) }));
    assert.deepEqual(kinds(looks({ policy, known }).moves), ['dispute']);
    // A wrong claim is no matter of data.
    const wrong = seen(world, WATCHER, depthRoute(2).wrong, { policy, dataStakedMicroUsd: stake });
    assert.deepEqual(kinds(decide(wrong).moves), ['dispute']);
    // What has begun goes on whatever the day has cost, and is given up where it can lead no further.
    world.play(WATCHER, looks().moves[0]!);
    const asked = world.disputes[0]!.exchanges[0]!.question;
    const answer = depthRoute(2).answerTo(asked);
    const { id: claimId } = world.view();
    assert.ok(world.play(PROVIDER, { kind: 'answer', claimId, disputeId: 1n, question: asked, answer, before: 0 }));
    assert.deepEqual(kinds(looks({ policy, dataStakedMicroUsd: stake }).moves), ['ask']);
    const spent = (): Knowledge => ({ kind: 'withheld', problem: null, steps: new Map([[1n, { kind: 'concede' }]]) });
    assert.deepEqual(kinds(decide(seen(world, WATCHER, spent)).moves), ['concede']);
  });

  it('proves an own claim whose proof it has at once, and not after a window that needs one', () => {
    const world = new World(false, 2);
    const proved = (): Knowledge => ({ kind: 'right', answers: new Map(), proof: '0xff' });
    const [move] = decide(seen(world, PROVIDER, proved)).moves;
    assert.deepEqual([move?.kind, move?.before === Number.MAX_SAFE_INTEGER], ['prove', true]);
    const view = world.view();
    const needs = { ...view, claim: { ...view.claim, request: { ...view.claim.request, proofRequired: true } } };
    const at = (now: number) => {
      world.now = now;
      return decide(seen(world, PROVIDER, proved, { known: [{ view: needs, knowledge: proved() }] })).moves;
    };
    assert.deepEqual(
      at(view.windowEndsAt).map(({ kind, before }) => [kind, before]),
      [['prove', view.windowEndsAt]],
    );
    assert.deepEqual(kinds(at(view.windowEndsAt + 1)), ['finalise']);
    // Nobody else's business.
    assert.deepEqual(kinds(decide(seen(world, WATCHER, proved)).moves), []);
  });

  it('concedes a dispute that it should not have begun, and warns of deadlines and of its own mistakes', () => {
    const world = new World(true, 2);
    const [first] = decide(seen(world, WATCHER, depthRoute(2).wrong)).moves;
    world.play(WATCHER, first!);
    const mine = decide(seen(world, PROVIDER, depthRoute(2).wrong));
    assert.deepEqual(
      mine.alerts.map(({ kind }) => kind),
      ['own-claim-wrong', 'cannot-answer'],
    );
    world.now += CLOCK - 30;
    const hurried = decide(seen(world, PROVIDER, depthRoute(2).right));
    assert.deepEqual(
      hurried.alerts.map(({ kind }) => kind),
      ['deadline-at-risk'],
    );
    world.play(PROVIDER, hurried.moves[0]!);
    assert.deepEqual(kinds(decide(seen(world, WATCHER, depthRoute(2).right)).moves), ['concede']);
  });
});
