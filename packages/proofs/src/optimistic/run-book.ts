/**
 * An own run of a program, from which every question about it can be answered: one traced run when it is opened, and single
 * steps run again, with all their values kept, when somebody asks about them.
 */
import { leafHash, ok, type Result, unwrap } from '@surety/core';
import {
  createEngine,
  createHasher,
  type Engine,
  type HashChunks,
  type IteratedRun,
  iteratedId,
  iterationOfTree,
  Machine,
  type MachineOptions,
  replayTo,
  runIterated,
  runReference,
  type Tensor,
  type TensorType,
  traceId,
} from '@surety/programs';
import type { Run } from '../run.ts';
import type { ProgramBook } from './program-book.ts';
import { listOf } from './statement.ts';
import { HashTree } from './tree.ts';
import { type ListView, type StepView, type TensorView, type View, viewOfList, viewOfTensor } from './view.ts';

export type RunOptions = {
  /** How many times the program is run in a row (spec 15.1); 1, not iterated, unless stated. */
  readonly steps?: number;
  readonly machine?: Machine | MachineOptions;
  readonly signal?: AbortSignal;
  /** Called with the number of steps done. */
  readonly onStep?: (done: number) => void;
  /** Most bytes of state kept between steps, as `runIterated` takes it. */
  readonly checkpointBytes?: number;
};

export type RunBook = View & {
  readonly program: ProgramBook;
  readonly inputTensors: readonly Tensor[];
  readonly outputTensors: readonly Tensor[];
  readonly inputs: ListView;
  readonly outputs: ListView;
  /** Ends the threads of a machine that was made for it. */
  readonly close: () => Promise<void>;
};

export const listView = (tensors: readonly TensorView[]): ListView =>
  viewOfList((root, count) => listOf(count, root), tensors);

/** Tensors as a list, hashed by the fast tier where one is given. */
export const listOfTensors = (tensors: readonly Tensor[], hash?: HashChunks): ListView =>
  listView(tensors.map((tensor) => viewOfTensor(tensor, () => tensor.values, hash?.(tensor) ?? null)));

/** How many steps stay open: those that a link joins, and the last. */
const OPEN_STEPS = 3;

/** The last few of what was asked for. */
class Recent<T> {
  private readonly kept = new Map<number, Promise<T>>();

  get(key: number, make: () => Promise<T>): Promise<T> {
    const known = this.kept.get(key) ?? make();
    this.kept.delete(key);
    this.kept.set(key, known);
    if (this.kept.size > OPEN_STEPS) this.kept.delete(this.kept.keys().next().value!);
    return known;
  }
}

/** Opens single steps by running them again with every value kept. */
const stepOpener = (
  program: ProgramBook,
  { machine, hash }: { readonly machine: Machine; readonly hash: HashChunks },
  given: (step: number) => Promise<readonly Tensor[]>,
) => {
  const listed = (tensors: readonly Tensor[]): Pick<StepView, 'listId' | 'list'> => {
    const list = listOfTensors(tensors, hash);
    return { listId: list.id, list };
  };
  const typeOf = (i: number): TensorType => checked.types[first + i]!;
  const fromEngine = async (kept: Engine, tensors: readonly Tensor[]): Promise<readonly TensorView[] | null> => {
    const run = await kept.run(tensors, { trace: true });
    if (!run.ok) return null;
    const { values, trace } = run.value;
    return checked.nodes.map((_, i) => {
      const own = values!.get(first + i)!.values;
      return viewOfTensor(typeOf(i), () => own, trace!.chunkRoot(i));
    });
  };
  // What a run has room for may not fit with every value kept; the reference needs no such room, only time.
  const fromReference = (tensors: readonly Tensor[]): readonly TensorView[] => {
    const values = runReference(checked, tensors);
    return checked.nodes.map((_, i) => viewOfTensor(typeOf(i), () => values[first + i]!.values));
  };
  let engine: Promise<Result<Engine>> | null = null;
  const { checked } = program;
  const first = checked.inputs.length + checked.constants.length;
  return async (step: number): Promise<StepView> => {
    engine ??= createEngine(checked, { machine, keep: true });
    const kept = await engine;
    const tensors = await given(step);
    const nodes = (kept.ok ? await fromEngine(kept.value, tensors) : null) ?? fromReference(tensors);
    const tree = new HashTree(nodes.map(({ root }) => leafHash(root)));
    return {
      step,
      ...listed(tensors),
      valuesRoot: tree.root,
      values: tree,
      node: (index) => nodes[index] ?? null,
    };
  };
};

const iterated = async (
  program: ProgramBook,
  engine: Engine,
  inputs: readonly Tensor[],
  steps: number,
  { signal, onStep, checkpointBytes }: RunOptions,
): Promise<Result<IteratedRun>> =>
  runIterated(engine, steps, inputs, {
    trace: program.commitment,
    ...(signal === undefined ? {} : { signal }),
    ...(onStep === undefined ? {} : { onStep }),
    ...(checkpointBytes === undefined ? {} : { checkpointBytes }),
  });

/**
 * Runs a program once, traced.
 * @param inputs of the whole: where it is iterated, streams have `steps` slices
 * @returns the run, or `program.input`, `program.invalid` (of the number of steps) or `program.too-large`
 * @throws the reason of `options.signal` when that is aborted
 */
export const openRun = async (
  program: ProgramBook,
  inputs: readonly Tensor[],
  options: RunOptions = {},
): Promise<Result<RunBook>> => {
  const { steps = 1, signal } = options;
  const own = options.machine instanceof Machine ? null : await Machine.create(options.machine);
  const machine = own ?? (options.machine as Machine);
  const made = await createEngine(program.checked, { machine });
  if (!made.ok) return made;
  const engine = made.value;
  const hash = await createHasher();
  const inputList = listOfTensors(inputs, hash);
  const tier = { machine, hash };
  const close = async (): Promise<void> => {
    await own?.close();
  };
  const recent = new Recent<StepView>();
  const base = { program, steps, inputs: inputList, inputTensors: inputs, close };
  const finish = (
    run: Omit<Run, 'output'>,
    outputs: readonly Tensor[],
    stepTree: HashTree | null,
    open: (step: number) => Promise<StepView>,
  ): RunBook => {
    const list = listOfTensors(outputs, hash);
    return {
      ...base,
      run: { ...run, output: list.id },
      outputTensors: outputs,
      outputs: list,
      stepTree,
      step: (step) => (step < steps ? recent.get(step, () => open(step)) : Promise.resolve(null)),
    };
  };
  if (steps === 1) {
    const ran = await engine.run(inputs, { trace: true, ...(signal === undefined ? {} : { signal }) });
    if (!ran.ok) return ran;
    const trace = traceId(program.id, inputList.id, program.nodes, ran.value.trace!.root);
    const run = { program: program.id, input: inputList.id, trace };
    const open = stepOpener(program, tier, async () => inputs);
    return ok(finish(run, ran.value.outputs, null, open));
  }
  const ran = await iterated(program, engine, inputs, steps, options);
  if (!ran.ok) return ran;
  const stepTree = new HashTree(ran.value.traces!.map(leafHash));
  const id = iteratedId(program.id, steps);
  const run = { program: id, input: inputList.id, trace: iterationOfTree(id, inputList.id, steps, stepTree.root) };
  const given = async (step: number): Promise<readonly Tensor[]> =>
    unwrap(await replayTo(engine, ran.value, inputs, step));
  return ok(finish(run, ran.value.outputs, stepTree, stepOpener(program, tier, given)));
};
