/** `surety train prove`: trains on what was committed to and writes a proof of every step; goes on where it was left. */
import { basename, dirname, join } from 'node:path';
import type { Tensor, TrainingRun } from '@surety/sdk/training';
import { fail } from '../local/fail.ts';
import { writeFile } from '../local/files.ts';
import { logRoots } from '../local/logged.ts';
import { readTrustFile } from '../local/receipt-file.ts';
import { threadsIn } from '../local/threads.ts';
import { takeOpenings } from '../local/training.ts';
import { openTrainingFile, streamOf } from '../local/training-file.ts';
import { type Begun, begin, hex, MOST_STEPS, type TrainingModule } from '../local/training-run.ts';
import { printSecrecy, size } from '../proof-words.ts';
import type { Context, Run } from '../table.ts';
import { safe } from '../terminal/safe.ts';
import { wrap } from '../terminal/table.ts';
import { wholeIn } from '../training-options.ts';
import { printTraining, trainingData } from '../training-words.ts';
import { INTERRUPTED } from './run-zk.ts';

/** The trained model as a program: its owner's, since it holds the weights. */
const writeModel = (
  file: string,
  { training: { setting, step } }: TrainingRun,
  states: readonly Tensor[],
  training: TrainingModule,
): void => {
  const { inputs, states: pairs } = step.program;
  const names = inputs.filter((_, i) => pairs.some(({ input }) => input === i)).map(({ name }) => name);
  const weights = new Map(names.map((name, i) => [name, states[i]!]));
  const model = training.trainedModel({ ...setting.shape, provable: true }, weights);
  const program = model.ok ? model.value : fail(model.problem);
  writeFile(file, Buffer.concat([...training.writeProgram(program)]), { secret: true });
};

/** Enters the roots and the run in the log before its first proof, and writes what shows it beside the proof. */
const logRun = async (target: string, { data, audit, model }: Begun['kept'], id: string, context: Context) => {
  const logged = await logRoots(context, [data.root, audit.root, model.root, id]);
  const file = `${target.replace(/\.training$/, '')}.logged`;
  writeFile(file, `${JSON.stringify(logged, null, 2)}\n`);
  context.out.note(context.out.style.dim(`The roots and the run are in the log of the node: ${basename(file)}`));
  return { logged, file };
};

export const run: Run = async ({ values, context }) => {
  const { out, signal, home } = context;
  const training = await import('@surety/sdk/training');
  const { kept, run: settled, target, from } = await begin(values, context, training);
  const { setting } = settled.training;
  const threads = await threadsIn(values);
  const until = wholeIn(values, 'until', { least: 1, most: MOST_STEPS, otherwise: setting.steps });
  const { memoryBytes, stepBytes, fileBytes } = await training.estimateTraining(settled.training, threads);
  out.note(
    out.style.dim(
      `Proving takes at most ${size(memoryBytes)} of memory; a step at most ${size(stepBytes)} of the file, and all of it ${size(fileBytes)}.`,
    ),
  );
  takeOpenings(home, kept.data, hex(settled.id), training.openingsOfBatch(setting));
  takeOpenings(home, kept.audit, hex(settled.id), 1);
  takeOpenings(home, kept.model, hex(settled.id), 1);
  const file = openTrainingFile(target, from?.bytes ?? null);
  let steps = 0;
  const onStep = (done: number): void => {
    steps = done;
    out.progress(`proved step ${done} of ${setting.steps}`);
  };
  const goOn = `Go on with: surety train prove --resume ${basename(target)}`;
  try {
    const logged = values.log === true ? await logRun(target, kept, hex(settled.id), context) : null;
    const made = await training.proveTraining(settled, file.write, {
      signal,
      ...threads,
      until,
      onStep,
      ...(from === null ? {} : { from }),
    });
    out.progress(null);
    if (!made.ok) return fail(made.problem);
    if (!made.value.whole) {
      if (out.json) out.data({ file: target, steps: made.value.steps, of: setting.steps, whole: false });
      out.line(`Stopped after step ${made.value.steps} of ${setting.steps}, as told. ${goOn}`);
      return 0;
    }
    const model = join(dirname(target), `${basename(target).replace(/\.training$/, '')}.program`);
    writeModel(model, settled, made.value.states, training);
    const verified = await training.verifyTraining(streamOf(target), {
      signal,
      ...(logged === null ? {} : { log: { logged: logged.logged, trust: readTrustFile(values, context).trust } }),
    });
    if (!verified.ok) return fail(verified.problem);
    const { data, audit, model: first } = kept;
    const check = `surety verify ${basename(target)} --data ${data.root} --audit ${audit.root} --model ${first.root}${logged === null ? '' : ` --logged ${basename(logged.file)}`}`;
    if (out.json) {
      const { finding, order } = verified.value;
      out.data({ ...trainingData(verified.value), file: target, model, whole: true, finding, order });
      return 0;
    }
    const { bold, dim, green, yellow } = out.style;
    out.line(`${green('✔')} Trained, proved, and checked: ${bold(target)}`);
    printTraining(out, verified.value, training.percentOf);
    out.line(dim(`  ${wrap(safe(verified.value.order.summary), out.width, '  ')}`));
    printSecrecy(out, training.TRAINING_SECRECY);
    out.line(yellow(`  ${model} is the trained model. It holds the weights: keep it to yourself if they are secret.`));
    out.line(dim(`  Check it: ${check}`));
    return 0;
  } catch (error) {
    if (!signal.aborted) throw error;
    out.progress(null);
    out.note(`Stopped after step ${Math.max(steps, (from?.records ?? 1) - 1)} of ${setting.steps}. ${goOn}`);
    return INTERRUPTED;
  } finally {
    file.close();
  }
};
