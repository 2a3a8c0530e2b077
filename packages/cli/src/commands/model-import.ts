/** `surety model import`: an ONNX model becomes a program file, with a report of what that cost. */
import { resolve } from 'node:path';
import type { ImportModelOptions, ImportStage, Interval, ModelImport, NumericArray } from '@surety/sdk/model-files';
import { fail } from '../local/fail.ts';
import { writeFile } from '../local/files.ts';
import { pairs, programName, readArrays, readText, remember, withFile } from '../local/model-files.ts';
import { type ModelReport, printProblems, printReport } from '../model-report.ts';
import { UsageError } from '../refusal.ts';
import type { Context, Run, Values } from '../table.ts';
import type { Output } from '../terminal/output.ts';

const text = (value: string | boolean | undefined): string | null => (typeof value === 'string' ? value : null);

const policyOf = (given: string | null): 'int8' | 'int16' => {
  if (given === null || given === 'int8') return 'int8';
  if (given === 'int16') return given;
  throw new UsageError(`There is no policy ${given}.`, 'Use int8 or int16.', '--policy');
};

const dimensionsOf = (values: Values): Record<string, number> =>
  Object.fromEntries(
    pairs('dimension', values.dimension).map(([name, size]) => {
      if (/^[1-9]\d{0,8}$/.test(size)) return [name, Number(size)];
      throw new UsageError(`The dimension ${name} cannot be ${size}.`, 'Give a whole number from 1 on.', '--dimension');
    }),
  );

const rangesOf = (values: Values): Record<string, Interval> =>
  Object.fromEntries(
    pairs('range', values.range).map(([name, range]) => {
      const match = /^(-?\d{1,10}):(-?\d{1,10})$/.exec(range);
      const [low, high] = [Number(match?.[1]), Number(match?.[2])];
      if (match !== null && low <= high) return [name, { low, high }];
      throw new UsageError(`The range ${range} of ${name} is not LOW:HIGH.`, 'Write for example ids=0:127.', '--range');
    }),
  );

const constantsOf = async (values: Values, cwd: string): Promise<Record<string, NumericArray>> => {
  const constants: Record<string, NumericArray> = {};
  for (const [name, place] of pairs('constant', values.constant)) {
    const at = place.lastIndexOf(':');
    const [file, array] = at < 0 ? [place, name] : [place.slice(0, at), place.slice(at + 1)];
    const arrays = await readArrays(file, cwd, `constant ${name}`);
    const found = arrays.get(array);
    if (found === undefined) {
      const next = `Name one of: ${[...arrays.keys()].join(', ')}.`;
      throw new UsageError(`${file} has no array ${array}.`, next, '--constant');
    }
    constants[name] = found;
  }
  return constants;
};

const STAGES: Readonly<Record<ImportStage, string>> = {
  reading: 'reading the model',
  calibrating: 'running it on the samples',
  quantising: 'making integers of it',
  measuring: 'measuring the program',
  writing: 'writing',
  committing: 'hashing the weights',
};

/** Long work says where it is, but not more often than a person reads. */
const progressOn = (out: Output): NonNullable<ImportModelOptions['progress']> => {
  let stage: ImportStage | null = null;
  let next = 0;
  return (now, done, of) => {
    if (now === stage && Date.now() < next) return;
    [stage, next] = [now, Date.now() + 100];
    out.progress(`${STAGES[now]} … ${of > 1 ? `${Math.floor((100 * done) / of)} %` : ''}`);
  };
};

const optionsOf = async (file: string, out: string, values: Values, context: Context): Promise<ImportModelOptions> => {
  const { cwd } = context;
  const [calibrate, held, labels] = [text(values.calibrate), text(values['held-out']), text(values.labels)];
  const states = pairs('state', values.state).map(([input, output]) => ({ input, output }));
  return {
    file,
    out,
    policy: policyOf(text(values.policy)),
    dimensions: dimensionsOf(values),
    ranges: rangesOf(values),
    states,
    constants: await constantsOf(values, cwd),
    samples: calibrate === null ? null : await readArrays(calibrate, cwd, 'samples'),
    acceptErrors: values['accept-errors'] === true,
    progress: progressOn(context.out),
    ...(held === null ? {} : { heldOut: await readArrays(held, cwd, 'held-out') }),
    ...(labels === null ? {} : { labels }),
  };
};

/** What the maker's signature shows about the model that was imported. */
const signatureOf = async (file: string, values: Values, { cwd }: Context): Promise<ModelReport['signature']> => {
  const [bundle, key] = [text(values.signature), text(values['signature-key'])];
  if (bundle === null && key === null) return null;
  if (bundle === null)
    throw new UsageError('--signature-key needs --signature.', 'Name the bundle too.', '--signature');
  const { checkOnnxSignature } = await import('@surety/sdk/model-files');
  const keys = key === null ? {} : { [key]: readText(key, cwd, 'The key') };
  const options = { bundle: resolve(cwd, bundle), model: file, keys, atSeconds: Math.floor(Date.now() / 1_000) };
  const { id, finding, problem } = await withFile(bundle, 'The signature', () => checkOnnxSignature(options));
  // Evidence that contradicts the model is no evidence to keep.
  return finding.holds === 'refuted' && problem !== null ? fail(problem) : { bundle: id, finding };
};

/** An import computes without a pause in which a handler could notice Ctrl-C, so the system's own answer to it stands. */
const letSignalsEnd = (): void => {
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.removeAllListeners(name);
};

export const run: Run = async ({ args: [word = ''], values, context }) => {
  const { out, cwd, home } = context;
  const file = resolve(cwd, word);
  const target = resolve(cwd, text(values.out) ?? programName(file));
  if (target === file) throw new UsageError('The program would replace the model.', 'Name another file.', '--out');
  const signature = await withFile(file, 'The model', () => signatureOf(file, values, context));
  const { importModel } = await import('@surety/sdk/model-files');
  const options = await optionsOf(file, target, values, context);
  letSignalsEnd();
  const made = await withFile(file, 'The model', () => importModel(options));
  out.progress(null);
  if (!made.ok) return printProblems(out, made);
  const imported: ModelImport = made.value;
  const report: ModelReport = { ...imported, signature };
  writeFile(`${target}.json`, `${JSON.stringify(report, null, 2)}\n`);
  remember(home, imported.id, target);
  if (out.json) out.data({ file: target, ...report });
  else printReport(out, target, report);
  return 0;
};
