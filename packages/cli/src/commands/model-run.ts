/** `surety model run`: numbers in, numbers out, and the hashes that name both. */
import type { ModelRun, RunOutput } from '@surety/sdk/model-files';
import { fail } from '../local/fail.ts';
import { inputsOf, openModel } from '../local/model-files.ts';
import { number } from '../model-report.ts';
import { UsageError } from '../refusal.ts';
import type { Run } from '../table.ts';
import type { Output } from '../terminal/output.ts';
import { safe } from '../terminal/safe.ts';

const threadsOf = (given: string | boolean | undefined): number => {
  if (given === undefined) return 1;
  if (typeof given === 'string' && /^[1-9]\d?$/.test(given) && Number(given) <= 64) return Number(given);
  throw new UsageError(`--threads cannot be ${given}.`, 'Give a number from 1 to 64.', '--threads');
};

const SHOWN = 8;

/** Runs that are printed one by one for people; programs get all. */
const SHOWN_RUNS = 10;

const few = (values: readonly number[], words: (value: number) => string): string =>
  `${values.slice(0, SHOWN).map(words).join(', ')}${values.length > SHOWN ? `, … (${number(values.length)} in all)` : ''}`;

const real = (value: number): string => `${Number(value.toPrecision(6))}`;

/** Where a list of scores is largest: most models answer so. */
const best = ({ reals }: RunOutput): string => {
  if (reals.length < 2) return '';
  let at = 0;
  for (let i = 1; i < reals.length; i++) if (reals[i]! > reals[at]!) at = i;
  return `, largest at ${at}`;
};

const printRun = (out: Output, run: ModelRun, title: string | null): void => {
  const { bold, dim, yellow } = out.style;
  if (title !== null) out.line(bold(title));
  for (const output of run.outputs) {
    const { name, dtype, shape, integers, reals } = output;
    out.line(`${bold(safe(name))} ${dim(`${dtype} [${shape.join(', ')}]${best(output)}`)}`);
    out.line(`  ${few(reals, real)}`);
    out.line(dim(`  as integers ${few(integers, String)}`));
  }
  if (run.clamped > 0)
    out.line(yellow(`  ${number(run.clamped)} input numbers lay beyond the program's range and were clamped.`));
  out.line(dim(`  input  ${run.inputId}`));
  out.line(dim(`  output ${run.outputId}`));
  if (run.traceRoot !== null) out.line(dim(`  trace  ${run.traceRoot}`));
};

export const run: Run = async ({ args: [word = '', file = ''], values, context }) => {
  const { out, signal } = context;
  const threads = threadsOf(values.threads);
  const model = await openModel(word, context);
  try {
    const inputs = await inputsOf(model, file, context);
    const { runModel } = await import('@surety/sdk/model-files');
    const options = {
      threads,
      signal,
      integers: values.integers === true,
      trace: values.trace === true,
      now: () => performance.now(),
    };
    const done = await runModel(model, inputs, options);
    if (!done.ok) return fail(done.problem);
    const runs = done.value;
    const milliseconds = runs.reduce((sum, each) => sum + each.milliseconds, 0);
    if (out.json) {
      out.data({ program: model.id, runs });
      return 0;
    }
    for (const [i, each] of runs.slice(0, SHOWN_RUNS).entries()) {
      printRun(out, each, runs.length === 1 ? null : `run ${i + 1} of ${runs.length}`);
    }
    if (runs.length > SHOWN_RUNS) out.line(`… and ${runs.length - SHOWN_RUNS} runs more: --json prints all.`);
    out.line(out.style.dim(`program ${model.id}`));
    out.line(out.style.dim(`${milliseconds.toFixed(2)} ms${runs.length > 1 ? ` for ${runs.length} runs` : ''}`));
    return 0;
  } finally {
    model.close();
  }
};
