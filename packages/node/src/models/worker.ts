/** The worker thread: one task, one answer. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { HeldPrograms } from '@surety/analysts/tensor';
import { ok, type Problem, type ProgramRun, type Result, refuse, SuretyError, toHex } from '@surety/core';
import {
  type CheckedProgram,
  commitProgram,
  costOf,
  createEngine,
  createHasher,
  type Drift,
  measureDrift,
  probeSetId,
  type Runner,
  readProbes,
  readProgram,
} from '@surety/programs';
import { type FileSource, fileSource } from '@surety/programs/files';
import { readPublishedArchitecture, readPublishedData, stepProgram } from '@surety/proofs/zk';
import type { FileKind } from '@surety/protocol';
import type { Task } from './task.ts';

/** Work that one measurement of drift may take: multiplications and values written, over all probes of both programs. */
const DRIFT_WORK = 2_000_000_000_000;

/** Work that one run of a report's program may take at the door, counted in the same way. */
const RERUN_WORK = 20_000_000_000;

const idOfProgram = async (program: CheckedProgram): Promise<string> =>
  toHex(commitProgram(program, await createHasher()).id);

const withProgram = async <T>(
  path: string,
  use: (program: CheckedProgram, source: FileSource) => Promise<Result<T>>,
): Promise<Result<T>> => {
  const source = fileSource(path);
  try {
    const program = readProgram(source);
    return program.ok ? await use(program.value, source) : program;
  } finally {
    source.close();
  }
};

const identify = async (of: FileKind, path: string): Promise<Result<{ id: string }>> => {
  if (of === 'programs') return withProgram(path, async (program) => ok({ id: await idOfProgram(program) }));
  const bytes = new Uint8Array(readFileSync(path));
  if (of === 'proofs') {
    const data = readPublishedData(bytes);
    return data.ok ? ok({ id: toHex(data.value.trace) }) : data;
  }
  if (of === 'architectures') {
    const read = readPublishedArchitecture(bytes);
    if (!read.ok) return read;
    const { architecture, hideInput } = read.value;
    const steps = await stepProgram(architecture, { hideInput });
    return steps.ok ? ok({ id: toHex(steps.value.id) }) : steps;
  }
  if (of === 'bundles') return ok({ id: createHash('sha256').update(bytes).digest('hex') });
  const probes = readProbes(bytes);
  return probes.ok ? ok({ id: toHex(probeSetId(probes.value)) }) : probes;
};

const damaged = (what: string, id: string): Problem => ({
  code: 'file.damaged',
  message: `The stored ${what} no longer has the bytes of ${id}.`,
  next: 'Store it again from a copy that verifies.',
  field: what,
  value: id,
});

const runnerOf = async (program: CheckedProgram): Promise<Result<Runner>> => {
  const engine = await createEngine(program);
  if (!engine.ok) return engine;
  const run: Runner['run'] = async (samples) => {
    const runs = await engine.value.runMany(samples);
    return runs.ok ? ok(runs.value.map(({ outputs }) => outputs)) : runs;
  };
  return ok({ program, run });
};

const workOf = (program: CheckedProgram): number => {
  const { multiplyAccumulates, elementsWritten } = costOf(program);
  return multiplyAccumulates + elementsWritten;
};

const drift = async (task: Task & { kind: 'drift' }): Promise<Result<Drift>> => {
  const probes = readProbes(new Uint8Array(readFileSync(task.probes)));
  if (!probes.ok) return probes;
  if (toHex(probeSetId(probes.value)) !== task.ids.probes) return refuse(damaged('probes', task.ids.probes));
  return withProgram(task.from, (from) =>
    withProgram(task.to, async (to) => {
      if ((await idOfProgram(from)) !== task.ids.from) return refuse(damaged('program', task.ids.from));
      if ((await idOfProgram(to)) !== task.ids.to) return refuse(damaged('program', task.ids.to));
      if ((workOf(from) + workOf(to)) * probes.value.probes.length > DRIFT_WORK)
        return ok({
          kind: 'not-comparable',
          reason: `Running both on all probes takes more than ${DRIFT_WORK} operations.`,
        });
      const runners = [await runnerOf(from), await runnerOf(to)] as const;
      const [a, b] = runners;
      if (!a.ok)
        return ok({ kind: 'not-comparable', reason: `The earlier version cannot be run here: ${a.problem.message}` });
      if (!b.ok)
        return ok({ kind: 'not-comparable', reason: `The later version cannot be run here: ${b.problem.message}` });
      return measureDrift(a.value, b.value, probes.value);
    }),
  );
};

const rerun = async ({ path, id, adapter, claim }: Task & { kind: 'rerun' }): Promise<Result<ProgramRun>> =>
  withProgram(path, async (program) => {
    if ((await idOfProgram(program)) !== id) return refuse(damaged('program', id));
    if (workOf(program) > RERUN_WORK)
      return ok({ kind: 'not-repeatable', why: `one run takes more than ${RERUN_WORK} operations` });
    const held = new HeldPrograms();
    held.add({ program, id });
    return ok(await held.run(`program:${id}`, adapter, claim));
  });

const doing = (task: Task): Promise<Result<unknown>> => {
  switch (task.kind) {
    case 'identify':
      return identify(task.of, task.path);
    case 'drift':
      return drift(task);
    case 'rerun':
      return rerun(task);
  }
};

const work = async (task: Task): Promise<Result<unknown>> => {
  try {
    return await doing(task);
  } catch (error) {
    if (error instanceof SuretyError) return refuse(error.problem);
    throw error;
  }
};

parentPort?.postMessage(await work(workerData as Task));
