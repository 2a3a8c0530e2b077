/** `surety model probes`: samples as public probes, on which versions of a model are compared. */
import { resolve } from 'node:path';
import { unwrap } from '@surety/sdk/base';
import { inputsOfArrays, inputsOfJson, probesOf, type RunInputs } from '@surety/sdk/model-files';
import { PROBE_LIMITS, probeSetBytes, probeSetId } from '@surety/sdk/models';
import { writeFile } from '../local/files.ts';
import { openModel, readArrays, readJson } from '../local/model-files.ts';
import { UsageError } from '../refusal.ts';
import type { Context, Run } from '../table.ts';

const DEFAULT_COUNT = 100;

const countOf = (given: string | boolean | undefined): number => {
  if (given === undefined) return DEFAULT_COUNT;
  const count = typeof given === 'string' && /^[1-9]\d{0,3}$/.test(given) ? Number(given) : Number.NaN;
  if (count <= PROBE_LIMITS.probes) return count;
  throw new UsageError(`--count cannot be ${given}.`, `Give a number from 1 to ${PROBE_LIMITS.probes}.`, '--count');
};

type Opened = Awaited<ReturnType<typeof openModel>>;

const samplesOf = async ({ program }: Opened, file: string, { cwd }: Context): Promise<readonly RunInputs[]> =>
  unwrap(
    /\.npz$/i.test(file)
      ? inputsOfArrays(program, await readArrays(file, cwd, 'input'))
      : inputsOfJson(readJson(file, cwd)),
  );

export const run: Run = async ({ args: [word = '', file = ''], values, context }) => {
  const { out, cwd } = context;
  const count = countOf(values.count);
  const saved = typeof values.out === 'string' ? values.out : 'probes.json';
  const model = await openModel(word, context);
  try {
    const samples = await samplesOf(model, file, context);
    const { probes, clamped } = unwrap(probesOf(model.program, samples.slice(0, count)));
    writeFile(resolve(cwd, saved), new TextDecoder().decode(probeSetBytes(probes)));
    const id = Buffer.from(probeSetId(probes)).toString('hex');
    if (out.json) {
      out.data({ id, probes: probes.probes.length, clamped, saved });
      return 0;
    }
    const { dim, green, yellow } = out.style;
    out.line(`${green('✔')} ${probes.probes.length} probes in ${saved}`);
    if (clamped > 0) out.line(yellow(`  ${clamped} numbers lay beyond the program's range and were clamped.`));
    out.line(dim(`  id ${id}`));
    return 0;
  } finally {
    model.close();
  }
};
