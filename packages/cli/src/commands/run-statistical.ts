/** `surety run --prove statistical`: a run with a record of its exact sums, or the check of such a record; offline, no money. */
import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import type { RunOutput } from '@surety/sdk/model-files';
import { fail } from '../local/fail.ts';
import { readBytes, writeFile } from '../local/files.ts';
import { inputsOf, openModel } from '../local/model-files.ts';
import { number } from '../model-report.ts';
import { UsageError } from '../refusal.ts';
import type { Context, Values } from '../table.ts';
import type { Output } from '../terminal/output.ts';
import { safe } from '../terminal/safe.ts';
import { wrap } from '../terminal/table.ts';

/** Largest record that is read: four bytes a sum. */
const MAX_RECORD_BYTES = 2 ** 30;

const SHOWN = 8;

const STATUS = { shown: 0, refuted: 1, 'not-shown': 3 } as const;

/** What is for a claim in the arbiter alone. */
const MONEY = ['request', 'bond', 'price', 'window', 'clock', 'wait'] as const;

const printOutputs = (out: Output, outputs: readonly RunOutput[]): void => {
  for (const { name, dtype, shape, reals } of outputs) {
    const few = reals.slice(0, SHOWN).map((value) => Number(value.toPrecision(6)));
    const rest = reals.length > SHOWN ? `, … (${number(reals.length)} in all)` : '';
    out.line(
      `${out.style.bold(safe(name))} ${out.style.dim(`${dtype} [${shape.join(', ')}]`)}  ${few.join(', ')}${rest}`,
    );
  }
};

const prove = async (word: string, file: string, values: Values, context: Context): Promise<number> => {
  const { out, cwd } = context;
  const model = await openModel(word, context);
  try {
    const { proveSums } = await import('@surety/sdk/model-files');
    const proven = await proveSums(model, await inputsOf(model, file, context), { integers: values.integers === true });
    if (!proven.ok) return fail(proven.problem);
    const { record, ...run } = proven.value;
    const target = resolve(cwd, typeof values.out === 'string' ? values.out : `${run.outputId.slice(0, 12)}.sums`);
    writeFile(target, record);
    if (out.json) {
      out.data({ program: model.id, ...run, record: target, bytes: record.length });
      return 0;
    }
    const { dim, yellow } = out.style;
    printOutputs(out, run.outputs);
    if (run.clamped > 0)
      out.line(yellow(`  ${number(run.clamped)} input numbers lay beyond the program's range and were clamped.`));
    out.line(dim(`  program ${model.id}`));
    out.line(dim(`  input   ${run.inputId}`));
    out.line(dim(`  output  ${run.outputId}`));
    out.line(dim(`  trace   ${run.traceRoot}`));
    out.line(`The record of its sums is ${target} (${number(record.length)} bytes).`);
    out.line(
      dim('  Whoever holds program and input checks it with --check; as it stands it proves nothing to anybody.'),
    );
    return 0;
  } finally {
    model.close();
  }
};

const check = async (word: string, file: string, values: Values, context: Context): Promise<number> => {
  const { out, cwd } = context;
  const named = String(values.check);
  const record = readBytes(resolve(cwd, named), { what: 'The record', maxBytes: MAX_RECORD_BYTES });
  const model = await openModel(word, context);
  try {
    const { checkSums } = await import('@surety/sdk/model-files');
    const checked = await checkSums(model, await inputsOf(model, file, context), record, {
      integers: values.integers === true,
      // The secret of this one check: drawn here, used once, and kept nowhere.
      seed: new Uint8Array(randomBytes(32)),
    });
    if (!checked.ok) return fail(checked.problem);
    const { finding, outputs, inputId } = checked.value;
    if (out.json) out.data({ program: model.id, inputId, outputs, finding });
    else {
      const { bold, dim, green, red, yellow } = out.style;
      const mark = { shown: green('✔'), refuted: red('✘'), 'not-shown': yellow('○') }[finding.holds];
      out.line(`${mark} ${bold(wrap(safe(finding.summary), out.width - 2, '  '))}`);
      if (outputs !== null) printOutputs(out, outputs);
      const say = (text: string): void => out.line(dim(`  ${wrap(safe(text), out.width - 4, '    ')}`));
      for (const { property, of } of finding.proves) say(`proves ${property} of ${of}`);
      for (const each of finding.assumes) say(`assumes ${each}`);
      for (const each of finding.doesNotProve) say(`does not prove ${each}`);
    }
    return STATUS[finding.holds];
  } finally {
    model.close();
  }
};

/** The whole command, for this route. */
export const runStatistical = async (
  [word, file]: readonly string[],
  values: Values,
  context: Context,
): Promise<number> => {
  const usage = 'Usage: surety run PROGRAM|ID INPUT.json|INPUT.npz --prove statistical [--out FILE | --check FILE]';
  if (word === undefined || file === undefined) throw new UsageError('A record is of a program and an input.', usage);
  const money = MONEY.find((name) => values[name] !== undefined);
  if (money !== undefined)
    throw new UsageError(
      `--${money} is for --prove optimistic.`,
      `Leave --${money} out: no money is at stake.`,
      `--${money}`,
    );
  if (values.threads !== undefined)
    throw new UsageError('--threads is for --prove zk.', 'Leave --threads out.', '--threads');
  if (values.check !== undefined && values.out !== undefined)
    throw new UsageError('--check reads a record and --out writes one.', 'Give one of them.', '--check');
  return values.check === undefined ? prove(word, file, values, context) : check(word, file, values, context);
};
