/** An ONNX file made a program file, and everything that this cost, as data. */
import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { ok, type Problem, type Result, refuse, SuretyError, toHex, unwrap } from '@surety/core';
import {
  type CheckedProgram,
  type ConversionReport,
  commitProgram,
  convert,
  createHasher,
  type GraphSamples,
  type Imported,
  type ImportRefusal,
  INT8,
  INT16,
  type Interval,
  importOnnx,
  labelsOf,
  Machine,
  type NumericArray,
  type OnnxTensor,
  type RealGraph,
  readProgram,
  release,
  type Sample,
  type StatePair,
  samplesOf,
  unroll,
  withStates,
  writeProgram,
} from '@surety/programs';
import { fileSource, openModel } from '@surety/programs/files';
import { sha256OfFile } from './digest.ts';

export const POLICIES = { int8: INT8, int16: INT16 } as const;

type Arrays = ReadonlyMap<string, NumericArray>;

export type ImportStage = 'reading' | 'calibrating' | 'quantising' | 'measuring' | 'writing' | 'committing';

export type ImportModelOptions = {
  /** Path of the ONNX file; its weights may lie in other files of its folder. */
  readonly file: string;
  /** Path of the program file. */
  readonly out: string;
  /** Arrays of samples, by the names of inputs; `null` for models without inputs. */
  readonly samples: Arrays | null;
  /** What errors and accuracy are measured on; the samples where nothing is given. */
  readonly heldOut?: Arrays;
  /** Name of the array of labels; the array `labels`, where there is one, unless stated. */
  readonly labels?: string;
  readonly policy?: keyof typeof POLICIES;
  readonly dimensions?: Readonly<Record<string, number>>;
  readonly constants?: Readonly<Record<string, NumericArray>>;
  readonly ranges?: Readonly<Record<string, Interval>>;
  readonly states?: readonly StatePair[];
  readonly acceptErrors?: boolean;
  readonly progress?: (stage: ImportStage, done: number, of: number) => void;
};

export type ModelImport = {
  /** P of spec 12.7, lower-case hex. */
  readonly id: string;
  readonly bytes: number;
  readonly model: {
    readonly bytes: number;
    /** Of the ONNX file alone; the files that hold its weights are in the program's id. */
    readonly sha256: string;
    readonly opset: number;
    readonly operators: Readonly<Record<string, number>>;
    readonly parameters: number;
  };
  readonly conversion: ConversionReport;
};

/** Why there is no program: the first problem, and of models that cannot be read or done everything in the way. */
export type ImportFailure = {
  readonly ok: false;
  readonly problem: Problem;
  readonly problems: readonly Problem[];
  /** Inputs that could be given as constants. */
  readonly bind: readonly string[];
};

const failure = (problem: Problem): ImportFailure => ({ ok: false, problem, problems: [problem], bind: [] });

const asConstant = (name: string, { shape, values, integer }: NumericArray): OnnxTensor => ({
  name,
  type: integer ? 'int64' : 'double',
  shape,
  read: () => values,
});

/** Samples with the states filled in. */
const filled = (graph: RealGraph, arrays: Arrays, field: string): Result<readonly Sample[]> => {
  const read: Result<GraphSamples> = samplesOf(graph, arrays, field);
  if (!read.ok) return read;
  return ok(read.value.kind === 'single' ? read.value.samples : unroll(graph, read.value.sequences));
};

const wantedLabels = (
  graph: RealGraph,
  arrays: Arrays,
  samples: number,
  name: string | undefined,
): Result<ArrayLike<number> | null> => {
  const isInput = graph.values.some((value) => value.kind === 'input' && value.name === 'labels');
  const array = arrays.get(name ?? (isInput ? '' : 'labels'));
  if (array !== undefined) return labelsOf(graph, array, samples, name ?? 'labels');
  if (name === undefined) return ok(null);
  return refuse({
    code: 'input.malformed',
    message: `The samples have no array ${name}.`,
    next: `Name one of: ${[...arrays.keys()].join(', ')}.`,
    field: 'labels',
    value: name,
  });
};

/** Writes a program beside its place and moves it there whole, so that nobody sees half of it. */
const write = (program: CheckedProgram, out: string, progress: (done: number) => void): number => {
  const scratch = `${out}.${process.pid}.new`;
  const file = openSync(scratch, 'w');
  let bytes = 0;
  try {
    let done = 0;
    for (const piece of writeProgram(program)) {
      for (let at = 0; at < piece.length; ) at += writeSync(file, piece, at);
      bytes += piece.length;
      release(piece);
      progress(done++);
    }
    renameSync(scratch, out);
  } catch (error) {
    rmSync(scratch, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
  return bytes;
};

/** The id of what was written, read back from the disk. */
const commit = async (out: string, machine: Machine): Promise<string> => {
  const source = fileSource(out);
  try {
    // What was just written reads back, or there is a bug.
    return toHex(commitProgram(unwrap(readProgram(source)), await createHasher(machine)).id);
  } finally {
    source.close();
  }
};

type Made =
  | { readonly ok: true; readonly value: Pick<ModelImport, 'id' | 'bytes' | 'conversion'> }
  | { readonly ok: false; readonly problem: Problem; readonly problems?: readonly Problem[] };

const make = async (imported: Imported, options: ImportModelOptions): Promise<Made> => {
  const { samples, heldOut, labels, policy = 'int8', ranges, out, progress = () => {} } = options;
  const stated = withStates(imported.graph, options.states ?? []);
  if (!stated.ok) return stated;
  const graph = stated.value;
  const calibration = samples === null ? ok([]) : filled(graph, samples, 'samples');
  if (!calibration.ok) return calibration;
  const held = heldOut === undefined ? calibration : filled(graph, heldOut, 'held-out');
  if (!held.ok) return held;
  const found = wantedLabels(graph, heldOut ?? samples ?? new Map(), held.value.length, labels);
  if (!found.ok) return found;
  const machine = await Machine.create();
  const made = await convert(
    graph,
    calibration.value,
    {
      policy: POLICIES[policy],
      machine,
      progress,
      acceptErrors: options.acceptErrors === true,
      ...(ranges === undefined ? {} : { ranges }),
      ...(found.value === null ? {} : { labels: found.value }),
    },
    held.value,
  );
  if (!made.ok) return made;
  const { program, report } = made.value;
  const bytes = write(program, out, (done) => progress('writing', done, program.constants.length));
  progress('committing', 0, 1);
  return ok({ id: await commit(out, machine), bytes, conversion: report });
};

/**
 * Imports a model: reads it, calibrates and quantises it, measures the program against it, and writes and commits to it.
 * @throws the system's error when a file cannot be read or written
 */
export const importModel = async (
  options: ImportModelOptions,
): Promise<{ readonly ok: true; readonly value: ModelImport } | ImportFailure> => {
  const { file, constants = {}, dimensions = {}, progress = () => {} } = options;
  progress('reading', 0, 1);
  const model = openModel(file);
  try {
    const imported: Imported | ImportRefusal = importOnnx(model.source, {
      external: model.external,
      dimensions,
      constants: Object.fromEntries(Object.entries(constants).map(([name, array]) => [name, asConstant(name, array)])),
    });
    if (!imported.ok) return imported;
    const made = await make(imported, options);
    if (!made.ok) return { bind: [], problems: made.problems ?? [made.problem], problem: made.problem, ok: false };
    const { opset, operators, parameters } = imported;
    const summary = { bytes: model.source.size, sha256: sha256OfFile(file), opset, operators, parameters };
    return { ok: true, value: { ...made.value, model: summary } };
  } catch (error) {
    // Weights that turn out to be damaged when they are read again.
    if (error instanceof SuretyError) return failure(error.problem);
    throw error;
  } finally {
    model.close();
  }
};
