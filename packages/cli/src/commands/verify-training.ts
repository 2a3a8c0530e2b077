/** `surety verify` of a proof of training: offline, a record at a time, against roots that were agreed on. */
import { resolve } from 'node:path';
import type { Finding, TrainingExpected, TrainingLog } from '@surety/sdk/training';
import { fail } from '../local/fail.ts';
import { readBytes } from '../local/files.ts';
import { readTrustFile } from '../local/receipt-file.ts';
import { streamOf } from '../local/training-file.ts';
import type { TrainingModule } from '../local/training-run.ts';
import { printFinding, printSecrecy } from '../proof-words.ts';
import { UsageError } from '../refusal.ts';
import type { Context, Values } from '../table.ts';
import { safe } from '../terminal/safe.ts';
import { parityIn } from '../training-options.ts';
import { printTraining, trainingData } from '../training-words.ts';
import { INTERRUPTED } from './run-zk.ts';

const rootIn = (values: Values, name: 'data' | 'audit' | 'model'): Uint8Array | undefined => {
  const given = values[name];
  if (given === undefined) return undefined;
  if (typeof given === 'string' && /^[0-9a-f]{64}$/.test(given)) return new Uint8Array(Buffer.from(given, 'hex'));
  throw new UsageError(`--${name} is no root.`, 'Give its 64 hex digits, as they were published.', `--${name}`);
};

const expectedIn = (values: Values): TrainingExpected => {
  const [dataSet, auditSet, model] = [rootIn(values, 'data'), rootIn(values, 'audit'), rootIn(values, 'model')];
  const parityPpm = parityIn(values);
  return {
    ...(dataSet === undefined ? {} : { dataSet }),
    ...(auditSet === undefined ? {} : { auditSet }),
    ...(model === undefined ? {} : { model }),
    ...(parityPpm === null ? {} : { parityPpm }),
  };
};

/** What a log shows of the roots, from the file that is named, against pinned keys. */
const logIn = (
  values: Values,
  context: Context,
  { parseLogged, LOGGED_MAX_BYTES }: TrainingModule,
): TrainingLog | null => {
  if (typeof values.logged !== 'string') return null;
  const bytes = readBytes(resolve(context.cwd, values.logged), {
    what: 'The entries of the log',
    maxBytes: LOGGED_MAX_BYTES,
  });
  const logged = parseLogged(bytes);
  if (!logged.ok) return fail({ ...logged.problem, message: `${values.logged}: ${logged.problem.message}` });
  return { logged: logged.value, trust: readTrustFile(values, context).trust };
};

/** What nothing was held against, for people to see. */
const unheld = (expected: TrainingExpected): string | null => {
  const names = [
    ['dataSet', 'data set (--data)'],
    ['auditSet', 'audit set (--audit)'],
    ['model', 'first model (--model)'],
  ] as const;
  const missing = names.filter(([name]) => expected[name] === undefined).map(([, words]) => words);
  return missing.length === 0
    ? null
    : `Not held against a root that you know: ${missing.join(', ')}. Whoever made the proof may have chosen them last.`;
};

/** Exit status where entries of a log were given: that of a receipt whose log is believed, changed, or not pinned. */
const STATUS: { readonly [holds in Finding['holds']]: number } = { shown: 0, refuted: 1, 'not-shown': 3 };

export const verifyTrainingFile = async (
  file: string,
  path: string,
  values: Values,
  context: Context,
): Promise<number> => {
  const { out, signal } = context;
  const training = await import('@surety/sdk/training');
  const expected = expectedIn(values);
  const log = logIn(values, context, training);
  const onStep = (done: number, steps: number): void => out.progress(`checked step ${done} of ${steps}`);
  const started = performance.now();
  const checked = await training
    .verifyTraining(streamOf(path), { expected, ...(log === null ? {} : { log }), signal, onStep })
    .catch((error: unknown) => {
      if (signal.aborted) return null;
      throw error;
    });
  out.progress(null);
  if (checked === null) {
    out.note('Stopped: nothing is shown.');
    return INTERRUPTED;
  }
  const milliseconds = performance.now() - started;
  if (!checked.ok) return fail(checked.problem);
  const { finding, order } = checked.value;
  const status = log === null ? 0 : STATUS[order.holds];
  if (out.json) {
    out.data({
      holds: finding.holds,
      ...trainingData(checked.value),
      secrecy: training.TRAINING_SECRECY,
      finding,
      order,
      milliseconds,
    });
    return status;
  }
  printFinding(out, finding);
  out.line();
  printFinding(out, order);
  out.line();
  printTraining(out, checked.value, training.percentOf);
  printSecrecy(out, training.TRAINING_SECRECY);
  const missing = unheld(expected);
  if (missing !== null) out.line(out.style.yellow(`\n${missing}`));
  out.line(out.style.dim(`\n${safe(file)}: checked offline in ${Math.ceil(milliseconds)} ms.`));
  return status;
};
