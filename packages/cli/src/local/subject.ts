/** What `surety run` and `surety request` are about: a program, an input that is kept in the home folder, and terms. */
import { join } from 'node:path';
import { parseDollars, unwrap } from '@surety/sdk/base';
import { parseDuration } from '../duration.ts';
import type { Context, Values } from '../table.ts';
import { writeFile } from './files.ts';
import { hiddenIn } from './hidden.ts';
import { inputsOf, openModel, remember } from './model-files.ts';
import { hiddenPrograms } from './salts.ts';

/** Micro-dollars as text; `null` where the option is not given. */
export const dollarsIn = (values: Values, name: string): string | null =>
  typeof values[name] === 'string' ? String(unwrap(parseDollars(values[name], `--${name}`))) : null;

/** Seconds; `null` where the option is not given. */
export const secondsIn = (values: Values, name: string): number | null =>
  typeof values[name] === 'string' ? unwrap(parseDuration(values[name], `--${name}`)) : null;

/** What only whoever types knows: which programs and inputs are not for others. */
export const privacyOf = (values: Values, home: string) => ({
  hidden: values.revealed === true ? [] : hiddenPrograms(home),
  inputIsPrivate: values['private-input'] === true,
  hides: hiddenIn(values),
});

/** What the options leave to the planner is `null`. */
export const termsIn = (values: Values) => ({
  bondMicroUsd: dollarsIn(values, 'bond'),
  windowSeconds: secondsIn(values, 'window'),
  clockSeconds: secondsIn(values, 'clock'),
  valueMicroUsd: dollarsIn(values, 'value') ?? '1000000000',
});

/** A program, remembered by its id. */
export const namedProgram = async (word: string, context: Context) => {
  const model = await openModel(word, context);
  model.close();
  remember(context.home, model.id, model.file);
  return { file: model.file, id: model.id };
};

/** A program and the input of a run of it, written down under its id. */
export const subjectOf = async (word: string, file: string, values: Values, context: Context) => {
  const { home } = context;
  const model = await openModel(word, context);
  try {
    const { encodeWhole, listRoot, toHex, writeTensors } = await import('@surety/sdk/model-files');
    const given = await inputsOf(model, file, context);
    const { inputs, steps } = unwrap(encodeWhole(model.program, given, { integers: values.integers === true }));
    const input = toHex(listRoot(inputs));
    remember(home, model.id, model.file);
    writeFile(join(home, 'claims', 'inputs', `${input}.json`), writeTensors(inputs), { secret: true });
    const program = { file: model.file, id: model.id };
    return { named: { program, ...privacyOf(values, home) }, subject: { program: model.id, steps, input }, inputs };
  } finally {
    model.close();
  }
};
