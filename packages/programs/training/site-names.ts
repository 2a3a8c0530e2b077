/** A classifier of site names: windows of five characters, the strongest answer of each detector, one number out. */
import { Adam, Tape, type Var, variable, weights } from './autograd.ts';
import { SYMBOLS, toIds } from './characters.ts';
import { floats, integers, type OnnxGraph } from './onnx-writer.ts';
import { random, shuffled } from './random.ts';

export const NAME_LENGTH = 40;
const WINDOW = 5;
const WIDTH = 12;
const DETECTORS = 64;

export type NamesModel = {
  readonly table: Var;
  readonly detect: Var;
  readonly b1: Var;
  readonly out: Var;
  readonly b2: Var;
};

export type NamedSite = { readonly name: string; readonly label: 0 | 1 };

/** The windows of a name: each position with two neighbours on both sides, spaces beyond the ends. */
const windows = (name: string): Int32Array => {
  const ids = toIds(name, NAME_LENGTH);
  const half = (WINDOW - 1) / 2;
  return Int32Array.from(
    { length: NAME_LENGTH * WINDOW },
    (_, at) => ids[Math.floor(at / WINDOW) + (at % WINDOW) - half] ?? 0,
  );
};

const forward = (tape: Tape, model: NamesModel, ids: Int32Array, count: number): Var => {
  const embedded = tape.reshape(tape.embed(model.table, ids), [count * NAME_LENGTH, WINDOW * WIDTH]);
  const strongest = tape.maxRows(tape.relu(tape.linear(embedded, model.detect, model.b1)), NAME_LENGTH);
  return tape.linear(strongest, model.out, model.b2);
};

/** Trains on labelled names, both classes drawn equally often. Output 1 is label 1. */
export const trainSiteNames = (
  sites: readonly NamedSite[],
  options: { readonly steps: number; readonly seed: number },
): NamesModel => {
  const next = random(options.seed);
  const model: NamesModel = {
    table: weights([SYMBOLS, WIDTH], next),
    detect: weights([DETECTORS, WINDOW * WIDTH], next),
    b1: variable([DETECTORS]),
    out: weights([2, DETECTORS], next),
    b2: variable([2]),
  };
  const classes = [0, 1].map((label) => sites.filter((site) => site.label === label));
  const orders = classes.map((members) => shuffled(members.length, next));
  const adam = new Adam(Object.values(model));
  const batch = 32;
  for (let step = 0; step < options.steps; step++) {
    const chosen = Array.from({ length: batch }, (_, i) => {
      const order = orders[i % 2]!;
      return classes[i % 2]![order[(step * (batch / 2) + (i >> 1)) % order.length]!]!;
    });
    const ids = new Int32Array(batch * NAME_LENGTH * WINDOW);
    chosen.forEach(({ name }, i) => {
      ids.set(windows(name), i * NAME_LENGTH * WINDOW);
    });
    const tape = new Tape();
    const logits = forward(tape, model, ids, batch);
    tape.crossEntropy(
      logits,
      chosen.map(({ label }) => label),
    );
    tape.backward();
    // The empty symbol means nothing: its row stays 0, which is also what padding a convolution adds.
    model.table.grad.fill(0, 0, WIDTH);
    model.table.data.fill(0, 0, WIDTH);
    adam.step(0.003 * (1 - step / options.steps));
  }
  model.table.data.fill(0, 0, WIDTH);
  return model;
};

/** By how much the second output is above the first, of each name, before anything is rounded. */
export const siteNameLogits = (model: NamesModel, names: readonly string[]): number[] =>
  names.map((name) => {
    const { data } = forward(new Tape(), model, windows(name), 1);
    return data[1]! - data[0]!;
  });

/** The model as ONNX: `name` `[40]`, places in the alphabet, to `logits` `[1, 2]`. */
export const siteNamesOnnx = (model: NamesModel): OnnxGraph => {
  // Rows of `detect` are window by width; a convolution's weights are [detectors, width, 1, window].
  const kernel = new Float32Array(model.detect.data.length);
  for (let k = 0; k < DETECTORS; k++) {
    for (let p = 0; p < WINDOW; p++) {
      for (let c = 0; c < WIDTH; c++)
        kernel[(k * WIDTH + c) * WINDOW + p] = model.detect.data[(k * WINDOW + p) * WIDTH + c]!;
    }
  }
  return {
    name: 'site-names',
    inputs: [{ name: 'name', type: 'int64', shape: [NAME_LENGTH] }],
    outputs: [{ name: 'logits', type: 'float', shape: [1, 2] }],
    constants: {
      table: floats(model.table),
      kernel: { shape: [DETECTORS, WIDTH, WINDOW], floats: kernel },
      b1: floats(model.b1),
      out: floats(model.out),
      b2: floats(model.b2),
      batch: integers(0),
      row: integers(1, DETECTORS),
    },
    nodes: [
      { op: 'Gather', inputs: ['table', 'name'], outputs: ['rows'] },
      { op: 'Unsqueeze', inputs: ['rows', 'batch'], outputs: ['line'] },
      { op: 'Transpose', inputs: ['line'], outputs: ['channels'], attributes: { perm: [0, 2, 1] } },
      {
        op: 'Conv',
        inputs: ['channels', 'kernel', 'b1'],
        outputs: ['windows'],
        attributes: { kernel_shape: [WINDOW], pads: [2, 2] },
      },
      { op: 'Relu', inputs: ['windows'], outputs: ['active'] },
      { op: 'GlobalMaxPool', inputs: ['active'], outputs: ['strongest'] },
      { op: 'Reshape', inputs: ['strongest', 'row'], outputs: ['features'] },
      { op: 'Gemm', inputs: ['features', 'out', 'b2'], outputs: ['logits'], attributes: { transB: 1 } },
    ],
  };
};
