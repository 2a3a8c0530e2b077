/**
 * Topic `onnx`: the conformance cases that the ONNX project publishes. A case is in scope when it imports; then its float
 * graph must give what ONNX expects, and its integer program too, within the bound of the policy int16. What is out of
 * scope is listed by reason. And spoilt models: each is imported or refused with a code of its own.
 */
import { Machine } from '../packages/programs/src/index.ts';
import type { Figure } from './figure.ts';
import { type Case, onnxCases } from './onnx/cases.ts';
import { floatVerdict } from './onnx/float.ts';
import { altered, damaged, type FuzzReport, fuzzOnnx } from './onnx/fuzz.ts';
import { integerVerdict, REAL_BOUND } from './onnx/integer.ts';
import { SEEDS } from './onnx/seeds.ts';

const SPOILT = 100_000;

type Tally = {
  agree: number;
  /** Imported, but the program gives something else: must not occur. */
  wrong: string[];
  /** Out of scope: operator or rule, and how many cases. */
  readonly reasons: Map<string, number>;
  /** In scope for reals, refused in integers by a typed error. */
  readonly refused: string[];
  folded: number;
  worst: number;
};

const judge = async (one: Case, tally: Tally, machine: Machine): Promise<void> => {
  const float = floatVerdict(one);
  if (float.kind === 'out of scope') {
    tally.reasons.set(float.why, (tally.reasons.get(float.why) ?? 0) + 1);
    return;
  }
  if (float.kind === 'wrong') {
    tally.wrong.push(`${one.name}: in float, ${float.why}`);
    return;
  }
  const integer = await integerVerdict(one, float.imported, machine);
  if (integer.kind === 'refused') tally.refused.push(`${one.name}: ${integer.why}`);
  else if (integer.kind === 'wrong') tally.wrong.push(`${one.name}: ${integer.why}`);
  else {
    tally.agree++;
    tally.worst = Math.max(tally.worst, integer.share);
    if (integer.program.nodes.length === 0) tally.folded++;
  }
};

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const report = (tally: Tally): void => {
  for (const line of tally.wrong) print(`  WRONG    ${line}`);
  for (const line of tally.refused) print(`  refused  ${line}`);
  print('  out of scope, by reason:');
  const reasons = [...tally.reasons].sort(([, a], [, b]) => b - a);
  for (const [why, count] of reasons.slice(0, 40)) print(`  ${String(count).padStart(5)}  ${why.slice(0, 150)}`);
  const rest = reasons.slice(40).reduce((sum, [, count]) => sum + count, 0);
  if (rest > 0) print(`  ${String(rest).padStart(5)}  other reasons, ${reasons.length - 40} of them`);
};

const conformance = async (): Promise<Figure[]> => {
  const cases = onnxCases();
  const tally: Tally = { agree: 0, wrong: [], reasons: new Map(), refused: [], folded: 0, worst: 0 };
  const light: Tally = { agree: 0, wrong: [], reasons: new Map(), refused: [], folded: 0, worst: 0 };
  const machine = await Machine.create();
  for (const one of cases ?? []) await judge(one, one.set === 'light' ? light : tally, machine);
  await machine.close();
  if (cases !== null) {
    report(tally);
    for (const line of [...light.wrong, ...light.refused]) print(`  light    ${line}`);
  }
  const known = (value: number): number | null => (cases === null ? null : value);
  const holds = (good: boolean): boolean | null => (cases === null ? null : good);
  const all = (cases ?? []).filter(({ set }) => set !== 'light').length;
  const networks = (cases ?? []).length - all;
  return [
    {
      name: 'cases in scope that agree',
      value: known(tally.agree),
      unit: `of ${all}`,
      goal: '>= 500',
      holds: holds(tally.agree >= 500),
      peer: `expected outputs of ONNX; ${tally.folded} of them fold to constants`,
    },
    {
      name: 'cases in scope that do not agree',
      value: known(tally.wrong.length),
      unit: 'cases',
      goal: '0',
      holds: holds(tally.wrong.length === 0),
      peer: '',
    },
    {
      name: 'refused by a typed error when quantised',
      value: known(tally.refused.length),
      unit: 'cases',
      goal: '',
      holds: null,
      peer: 'integers beyond 2^30, bits of wide integers, sums of huge exponentials',
    },
    {
      name: 'largest error of a case',
      value: known(tally.worst),
      unit: 'of its bound',
      goal: '<= 1',
      holds: holds(tally.worst <= 1),
      peer: `${REAL_BOUND} of the largest output; integers exact, ±1 where ONNX quantises`,
    },
    {
      name: 'light networks that import and agree',
      value: known(light.agree),
      unit: `of ${networks}`,
      goal: 'all',
      holds: holds(light.agree === networks),
      peer: 'expected outputs of ONNX',
    },
  ];
};

const spoilt = (what: string, { cases, failures, slowestMs, imported }: FuzzReport): Figure => {
  for (const line of failures.slice(0, 5)) print(`  ${what}: ${line}`);
  return {
    name: `${what}: answers that are no result and no listed code`,
    value: failures.length,
    unit: `of ${cases}`,
    goal: '0',
    holds: failures.length === 0,
    peer: `${imported} imported; slowest ${slowestMs.toFixed(0)} ms`,
  };
};

export const run = async (): Promise<Figure[]> => {
  const options = { seed: 1, count: SPOILT, clock: () => performance.now() };
  return [
    ...(await conformance()),
    spoilt('damaged models', fuzzOnnx(damaged(SEEDS), options)),
    spoilt('altered models', fuzzOnnx(altered, options)),
  ];
};
