/**
 * What the answers to questions have shown of a claim, beside an own run of the same program on the same inputs. What was
 * never shown, but lies within something shown to be as in the own run, is as in the own run.
 */
import { sameBytes } from '@surety/core';
import { chunkCount } from '@surety/programs';
import type { Run } from '../run.ts';
import { ClaimedTree } from './claimed.ts';
import type { Place } from './question.ts';
import type { RunBook } from './run-book.ts';
import type { Committed, DataPlace, Notes, Step, TreeName } from './statement.ts';
import type { Tree } from './tree.ts';
import { type ListView, rootOf, type StepView, type TensorView, type View } from './view.ts';

type ListName = 'inputs' | 'outputs' | number;

const placeKey = (place: Place): string => `${place.of} ${'step' in place ? place.step : ''} ${place.index}`;

const treeKey = (name: TreeName): string => {
  switch (name.tree) {
    case 'steps':
      return 'steps';
    case 'values':
      return `values ${name.step}`;
    case 'list':
      return `list ${name.of}`;
    case 'chunks':
      return `chunks ${placeKey(name.of)}`;
  }
};

/** Everything that answers showed, by name. */
class Shown implements Notes {
  stepsRoot: Uint8Array | null = null;
  readonly stepOf = new Map<number, Step>();
  readonly lists = new Map<ListName, { readonly count: number; readonly root: Uint8Array }>();
  readonly hashes = new Map<string, { level: number; position: number; hash: Uint8Array }[]>();
  readonly tensors = new Map<string, Committed>();
  readonly chunkBytes = new Map<string, Map<number, Uint8Array>>();
  /** Of the last answer that left a record of data. */
  recorded: DataPlace | null = null;

  steps(root: Uint8Array): void {
    this.stepsRoot = root;
  }

  step(step: Step): void {
    this.stepOf.set(step.step, step);
  }

  list(of: ListName, count: number, root: Uint8Array): void {
    this.lists.set(of, { count, root });
  }

  hash(name: TreeName, level: number, position: number, hash: Uint8Array): void {
    const key = treeKey(name);
    const list = this.hashes.get(key) ?? [];
    list.push({ level, position, hash });
    this.hashes.set(key, list);
  }

  tensor(place: Place, tensor: Committed): void {
    this.tensors.set(placeKey(place), tensor);
  }

  chunk(place: Place, chunk: number, bytes: Uint8Array): void {
    const key = placeKey(place);
    const chunks = this.chunkBytes.get(key) ?? new Map<number, Uint8Array>();
    this.chunkBytes.set(key, chunks.set(chunk, bytes));
  }

  data(data: DataPlace): void {
    this.recorded = data;
  }

  /** A tree as it was shown so far. */
  tree(name: TreeName, size: number, own: Tree | null, root: Uint8Array | null): ClaimedTree {
    const tree = new ClaimedTree(size, own);
    if (root !== null) tree.note(Number.MAX_SAFE_INTEGER, 0, root);
    for (const { level, position, hash } of this.hashes.get(treeKey(name)) ?? []) tree.note(level, position, hash);
    return tree;
  }
}

/** The claim as it is known, in the shape that refutations are written from. */
export type Known = Omit<View, 'step' | 'stepTree' | 'outputs'> & {
  readonly stepTree: ClaimedTree | null;
  readonly step: (step: number) => Promise<KnownStep | null>;
  readonly outputs: KnownList | null;
};

export type KnownList = ListView & { readonly tree: ClaimedTree };
export type KnownTensor = TensorView & { readonly chunks: ClaimedTree };
export type KnownStep = StepView & { readonly values: ClaimedTree; readonly list: KnownList | null };

export class Knowledge {
  readonly notes = new Shown();
  private readonly run: Run;
  private readonly own: RunBook;

  constructor(run: Run, own: RunBook) {
    this.run = run;
    this.own = own;
  }

  private tensor(place: Place, own: TensorView | null, root: Uint8Array | null): TensorView | null {
    const shown = this.notes.tensors.get(placeKey(place));
    if (own !== null && root !== null && sameBytes(own.root, root)) return own;
    if (shown === undefined) return null;
    const comparable = own !== null && own.type !== null && shown.type !== null && sameKind(own, shown);
    const size = shown.type === null ? 0 : chunkCount(shown.type);
    const chunks = this.notes.tree(
      { tree: 'chunks', of: place },
      size,
      comparable ? own.chunks : null,
      shown.chunksRoot,
    );
    const bytes = this.notes.chunkBytes.get(placeKey(place));
    const ownChunk = (index: number): Uint8Array | null => {
      const hash = comparable ? chunks.hash(0, index) : null;
      return hash !== null && sameBytes(hash, own!.chunks.hash(0, index)!) ? own!.chunk(index) : null;
    };
    return { ...shown, chunks, chunk: (index) => bytes?.get(index) ?? ownChunk(index) };
  }

  /** A list that the claim may say otherwise than the own run. */
  private list(of: ListName, id: Uint8Array, own: ListView, placeOf: (index: number) => Place): KnownList | null {
    const shown = sameBytes(id, own.id) ? own : this.notes.lists.get(of);
    if (shown === undefined) return null;
    const { count, root } = shown;
    const tree = this.notes.tree({ tree: 'list', of }, count, count === own.count ? own.tree : null, root);
    const tensor = (index: number): TensorView | null => {
      const given = own.tensor(index);
      const leaf = tree.hash(0, index);
      const same = given !== null && leaf !== null && sameBytes(leaf, own.tree.hash(0, index)!);
      return same ? given : this.tensor(placeOf(index), given, null);
    };
    return { id, count, root, tree, tensor };
  }

  private async step(step: number, stepTree: ClaimedTree | null): Promise<KnownStep | null> {
    const own = await this.own.step(step);
    if (own === null) return null;
    // Of one step alone, the trace itself is what a leaf is otherwise.
    const isOwn =
      stepTree === null ? sameBytes(this.run.trace, this.own.run.trace) : sameLeaf(stepTree, this.own.stepTree, step);
    const shown: Step | undefined = isOwn
      ? { step, list: own.listId, valuesRoot: own.valuesRoot }
      : this.notes.stepOf.get(step);
    if (shown === undefined) return null;
    const values = this.notes.tree({ tree: 'values', step }, own.values.size, own.values, shown.valuesRoot);
    const list = this.list(step, shown.list, own.list!, (index) => ({ of: 'step-input', step, index }));
    const node = (index: number): TensorView | null =>
      sameLeaf(values, own.values, index)
        ? own.node(index)
        : this.tensor({ of: 'node', step, index }, own.node(index), null);
    return { step, listId: shown.list, list, valuesRoot: shown.valuesRoot, values, node };
  }

  /** The claim as it is known now. */
  view(): Known {
    const { own, run, notes } = this;
    const sameTrace = sameBytes(run.trace, own.run.trace);
    const ownRoot = own.stepTree === null ? null : rootOf(own.stepTree);
    const stepTree =
      own.stepTree === null
        ? null
        : notes.tree({ tree: 'steps' }, own.steps, own.stepTree, sameTrace ? ownRoot : notes.stepsRoot);
    return {
      run,
      program: own.program,
      steps: own.steps,
      stepTree,
      step: (step) => this.step(step, stepTree),
      inputs: own.inputs,
      outputs: this.list('outputs', run.output, own.outputs, (index) => ({ of: 'output', index })),
    };
  }
}

const sameKind = (a: Committed, b: Committed): boolean =>
  a.stated.dtype === b.stated.dtype && a.stated.shape.join() === b.stated.shape.join();

const sameLeaf = (claimed: Tree, own: Tree | null, index: number): boolean => {
  const [a, b] = [claimed.hash(0, index), own?.hash(0, index) ?? null];
  return a !== null && b !== null && sameBytes(a, b);
};
