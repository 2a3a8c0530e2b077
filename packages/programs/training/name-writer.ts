/**
 * A character transformer that continues site names: two blocks of causal attention and a perceptron, each behind a layer
 * norm, over learned places. As ONNX in two forms with the same weights: the whole name at once, and one character a step
 * with keys and values kept from the steps before.
 */
import { Adam, Tape, type Var, variable, weights } from './autograd.ts';
import { SYMBOLS, toIds } from './characters.ts';
import { floats, integers, type OnnxConstant, type OnnxGraph, type OnnxNode, type OnnxPort } from './onnx-writer.ts';
import { random, shuffled } from './random.ts';

export const CONTEXT = 32;
const WIDTH = 64;
const HEADS = 4;
const HEAD = WIDTH / HEADS;
const BLOCKS = 2;

type Block = {
  readonly g1: Var;
  readonly n1: Var;
  readonly q: Var;
  readonly k: Var;
  readonly v: Var;
  readonly o: Var;
  readonly bo: Var;
  readonly g2: Var;
  readonly n2: Var;
  readonly up: Var;
  readonly bu: Var;
  readonly down: Var;
  readonly bd: Var;
};

export type WriterModel = {
  readonly table: Var;
  readonly places: Var;
  readonly blocks: readonly Block[];
  readonly g: Var;
  readonly n: Var;
  readonly head: Var;
  readonly bh: Var;
};

/** What the model reads and what it should say next: a space begins a name, the first space after it ends it. */
export const lesson = (name: string): { readonly ids: Int32Array; readonly labels: Int32Array } => {
  const ids = toIds(` ${name}`, CONTEXT);
  const next = toIds(name, CONTEXT);
  return { ids, labels: next.map((id, i) => (i <= name.length ? id : -1)) };
};

const ones = (length: number): Var => variable([length], new Float32Array(length).fill(1));

const parameters = ({ blocks, ...rest }: WriterModel): Var[] => [
  ...Object.values(rest),
  ...blocks.flatMap((b) => Object.values(b)),
];

const forward = (tape: Tape, model: WriterModel, ids: Int32Array): Var => {
  let x = tape.add(tape.embed(model.table, ids), model.places);
  for (const b of model.blocks) {
    const h = tape.layerNorm(x, b.g1, b.n1);
    const [q, k, v] = [tape.linear(h, b.q, null), tape.linear(h, b.k, null), tape.linear(h, b.v, null)];
    x = tape.add(x, tape.linear(tape.attention(q, k, v, HEADS, CONTEXT), b.o, b.bo));
    const up = tape.relu(tape.linear(tape.layerNorm(x, b.g2, b.n2), b.up, b.bu));
    x = tape.add(x, tape.linear(up, b.down, b.bd));
  }
  return tape.linear(tape.layerNorm(x, model.g, model.n), model.head, model.bh);
};

/** Trains on names; each step reads eight of them. */
export const trainWriter = (
  names: readonly string[],
  options: { readonly steps: number; readonly seed: number },
): WriterModel => {
  const next = random(options.seed);
  const matrix = (rows: number, columns: number): Var => weights([rows, columns], next);
  const model: WriterModel = {
    table: matrix(SYMBOLS, WIDTH),
    places: matrix(CONTEXT, WIDTH),
    blocks: Array.from({ length: BLOCKS }, () => ({
      g1: ones(WIDTH),
      n1: variable([WIDTH]),
      q: matrix(WIDTH, WIDTH),
      k: matrix(WIDTH, WIDTH),
      v: matrix(WIDTH, WIDTH),
      o: matrix(WIDTH, WIDTH),
      bo: variable([WIDTH]),
      g2: ones(WIDTH),
      n2: variable([WIDTH]),
      up: matrix(2 * WIDTH, WIDTH),
      bu: variable([2 * WIDTH]),
      down: matrix(WIDTH, 2 * WIDTH),
      bd: variable([WIDTH]),
    })),
    g: ones(WIDTH),
    n: variable([WIDTH]),
    head: matrix(SYMBOLS, WIDTH),
    bh: variable([SYMBOLS]),
  };
  const adam = new Adam(parameters(model));
  const order = shuffled(names.length, next);
  const batch = 8;
  for (let step = 0; step < options.steps; step++) {
    const lessons = Array.from({ length: batch }, (_, i) => lesson(names[order[(step * batch + i) % names.length]!]!));
    const tape = new Tape();
    const logits = forward(tape, model, Int32Array.from(lessons.flatMap(({ ids }) => [...ids])));
    tape.crossEntropy(
      logits,
      lessons.flatMap(({ labels }) => [...labels]),
    );
    tape.backward();
    adam.step(0.004 * Math.min(1, (step + 1) / 30) * (1 - step / options.steps));
  }
  return model;
};

/** Collects nodes and constants of one graph. */
class Graph {
  readonly nodes: OnnxNode[] = [];
  readonly constants: Record<string, OnnxConstant> = {};

  node(op: string, inputs: readonly string[], output: string, attributes?: OnnxNode['attributes']): string {
    this.nodes.push({ op, inputs, outputs: [output], ...(attributes === undefined ? {} : { attributes }) });
    return output;
  }

  weight(name: string, v: Var): string {
    this.constants[name] = floats(v);
    return name;
  }

  shape(name: string, ...sizes: number[]): string {
    this.constants[name] = integers(...sizes);
    return name;
  }

  number(name: string, value: number): string {
    this.constants[name] = { shape: [], floats: Float32Array.of(value) };
    return name;
  }

  /** `x·wᵀ + bias`. */
  linear(x: string, name: string, w: Var, bias: Var | null): string {
    const inputs = [x, this.weight(`${name}.w`, w), ...(bias === null ? [] : [this.weight(`${name}.b`, bias)])];
    return this.node('Gemm', inputs, name, { transB: 1 });
  }

  norm(x: string, name: string, gain: Var, bias: Var): string {
    const inputs = [x, this.weight(`${name}.g`, gain), this.weight(`${name}.n`, bias)];
    return this.node('LayerNormalization', inputs, name, { axis: -1, epsilon: { float: 1e-5 } });
  }

  /** `[rows, width]` as `[heads, rows, head]`. */
  split(x: string, rows: number): string {
    const shaped = this.node('Reshape', [x, this.shape(`shape.split${rows}`, rows, HEADS, HEAD)], `${x}.split`);
    return this.node('Transpose', [shaped], `${x}.heads`, { perm: [1, 0, 2] });
  }
}

/**
 * Both forms share this body. `rows` characters are read; keys and values come from `keep`, which may add those of
 * earlier steps; `mask` is added to the scores.
 */
const body = (
  g: Graph,
  model: WriterModel,
  rows: number,
  mask: string,
  embedded: string,
  keep: (name: string, heads: string) => string,
): string => {
  let x = embedded;
  model.blocks.forEach((b, i) => {
    const at = (name: string): string => `block${i}.${name}`;
    const h = g.norm(x, at('norm1'), b.g1, b.n1);
    const q = g.split(g.linear(h, at('q'), b.q, null), rows);
    const k = keep(at('k'), g.split(g.linear(h, at('k'), b.k, null), rows));
    const v = keep(at('v'), g.split(g.linear(h, at('v'), b.v, null), rows));
    const kt = g.node('Transpose', [k], at('kt'), { perm: [0, 2, 1] });
    const scores = g.node(
      'Mul',
      [g.node('MatMul', [q, kt], at('scores')), g.number('scale', 1 / Math.sqrt(HEAD))],
      at('scaled'),
    );
    const share = g.node('Softmax', [g.node('Add', [scores, mask], at('masked'))], at('share'), { axis: -1 });
    const mixed = g.node('Transpose', [g.node('MatMul', [share, v], at('mixed'))], at('joined'), { perm: [1, 0, 2] });
    const flat = g.node('Reshape', [mixed, g.shape(`shape.join${rows}`, rows, WIDTH)], at('flat'));
    const residual = g.node('Add', [x, g.linear(flat, at('o'), b.o, b.bo)], at('residual'));
    const up = g.node('Relu', [g.linear(g.norm(residual, at('norm2'), b.g2, b.n2), at('up'), b.up, b.bu)], at('relu'));
    x = g.node('Add', [residual, g.linear(up, at('down'), b.down, b.bd)], at('out'));
  });
  return g.linear(g.norm(x, 'norm', model.g, model.n), 'logits', model.head, model.bh);
};

/** Low enough that a masked place gets no share, high enough to cost little of the range. */
export const MASKED = -16;

/** The whole name at once: `ids` `[32]` to `logits` `[32, 39]`. */
export const writerOnnx = (model: WriterModel): OnnxGraph => {
  const g = new Graph();
  const rows = g.node('Gather', [g.weight('table', model.table), 'ids'], 'rows');
  const embedded = g.node('Add', [rows, g.weight('places', model.places)], 'embedded');
  const causal = Float32Array.from({ length: CONTEXT ** 2 }, (_, at) =>
    at % CONTEXT > Math.floor(at / CONTEXT) ? MASKED : 0,
  );
  g.constants.mask = { shape: [CONTEXT, CONTEXT], floats: causal };
  body(g, model, CONTEXT, 'mask', embedded, (_, heads) => heads);
  return {
    name: 'name-writer',
    inputs: [{ name: 'ids', type: 'int64', shape: [CONTEXT] }],
    outputs: [{ name: 'logits', type: 'float', shape: [CONTEXT, SYMBOLS] }],
    constants: g.constants,
    nodes: g.nodes,
  };
};

/** Names of the states of a step, as pairs of input and output. */
export const writerStates = (): readonly { readonly input: string; readonly output: string }[] =>
  Array.from({ length: BLOCKS }, (_, i) => ['k', 'v'].map((what) => `block${i}.${what}`))
    .flat()
    .map((name) => ({ input: `past.${name}`, output: `kept.${name}` }));

/**
 * One character a step: `id` `[1]`, `place` `[1]`, `mask` `[1, 32]` (0 where a step has been, low where none has) and the
 * keys and values of 31 steps, to `logits` `[1, 39]` and the newest 31 of both.
 */
export const writerStepOnnx = (model: WriterModel): OnnxGraph => {
  const g = new Graph();
  const past: OnnxPort[] = [];
  const kept: OnnxPort[] = [];
  const shape = [HEADS, CONTEXT - 1, HEAD];
  const row = g.node('Gather', [g.weight('table', model.table), 'id'], 'row');
  const placed = g.node('Gather', [g.weight('places', model.places), 'place'], 'placed');
  const embedded = g.node('Add', [row, placed], 'embedded');
  body(g, model, 1, 'mask', embedded, (name, heads) => {
    past.push({ name: `past.${name}`, type: 'float', shape });
    kept.push({ name: `kept.${name}`, type: 'float', shape });
    const all = g.node('Concat', [`past.${name}`, heads], `all.${name}`, { axis: 1 });
    const bounds = [g.shape('slice.from', 1), g.shape('slice.to', CONTEXT), g.shape('slice.axis', 1)];
    g.node('Slice', [all, ...bounds], `kept.${name}`);
    return all;
  });
  return {
    name: 'name-writer-step',
    inputs: [
      { name: 'id', type: 'int64', shape: [1] },
      { name: 'place', type: 'int64', shape: [1] },
      { name: 'mask', type: 'float', shape: [1, CONTEXT] },
      ...past,
    ],
    outputs: [{ name: 'logits', type: 'float', shape: [1, SYMBOLS] }, ...kept],
    constants: g.constants,
    nodes: g.nodes,
  };
};

/** What a step at a place reads besides its character and its states. */
export const stepMask = (place: number): Float32Array =>
  Float32Array.from({ length: CONTEXT }, (_, at) => (at < CONTEXT - 1 - place ? MASKED : 0));
