/**
 * Writes `vectors/lmsr.json`: costs of trades, each computed twice without `packages/markets`. `cost` is the textbook
 * form at 512 bits, in micro-dollars to 24 decimals, rounded down; `costQ192` are the integer steps of the specification
 * and `costMicroUsd` is their rounding, what is charged. Run: `node scripts/vectors/lmsr.ts`.
 */
import { writeFileSync } from 'node:fs';
import { BITS, cost, liquidity } from './lmsr-math.ts';
import { costQ192, perOctaveQ64 } from './lmsr-steps.ts';

type Trade = {
  readonly subsidyMicroUsd: bigint;
  readonly quantities: readonly bigint[];
  readonly outcome: number;
  readonly delta: bigint;
};

const USD = 1_000_000n;
const SUBSIDIES = [1_000n, 50_000n, USD, 50n * USD, 1_000_000n * USD, 1_000_000_000n * USD];
const OUTCOMES = [2, 3, 5, 10, 16];

/** Trades at a state: the smallest, a share, about b, several b (the other branch of the textbook form), and sales. */
const around = (subsidyMicroUsd: bigint, quantities: readonly bigint[]): Trade[] => {
  const unit = subsidyMicroUsd;
  const last = quantities.length - 1;
  const steps: readonly (readonly [number, bigint])[] = [
    [0, 1n],
    [0, unit],
    [last, unit * 6n],
    [0, -1n],
    [last, -unit / 3n],
  ];
  return steps.map(([outcome, delta]) => ({ subsidyMicroUsd, quantities, outcome, delta }));
};

const grid = SUBSIDIES.flatMap((subsidy) =>
  OUTCOMES.flatMap((outcomes) => {
    const zero = new Array<bigint>(outcomes).fill(0n);
    const slope = zero.map((_, j) => (subsidy * BigInt(j)) / 3n + BigInt(j * j));
    return [...around(subsidy, zero), ...around(subsidy, slope)];
  }),
);

/** Cases that broke others: prices at the edge of what doubles and 18 decimals can hold, and far beyond. */
const edges: Trade[] = [
  { subsidyMicroUsd: 50n * USD, quantities: [3_000n * USD, 0n], outcome: 1, delta: 3_000n * USD },
  { subsidyMicroUsd: 50n * USD, quantities: [0n, 0n], outcome: 0, delta: 3_000n * USD },
  { subsidyMicroUsd: 50n * USD, quantities: [1_495n * USD, 0n], outcome: 1, delta: 1n },
  { subsidyMicroUsd: 50n * USD, quantities: [80_000n * USD, 0n], outcome: 0, delta: USD },
  { subsidyMicroUsd: 50n * USD, quantities: [-80_000n * USD, -80_001n * USD], outcome: 0, delta: 25n * USD },
  { subsidyMicroUsd: 1_000n, quantities: [1n << 59n, (1n << 59n) - 4_000n], outcome: 1, delta: 8_000n },
];

const decimals = (value: bigint): string => {
  const scaled = (value * 10n ** 24n) >> BITS;
  const size = scaled < 0n ? -scaled : scaled;
  return `${scaled < 0n ? '-' : ''}${size / 10n ** 24n}.${(size % 10n ** 24n).toString().padStart(24, '0')}`;
};

const solved = ({ subsidyMicroUsd, quantities, outcome, delta }: Trade) => {
  const exact = cost(liquidity(subsidyMicroUsd, quantities.length), quantities, outcome, delta);
  const raw = costQ192(subsidyMicroUsd, quantities, outcome, delta);
  return {
    subsidyMicroUsd: subsidyMicroUsd.toString(),
    perOctaveQ64: perOctaveQ64(subsidyMicroUsd, quantities.length).toString(),
    quantities: quantities.map(String),
    outcome,
    delta: delta.toString(),
    cost: decimals(exact),
    costQ192: raw.toString(),
    costMicroUsd: (-(-raw >> 192n)).toString(),
  };
};

/** Path and text of the file. */
export const outputs = (): ReadonlyMap<string, string> => {
  const cases = [...grid, ...edges].map(solved);
  const about = 'LMSR costs; see spec/04-market.md. Written by scripts/vectors/lmsr.ts.';
  const lines = cases.map((one) => `    ${JSON.stringify(one)}`).join(',\n');
  return new Map([
    ['vectors/lmsr.json', `{\n  "about": "${about}",\n  "count": ${cases.length},\n  "cases": [\n${lines}\n  ]\n}\n`],
  ]);
};

if (import.meta.main) for (const [path, text] of outputs()) writeFileSync(path, text);
