/**
 * `soundness`: mutations of right proofs, of what they are about and of what their challenges are drawn from, counted by class;
 * and false proofs that only one check stops, each tried with that check and without it.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Figure } from './figure.ts';
import type { Way } from './soundness/cases.ts';
import type { Tally } from './soundness/mutations.ts';
import { removals } from './soundness/removals.ts';

const HALVES = 2;
const MUTATIONS = 104_000;

type Report = {
  readonly tally: Tally;
  readonly cases: number;
  readonly operators: number;
  readonly levels: readonly Way[];
};

/** Ways of hiding whose openings may go through levels: what a contract reads goes through none. */
const LEVELLED: readonly Way[] = ['public', 'input hidden', 'weights hidden', 'both hidden'];

const half = (index: number): Promise<Report> =>
  new Promise((resolve, reject) => {
    const script = join(import.meta.dirname, 'soundness', 'mutations.ts');
    const child = spawn(process.execPath, [script, index, HALVES, MUTATIONS / HALVES].map(String), {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let out = '';
    child.stdout.on('data', (chunk) => {
      out += String(chunk);
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(JSON.parse(out) as Report);
      else reject(new Error(`The mutations ended with ${code}.`));
    });
  });

export const run = async (): Promise<Figure[]> => {
  const stopped = await removals();
  const reports = await Promise.all(Array.from({ length: HALVES }, (_, i) => half(i)));
  const classes = new Map<string, { tried: number; accepted: number; true: number }>();
  for (const [name, { refused, accepted, thrown, true: held }] of reports.flatMap(({ tally }) =>
    Object.entries(tally),
  )) {
    const before = classes.get(name) ?? { tried: 0, accepted: 0, true: 0 };
    classes.set(name, {
      tried: before.tried + refused + accepted + thrown,
      // What is thrown is no answer: it counts against the verifier as well.
      accepted: before.accepted + accepted + thrown,
      true: before.true + held,
    });
  }
  const cases = reports.reduce((sum, report) => sum + report.cases, 0);
  const levelled = reports.flatMap(({ levels }) => levels);
  const all = [...classes.values()];
  const tried = all.reduce((sum, each) => sum + each.tried, 0);
  const accepted = all.reduce((sum, each) => sum + each.accepted, 0);
  return [
    {
      name: 'mutations accepted',
      value: accepted,
      unit: `of ${tried}`,
      goal: '= 0 of >= 100000',
      holds: accepted === 0 && tried >= 100_000,
      peer: `${cases} proofs, ${reports[0]!.operators} operators`,
    },
    {
      name: 'ways of hiding proved through levels',
      value: LEVELLED.filter((way) => levelled.includes(way)).length,
      unit: `of ${LEVELLED.length}`,
      goal: `= ${LEVELLED.length}`,
      holds: LEVELLED.every((way) => levelled.includes(way)),
      peer: `${levelled.length} proofs`,
    },
    ...[...classes].sort().map(
      ([name, each]): Figure => ({
        name: `accepted: ${name}`,
        value: each.accepted,
        unit: `of ${each.tried}`,
        goal: '= 0',
        holds: each.accepted === 0,
        peer: each.true > 0 ? `${each.true} more were true` : '',
      }),
    ),
    ...stopped,
  ];
};
