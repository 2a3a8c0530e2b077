/** `surety model drift`: how the answers of two programs differ on probes, measured here as every node measures it. */
import { ok, unwrap } from '@surety/sdk/base';
import { type CheckedProgram, createEngine, measureDrift, type Runner } from '@surety/sdk/models';
import { openModel } from '../local/model-files.ts';
import { openProbes } from '../local/probe-file.ts';
import { driftWords } from '../model-words.ts';
import type { Run } from '../table.ts';
import { safe } from '../terminal/safe.ts';
import { wrap } from '../terminal/table.ts';

const runnerOf = async (program: CheckedProgram): Promise<Runner> => {
  const engine = unwrap(await createEngine(program));
  return {
    program,
    run: async (samples) => {
      const runs = await engine.runMany(samples);
      return runs.ok ? ok(runs.value.map(({ outputs }) => outputs)) : runs;
    },
  };
};

export const run: Run = async ({ args: [first = '', second = '', probesFile = ''], context }) => {
  const { out, cwd } = context;
  const probes = openProbes(probesFile, cwd);
  const [a, b] = [await openModel(first, context), await openModel(second, context)];
  const drift = unwrap(await measureDrift(await runnerOf(a.program), await runnerOf(b.program), probes.probes));
  a.close();
  b.close();
  if (out.json) out.data({ from: a.id, to: b.id, probes: probes.id, drift });
  else {
    const { dim } = out.style;
    out.line(wrap(safe(driftWords(drift)), out.width));
    out.line(dim(`from ${a.id}\nto   ${b.id}\non   ${probes.id}`));
  }
  return drift.kind === 'measured' ? 0 : 1;
};
