/**
 * `long-disputes`: a generation of 64 tokens by a small transformer and a training run of 1,000 steps, each claimed with a lie
 * about one element somewhere, from the claim to the verdict on a local chain; and what the trace of every step adds to the
 * runs. Published: opML under 2 minutes for a network that reads digits; its contract has no deadlines.
 */
import { performance } from 'node:perf_hooks';
import { sameBytes, unwrap } from '@surety/core';
import { createEngine, elements, Machine, runIterated } from '@surety/programs';
import { openProgram, openRun, type ProgramBook, type RunBook } from '@surety/proofs';
import { Random } from '../packages/programs/test/random.ts';
import type { View } from '../packages/proofs/src/optimistic/view.ts';
import { shownAhead } from './disputes/claims.ts';
import { type Game, playLie, type Sides } from './disputes/game.ts';
import { openCourt } from './disputes-gas/court.ts';
import type { Figure } from './figure.ts';
import { lieLate } from './long-disputes/late-liar.ts';
import { generationRun, type LongRun, trainingRun } from './long-disputes/programs.ts';

const OPML_SECONDS = 120;
const DECIDING_GAS = 300_000;
/** Disputes about each part of each run. */
const SEEDS = 3;
const PARTS = ['early', 'middle', 'late'] as const;
/** So small that what follows stays within what the program takes. */
const MOST_BITS = 3;
const TURNS = 5;

type Verdict = Game & {
  readonly where: string;
  /** Of the watcher's own run, and of everything from the claim to the verdict. */
  readonly rerunSeconds: number;
  readonly seconds: number;
};

const secondsSince = (start: number): number => (performance.now() - start) / 1e3;

const median = (list: readonly number[]): number => [...list].sort((a, b) => a - b)[list.length >> 1]!;

const most = (list: readonly number[]): number => list.reduce((a, b) => Math.max(a, b), 0);

/** A claim with a lie in some step of a part of the run. */
const drawLie = async (
  own: RunBook,
  part: number,
  random: Random,
  machine: Machine,
): Promise<readonly [View, string]> => {
  const { program, steps } = own;
  for (;;) {
    const step = Math.floor(((part + random.int(0, 999) / 1_000) * steps) / PARTS.length);
    const node = random.int(0, program.nodes - 1);
    const type = program.checked.types[program.inputs + program.constants + node]!;
    const element = random.int(0, elements(type.shape) - 1);
    const view = await lieLate(own, { step, node, element, bit: random.int(0, MOST_BITS) }, machine);
    const { op } = program.checked.nodes[node]!.form;
    if (view !== null) return [view, `step ${step}, node ${node} (${op}), element ${element}`];
  }
};

/** From the claim to the verdict: the watcher runs all of it again, and both open what the other asks about by re-running steps. */
const judged = async (
  program: ProgramBook,
  { inputs, steps }: LongRun,
  [view, where]: readonly [View, string],
  sides: Sides,
): Promise<Verdict> => {
  const ahead = await shownAhead(view);
  const started = performance.now();
  const watcher = unwrap(await openRun(program, inputs, { steps }));
  const rerunSeconds = secondsSince(started);
  const game = await playLie(watcher, view, sides, { ahead });
  const seconds = secondsSince(started);
  await watcher.close();
  if (game.end !== 'refuted') throw new RangeError(`${where}: the watcher does not win (${game.why})`);
  return { ...game, where, rerunSeconds, seconds };
};

/** Milliseconds of a run without and with the trace of every step, in turns. */
const traced = async (program: ProgramBook, { inputs, steps }: LongRun) => {
  const engine = unwrap(await createEngine(program.checked));
  const times = { plain: [] as number[], traced: [] as number[] };
  for (let turn = -1; turn < TURNS; turn++) {
    for (const [name, options] of [['plain', {}] as const, ['traced', { trace: program.commitment }] as const]) {
      const started = performance.now();
      unwrap(await runIterated(engine, steps, inputs, options));
      // The first turn warms up.
      if (turn >= 0) times[name].push(performance.now() - started);
    }
  }
  await engine.close();
  return { plain: median(times.plain), traced: median(times.traced) };
};

const figuresOf = async (name: string, run: LongRun, sides: Sides): Promise<Figure[]> => {
  const program = openProgram(run.program);
  const machine = await Machine.create();
  const started = performance.now();
  const own = unwrap(await openRun(program, run.inputs, { steps: run.steps, machine }));
  const ownSeconds = secondsSince(started);
  const again = unwrap(await openRun(program, run.inputs, { steps: run.steps, machine }));
  if (!sameBytes(own.run.trace, again.run.trace)) throw new RangeError(`${name}: two runs are not the same`);
  const verdicts: Verdict[] = [];
  for (const part of PARTS.keys()) {
    for (let seed = 0; seed < SEEDS; seed++) {
      const verdict = await judged(
        program,
        run,
        await drawLie(own, part, new Random(100 * part + seed), machine),
        sides,
      );
      process.stderr.write(
        `long-disputes: ${name}, ${verdict.where}: ${verdict.transactions} transactions, ${verdict.seconds.toFixed(1)} s\n`,
      );
      verdicts.push(verdict);
    }
  }
  const cost = await traced(program, run);
  await machine.close();
  const row = (what: string, list: readonly number[], unit: string, limit: number | null = null): Figure => ({
    name: `${name}: ${what}`,
    value: most(list),
    unit,
    goal: limit === null ? '' : `<= ${limit}`,
    holds: limit === null ? null : most(list) <= limit,
    peer: `median ${median(list).toLocaleString('en-US', { maximumSignificantDigits: 4 })}`,
  });
  const gasOf = ({ answers }: Game): number => answers.reduce((a, b) => a + b, 0);
  const counted = verdicts.length;
  return [
    {
      name: `${name}: lies refuted, ${PARTS.join(', ')}`,
      value: counted,
      unit: 'lies',
      goal: `= ${PARTS.length * SEEDS}`,
      holds: counted === PARTS.length * SEEDS,
      peer: `${run.steps} steps of ${program.nodes} nodes`,
    },
    row(
      'questions, most',
      verdicts.map(({ answers }) => answers.length),
      'rounds',
    ),
    row(
      'from the first question to the verdict, most',
      verdicts.map(({ transactions }) => transactions),
      'transactions',
    ),
    row(
      'gas of the claim, top of the steps shown',
      verdicts.map(({ claimed }) => claimed.sent.gas),
      'gas',
    ),
    row("gas of the provider's answers, most", verdicts.map(gasOf), 'gas'),
    row(
      "gas of the watcher's moves, most",
      verdicts.map(({ asked, deciding }) => asked + deciding),
      'gas',
    ),
    row(
      'deciding step, most',
      verdicts.map(({ deciding }) => deciding),
      'gas',
      DECIDING_GAS,
    ),
    row('run by the provider, traced', [ownSeconds], 's'),
    row(
      "of it the watcher's own run, most",
      verdicts.map(({ rerunSeconds }) => rerunSeconds),
      's',
    ),
    {
      ...row(
        'from the claim to the verdict, most',
        verdicts.map(({ seconds }) => seconds),
        's',
        OPML_SECONDS,
      ),
    },
    {
      name: `${name}: trace of every step on top of the loop`,
      value: 100 * (cost.traced / cost.plain - 1),
      unit: '%',
      goal: '',
      holds: null,
      peer: `${cost.plain.toFixed(0)} ms without, ${cost.traced.toFixed(0)} ms with`,
    },
  ];
};

export const run = async (): Promise<Figure[]> => {
  const { court, parties } = await openCourt();
  const sides = { provider: parties[0]!, watcher: parties[1]! };
  try {
    return [
      ...(await figuresOf('generation of 64 tokens', await generationRun(), sides)),
      ...(await figuresOf('training of 1,000 steps', trainingRun(), sides)),
    ];
  } finally {
    await court.close();
  }
};
