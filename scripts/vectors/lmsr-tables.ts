/**
 * Writes the constants of spec/04-market.md for TypeScript and Solidity from one computation at 512 bits.
 * Run: `node scripts/vectors/lmsr-tables.ts`; the outputs are committed and a test compares them.
 */
import { writeFileSync } from 'node:fs';
import { BITS, div, exp, LN2, ln, ONE, rational } from './lmsr-math.ts';

/** Rounds a 512-bit value down to 128 fractional bits. */
const down = (value: bigint): bigint => value >> (BITS - 128n);
const up = (value: bigint): bigint => -(-value >> (BITS - 128n));

const powerOfTwo = (numerator: number, denominator: number): bigint =>
  exp((LN2 * BigInt(numerator)) / BigInt(denominator));
const range = (length: number): number[] => Array.from({ length }, (_, index) => index);

/** 2^(a/64 − 1), 2^(a/4096) − 1, 2^(a/262144) − 1, each for a = 0 .. 63. */
const exp2Coarse = range(64).map((a) => down(powerOfTwo(a, 64) / 2n));
const exp2Middle = range(64).map((a) => down(powerOfTwo(a, 4096) - ONE));
const exp2Fine = range(64).map((a) => down(powerOfTwo(a, 262_144) - ONE));
/** log2(1 + i/256) for i = 0 .. 255. */
const log2Table = range(256).map((i) => down(div(ln(rational(BigInt(256 + i), 256n)), LN2)));

/** (ln 2)^k / k! for k = 1 .. 6: 2^r − 1 = Σ c_k·r^k. */
const expSeries: bigint[] = [];
for (let k = 1n, term = ONE; k <= 6n; k += 1n) {
  term = (term * LN2) / k / ONE;
  expSeries.push(down(term));
}
/** 2 / ((2k + 1)·ln 2) for k = 0 .. 6: log2((1+s)/(1−s)) = Σ c_k·s^(2k+1). */
const logSeries = range(7).map((k) => down(div(2n * ONE, LN2) / BigInt(2 * k + 1)));
/** log2 n for n = 2 .. 16, rounded up so that b rounds down. */
const log2Outcomes = range(15).map((k) => up(div(ln(BigInt(k + 2) << BITS), LN2)));
log2Outcomes[0] = 1n << 128n;
log2Outcomes[2] = 2n << 128n;
log2Outcomes[6] = 3n << 128n;
log2Outcomes[14] = 4n << 128n;

const hex = (value: bigint, bytes: number): string => value.toString(16).padStart(2 * bytes, '0');
const words = (table: readonly bigint[], bytes: number): string => table.map((value) => hex(value, bytes)).join('');
const lines = (text: string): string[] => text.match(/.{1,96}/g) ?? [];

const typescript = (): string => {
  const table = (name: string, doc: string, values: readonly bigint[], bytes: number): string =>
    `/** ${doc} */\nexport const ${name}: readonly bigint[] = words(\n  ${lines(words(values, bytes))
      .map((line) => `'${line}'`)
      .join(' +\n    ')},\n  ${bytes},\n);\n`;
  return `// Written by scripts/vectors/lmsr-tables.ts; do not edit.
const words = (hex: string, bytes: number): bigint[] => {
  const values: bigint[] = [];
  for (let at = 0; at < hex.length; at += 2 * bytes) values.push(BigInt(\`0x\${hex.slice(at, at + 2 * bytes)}\`));
  return values;
};

${[
  table('EXP2_COARSE', '2^(a/64 - 1), Q128, rounded down.', exp2Coarse, 16),
  table('EXP2_MIDDLE', '2^(a/4096) - 1, Q128, rounded down.', exp2Middle, 16),
  table('EXP2_FINE', '2^(a/262144) - 1, Q128, rounded down.', exp2Fine, 16),
  table('LOG2_TABLE', 'log2(1 + i/256), Q128, rounded down.', log2Table, 16),
  table('EXP2_SERIES', '(ln 2)^k / k! for k = 1 .. 6, Q128, rounded down.', expSeries, 16),
  table('LOG2_SERIES', '2 / ((2k + 1) ln 2) for k = 0 .. 6, Q128, rounded down.', logSeries, 17),
  table('LOG2_OUTCOMES', 'log2 n for n = 2 .. 16, Q128, rounded up.', log2Outcomes, 17),
].join('\n')}`;
};

const solidity = (): string => {
  const table = (name: string, doc: string, values: readonly bigint[]): string =>
    `/// @dev ${doc}\nbytes constant ${name} =\n${lines(words(values, 16))
      .map((line) => `    hex"${line}"`)
      .join('\n')};\n`;
  const constants = (name: string, first: number, doc: string, values: readonly bigint[]): string =>
    `// ${doc}\n${values.map((value, k) => `uint256 constant ${name}_${k + first} = 0x${value.toString(16)};`).join('\n')}\n`;
  return `// SPDX-License-Identifier: Apache-2.0
// Written by scripts/vectors/lmsr-tables.ts; do not edit.
pragma solidity ^0.8.28;

${[
  table('EXP2_TABLES', '2^(a/64 - 1), then 2^(a/4096) - 1, then 2^(a/262144) - 1; 64 words of 16 bytes each, Q128.', [
    ...exp2Coarse,
    ...exp2Middle,
    ...exp2Fine,
  ]),
  table('LOG2_TABLE', 'log2(1 + i/256), 256 words of 16 bytes, Q128.', log2Table),
  constants('EXP2', 1, '(ln 2)^k / k!, Q128, rounded down.', expSeries),
  constants('LOG2', 0, '2 / ((2k + 1) ln 2), Q128, rounded down.', logSeries),
  `/// @dev log2 n for n = 2 .. 16, 15 words of 32 bytes, Q128, rounded up.\nbytes constant LOG2_OUTCOMES =\n${lines(
    words(log2Outcomes, 32),
  )
    .map((line) => `    hex"${line}"`)
    .join('\n')};\n`,
].join('\n')}`;
};

/** Output path (relative to the repository root) and text of each generated file. */
export const outputs = (): ReadonlyMap<string, string> =>
  new Map([
    ['packages/markets/src/generated/tables.ts', typescript()],
    ['contracts/src/lmsr/LmsrTables.sol', solidity()],
  ]);

if (import.meta.main) for (const [path, text] of outputs()) writeFileSync(path, text);
