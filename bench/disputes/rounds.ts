/**
 * Many games at once on one chain: each lane plays one after the other with its own parties, and at the end of a round the
 * clock goes on for all, so that who is silent loses and what nobody refuted becomes final. Then everybody's money is counted.
 */

import { chunkCount, type IntegerForm, Machine, type OpName, type TensorType } from '@surety/programs';
import type { RunBook } from '@surety/proofs';
import { DEVELOPMENT_TERMS } from '../../packages/chain/src/plan.ts';
import { Random } from '../../packages/programs/test/random.ts';
import { truth } from '../../packages/proofs/test/liar.ts';
import {
  BOND_MICRO_USD,
  CLOCK_SECONDS,
  type Court,
  openCourt,
  type Party,
  WINDOW_SECONDS,
} from '../disputes-gas/court.ts';
import { type Attack, attack } from './attack.ts';
import { KINDS, runOfSeed, shownAhead, type Told, toldOf } from './claims.ts';
import { type Game, playLie } from './game.ts';

/** A lie that was played, and what it was about. */
export type Played = Game & {
  readonly kind: Told['kind'];
  readonly seed: number;
  readonly isIterated: boolean;
  /** Operator of the node that was wrong; null where it was no node's value. */
  readonly op: OpName | null;
  /** Chunks of the wrong value, and terms that each of its elements is made of; null where it was no node's value. */
  readonly chunks: number | null;
  readonly terms: number | null;
  readonly isShownAhead: boolean;
  readonly isTakenApart: boolean;
};

export type Tally = {
  readonly played: readonly Played[];
  readonly attacks: readonly Attack[];
  /** What should not have happened, in words. */
  readonly broken: readonly string[];
  readonly transactions: number;
};

type Lane = {
  readonly liar: Party;
  readonly watcher: Party;
  readonly provider: Party;
  readonly challenger: Party;
};

const PARTIES = 4;
const LANES = 16;
const LIES_PER_RUN = 20;
const SEEDS_PER_ROUND = 32;

const shareOfBond = (ppm: number): bigint => (BOND_MICRO_USD * BigInt(ppm)) / 1_000_000n;
const REWARD = shareOfBond(DEVELOPMENT_TERMS.rewardPpm);
const STAKE = shareOfBond(DEVELOPMENT_TERMS.stakePpm);

/** How many products, values or operands an element is the sum of, or the largest; 1 where it is neither. */
const termsOf = (form: IntegerForm, types: readonly TensorType[]): number => {
  const last = (id: number): number => types[id]!.shape.at(-1) ?? 1;
  switch (form.op) {
    case 'matmul':
      return last(form.a);
    case 'conv':
      return types[form.w]!.shape.slice(1).reduce((a, b) => a * b, 1);
    case 'sum_pool':
    case 'max_pool':
      return form.kernel[0] * form.kernel[1];
    case 'affine':
      return form.x.length;
    case 'reduce_sum':
    case 'reduce_max':
      return last(form.x);
    default:
      return 1;
  }
};

/** What the wrong value is. */
const aboutNode = (
  { wrong }: Game,
  { checked, inputs, constants }: RunBook['program'],
): Pick<Played, 'op' | 'chunks' | 'terms'> => {
  if (wrong?.what !== 'element' && wrong?.what !== 'partial' && wrong?.what !== 'end')
    return { op: null, chunks: null, terms: null };
  const { form } = checked.nodes[wrong.node]!;
  const type = checked.types[inputs + constants + wrong.node]!;
  return { op: form.op, chunks: chunkCount(type), terms: termsOf(form, checked.types) };
};

class Round {
  readonly played: Played[] = [];
  readonly attacks: Attack[] = [];
  readonly broken: string[] = [];
  private readonly court: Court;
  private readonly machine: Machine;

  constructor(court: Court, machine: Machine) {
    this.court = court;
    this.machine = machine;
  }

  /** Lies about the run of a seed, and an attack on the truth about it. */
  async seed(seed: number, lane: Lane): Promise<void> {
    const run = await runOfSeed(seed, this.machine);
    if (run === null) return;
    const random = new Random(Math.imul(seed, 747_796_405) + 1);
    const story = await truth(run);
    for (let i = 0, tries = 0; i < LIES_PER_RUN && tries < 100; tries++) {
      const told = toldOf(run, story, random.pick(KINDS), random);
      if (told === null) continue;
      i++;
      const { kind, view } = told;
      const isShownAhead = random.chance(50);
      const isTakenApart = random.chance(30);
      const game = await playLie(
        run,
        view,
        { provider: lane.liar, watcher: lane.watcher },
        {
          ahead: isShownAhead ? await shownAhead(view) : [],
          from: random.pick([0, 0, 1, 2, Number.POSITIVE_INFINITY]),
          ...(isTakenApart ? { decidingGas: 0 } : {}),
        },
      );
      if (game.end === 'lost') this.broken.push(`seed ${seed}, ${kind}: ${game.why}`);
      const about = { kind, seed, isIterated: run.steps > 1, isShownAhead, isTakenApart };
      this.played.push({ ...game, ...about, ...aboutNode(game, run.program) });
    }
    const loot = this.played.flatMap((game) => (game.seed === seed && game.proof !== null ? [game.proof] : []));
    const tried = await attack(run, lane, random, loot);
    this.broken.push(...tried.broken.map((what) => `seed ${seed}: ${what}`));
    this.attacks.push(tried);
    await run.close();
  }

  /** After all clocks: who is silent loses, and what stands is final. */
  async settle({ watcher, provider }: Lane): Promise<void> {
    await inTurn(this.played, async (game) => {
      if (game.end === 'clock' && !(await watcher.expire(game.claimed, game.disputeId)).isDone) {
        this.broken.push(`seed ${game.seed}, ${game.kind}: silence does not lose`);
      }
      const state = await this.court.stateOf(game.claimed);
      if (state !== 'void') this.broken.push(`seed ${game.seed}, ${game.kind}: the claim is ${state}`);
    });
    await inTurn(this.attacks, async ({ claimed, silent }) => {
      for (const disputeId of silent) await provider.expire(claimed, disputeId);
      await provider.finalise(claimed);
      const state = await this.court.stateOf(claimed);
      if (state !== 'final') this.broken.push(`a true claim is ${state}`);
    });
  }
}

/** Takes what is left, one by one, as long as there is something. */
const inTurn = async <T>(list: readonly T[], work: (each: T) => Promise<void>): Promise<void> => {
  const left = queueOf(list);
  for (let each = left.next(); !each.done; each = left.next()) await work(each.value);
};

const queues = new WeakMap<readonly unknown[], Iterator<unknown>>();

/** The same queue for everybody who asks for that of a list. */
const queueOf = <T>(list: readonly T[]): Iterator<T> => {
  const known = queues.get(list) ?? list[Symbol.iterator]();
  queues.set(list, known);
  return known as Iterator<T>;
};

const balances = (lanes: readonly Lane[], of: keyof Lane): Promise<bigint> =>
  Promise.all(lanes.map((lane) => lane[of].balance())).then((all) => all.reduce((sum, one) => sum + one, 0n));

const money = async (lanes: readonly Lane[]) => ({
  liar: await balances(lanes, 'liar'),
  watcher: await balances(lanes, 'watcher'),
  provider: await balances(lanes, 'provider'),
  challenger: await balances(lanes, 'challenger'),
});

/** What everybody should have after a round. */
const due = (before: Awaited<ReturnType<typeof money>>, { played, attacks }: Round): typeof before => {
  const voids = BigInt(played.length);
  const lost = BigInt(attacks.reduce((sum, { disputes }) => sum + disputes, 0));
  return {
    liar: before.liar - voids * BOND_MICRO_USD,
    watcher: before.watcher + voids * REWARD,
    provider: before.provider + lost * STAKE,
    challenger: before.challenger - lost * STAKE,
  };
};

/** A round on a chain of its own: one that had seen all of them would take ever longer over each block. */
const playRound = async (seeds: readonly number[], machine: Machine): Promise<Tally> => {
  const { court, parties } = await openCourt(LANES * PARTIES);
  try {
    const lanes = Array.from({ length: LANES }, (_, i): Lane => {
      const [liar, watcher, provider, challenger] = parties.slice(i * PARTIES);
      return { liar: liar!, watcher: watcher!, provider: provider!, challenger: challenger! };
    });
    const before = await money(lanes);
    const round = new Round(court, machine);
    await Promise.all(lanes.map((lane) => inTurn(seeds, (seed) => round.seed(seed, lane))));
    await court.pass(Math.max(WINDOW_SECONDS, CLOCK_SECONDS) + 1);
    await Promise.all(lanes.map((lane) => round.settle(lane)));
    const [after, wanted] = [await money(lanes), due(before, round)];
    for (const who of ['liar', 'watcher', 'provider', 'challenger'] as const) {
      if (after[who] !== wanted[who]) round.broken.push(`the ${who}s have ${after[who]}, not ${wanted[who]}`);
    }
    const { played, attacks, broken } = round;
    return { played, attacks, broken, transactions: court.transactions };
  } finally {
    await court.close();
  }
};

/**
 * Plays lies until there were so many, and attacks a true claim about each of their runs.
 * @param onRound called with the number of lies played so far
 */
export const playRounds = async (cases: number, onRound: (played: number) => void): Promise<Tally> => {
  const machine = await Machine.create();
  const tally = { played: [] as Played[], attacks: [] as Attack[], broken: [] as string[], transactions: 0 };
  for (let next = 0; tally.played.length < cases; next += SEEDS_PER_ROUND) {
    const seeds = Array.from({ length: SEEDS_PER_ROUND }, (_, i) => next + i);
    const round = await playRound(seeds, machine);
    tally.played.push(...round.played);
    tally.attacks.push(...round.attacks);
    tally.broken.push(...round.broken);
    tally.transactions += round.transactions;
    onRound(tally.played.length);
  }
  await machine.close();
  return tally;
};
