/**
 * The market engine on one core: trades per second through the whole `step`, beside a double-precision engine that
 * only prices and beside the limit that one BigInt exponential and logarithm set; bit-equality with the contract; and
 * what a million trades leave in memory.
 */
import { type Case, openHarness } from '../contracts/test/lmsr/harness.ts';
import { exp2, log2 } from '../packages/markets/src/fixed.ts';
import {
  chargeMicroUsd,
  costQ192,
  curveAt,
  liquidityOf,
  type Market,
  type MarketEvent,
  moveCurve,
  SUBSIDY_MICRO_USD,
  step,
  totalValue,
} from '../packages/markets/src/index.ts';
import type { Figure } from './figure.ts';
import { heapUsedBytes } from './support/heap.ts';

const USD = 1_000_000n;
const ACCOUNTS = 1_000;

/** A reproducible source of 32-bit numbers (xorshift32). */
const numbers = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
};

const addressOf = (k: number): string => `0x${k.toString(16).padStart(40, '0')}`;

const accepted = (state: Market | undefined, event: MarketEvent): Market => {
  const next = step(state, event);
  if (next.kind === 'refused') throw new TypeError(next.problem.message);
  return next.state;
};

/** A $50 market of `outcomes` outcomes in which a thousand accounts have money. */
const busyMarket = (outcomes: number): Market => {
  let state = accepted(undefined, {
    kind: 'open',
    claimId: 'bench',
    outcomes,
    subsidyMicroUsd: 50n * USD,
    subsidyPayer: 'asker',
    closesAt: 2,
    feePpm: 1_000,
    feeRecipient: 'house',
  });
  for (let k = 0; k < ACCOUNTS; k += 1)
    state = accepted(state, { kind: 'fund', account: addressOf(k), amountMicroUsd: 100_000n * USD });
  return state;
};

/**
 * Orders as players send them: they buy up to two shares at a time and sell what they bought about half of the time.
 * In the end everybody sells what is left, so that a round can be repeated for ever.
 */
const orders = (count: number, outcomes: number): MarketEvent[] => {
  const draw = numbers(7);
  const held = new Map<string, bigint>();
  const order = (account: string, outcome: number, kind: 'buy' | 'sell', sharesMicroShares: bigint): MarketEvent => {
    const key = `${account}/${outcome}`;
    if (kind === 'sell') held.delete(key);
    else held.set(key, (held.get(key) ?? 0n) + sharesMicroShares);
    return { kind: 'order', account, at: 1, order: { kind, outcome, sharesMicroShares } };
  };
  const events: MarketEvent[] = [];
  while (events.length + held.size < count) {
    const account = addressOf(draw() % ACCOUNTS);
    const outcome = draw() % outcomes;
    const owned = held.get(`${account}/${outcome}`);
    if (owned !== undefined && draw() % 2 === 0) events.push(order(account, outcome, 'sell', owned));
    else events.push(order(account, outcome, 'buy', BigInt(1 + (draw() % 2_000_000))));
  }
  for (const [key, owned] of [...held]) {
    const [account = '', outcome] = key.split('/');
    events.push(order(account, Number(outcome), 'sell', owned));
  }
  return events;
};

/** Microseconds that this thread has computed: the clock of one core, which other work on the machine does not advance. */
const coreMicroseconds = (): number => {
  const { user, system } = process.threadCpuUsage();
  return user + system;
};

const perSecond = (count: number, started: number): number =>
  Math.round((count * 1e6) / (coreMicroseconds() - started));

/** Runs all orders; every one must be accepted. */
const play = (state: Market, events: readonly MarketEvent[]): Market => {
  let last = state;
  for (const event of events) last = accepted(last, event);
  return last;
};

/** Best of several runs, so that a busy machine does not decide. */
const best = (runs: number, measure: () => number): number =>
  Array.from({ length: runs }, measure).reduce((most, one) => Math.max(most, one));

const engineSpeed = (outcomes: number): number => {
  const events = orders(40_000, outcomes);
  const market = busyMarket(outcomes);
  const expected = totalValue(market);
  return best(5, () => {
    const started = coreMicroseconds();
    const end = play(market, events);
    const speed = perSecond(events.length, started);
    if (totalValue(end) !== expected) throw new TypeError('value was not conserved');
    return speed;
  });
};

/** The peer: naive double-precision pricing of the same trades, without accounts, checks, rounding or digest. */
const doubleSpeed = (outcomes: number): number => {
  const trades = orders(40_000, outcomes).flatMap((event) =>
    event.kind === 'order' && (event.order.kind === 'buy' || event.order.kind === 'sell')
      ? [
          {
            outcome: event.order.outcome,
            delta: (event.order.kind === 'sell' ? -1 : 1) * (Number(event.order.sharesMicroShares) / 1e6),
          },
        ]
      : [],
  );
  const b = 50 / Math.log(outcomes);
  const price = (): { paid: number; quantities: number[] } => {
    const quantities = new Array<number>(outcomes).fill(0);
    let paid = 0;
    const value = (): number => {
      let sum = 0;
      for (const quantity of quantities) sum += Math.exp(quantity / b);
      return b * Math.log(sum);
    };
    let before = value();
    for (const { outcome, delta } of trades) {
      quantities[outcome]! += delta;
      const after = value();
      paid += after - before;
      before = after;
    }
    return { paid, quantities };
  };
  // Equal before it is timed: the integers' total, to within a micro-dollar of rounding a trade.
  const { paid, quantities } = price();
  const liquidity = liquidityOf(50n * USD, outcomes);
  const exact = chargeMicroUsd(
    curveAt(
      liquidity,
      quantities.map(() => 0n),
    ),
    curveAt(
      liquidity,
      quantities.map((quantity) => BigInt(Math.round(quantity * 1e6))),
    ),
  );
  if (Math.abs(paid - Number(exact) / 1e6) > 1e-4) throw new TypeError('the peer prices something else');
  return best(5, () => {
    const started = coreMicroseconds();
    price();
    return perSecond(trades.length, started);
  });
};

/** The limit: one exponential and one logarithm of 128 bits a trade, and nothing else. */
const kernelSpeed = (): number => {
  const fractions = Array.from({ length: 1_000 }, (_, k) => (BigInt(k) << 118n) + 12_345n);
  return best(5, () => {
    let last = 0n;
    const started = coreMicroseconds();
    for (let k = 0; k < 50_000; k += 1) last ^= log2(exp2(fractions[k % 1_000]!));
    const speed = perSecond(50_000, started);
    if (last < 0n) throw new TypeError('not a logarithm');
    return speed;
  });
};

const randomCase = (draw: () => number): Case => {
  const outcomes = 2 + (draw() % 15);
  const wide = (bits: bigint): bigint => ((BigInt(draw()) << 32n) | BigInt(draw())) >> (64n - bits);
  const subsidyMicroUsd = SUBSIDY_MICRO_USD.min + wide(BigInt(8 + (draw() % 40)));
  const spread = subsidyMicroUsd * BigInt(1 + (draw() % 30));
  const within = (): bigint => (wide(60n) % (2n * spread)) - spread;
  return {
    subsidyMicroUsd,
    quantities: Array.from({ length: outcomes }, within),
    outcome: BigInt(draw() % outcomes),
    delta: draw() % 8 === 0 ? BigInt(draw() % 10) : within(),
  };
};

/** How many of `count` random cases the contract answers with the very same bits. */
export const countBitEqual = async (count: number): Promise<number> => {
  const harness = await openHarness();
  const draw = numbers(2026);
  let equal = 0;
  for (let done = 0; done < count; done += 25) {
    const cases = Array.from({ length: Math.min(25, count - done) }, () => randomCase(draw));
    const answers = await harness.costsQ192(cases);
    cases.forEach(({ subsidyMicroUsd, quantities, outcome, delta }, k) => {
      const before = curveAt(liquidityOf(subsidyMicroUsd, quantities.length), quantities);
      const after = moveCurve(before, Number(outcome), delta);
      if (answers[k] === costQ192(before, after)) equal += 1;
    });
  }
  await harness.close();
  return equal;
};

const heapMiB = (): number => heapUsedBytes() / 2 ** 20;

/** Heap growth in MiB over so many trades of one market, after a first hundred thousand. */
const heapGrowth = (trades: number): number => {
  const round = orders(100_000, 2);
  let state = play(busyMarket(2), round);
  const before = heapMiB();
  for (let done = 0; done < trades; done += round.length) state = play(state, round);
  const grown = heapMiB() - before;
  if (state.trades !== trades + round.length) throw new TypeError('trades were lost');
  return Math.max(0, Math.round(grown * 100) / 100);
};

/** Every figure of the engine. `cases` is how many random cases are compared with the contract, at 2 ms each. */
export const engineFigures = async (options: { readonly cases?: number } = {}): Promise<Figure[]> => {
  const cases = options.cases ?? 20_000;
  const kernel = kernelSpeed();
  const two = engineSpeed(2);
  const ten = engineSpeed(10);
  const growth = heapGrowth(1_000_000);
  const equal = await countBitEqual(cases);
  return [
    {
      name: 'engine, 2 outcomes',
      value: two,
      unit: 'trades/s of one core',
      goal: '>= 50000',
      holds: two >= 50_000,
      peer: `${kernel} for one 128-bit exponential and logarithm alone; ${doubleSpeed(2)} for naive doubles that only price`,
    },
    {
      name: 'engine, 10 outcomes',
      value: ten,
      unit: 'trades/s of one core',
      goal: '>= 50000',
      holds: ten >= 50_000,
      peer: `${doubleSpeed(10)} for naive doubles that only price`,
    },
    {
      name: 'bit-equal with the contract',
      value: equal,
      unit: `of ${cases} random cases`,
      goal: `= ${cases}`,
      holds: equal === cases,
      peer: 'contracts/src/lmsr/Lmsr.sol in an in-process EVM',
    },
    {
      name: 'heap growth over 1,000,000 trades',
      value: growth,
      unit: 'MiB',
      goal: '<= 1',
      holds: growth <= 1,
      peer: '',
    },
  ];
};

/** By itself, this topic compares five times as many cases. */
export const run = (): Promise<Figure[]> => engineFigures({ cases: 100_000 });
