/**
 * Small real models that read drawn digits, and what passes itself off as one of them: another training run, a student of its
 * answers, the same weights in fewer bits, and the same weights trained on for a while.
 */
import { Adam, Tape, type Var, variable, weights } from '../../packages/programs/training/autograd.ts';
import { DIGIT_SIDE, drawDigits } from '../../packages/programs/training/digits.ts';
import { random, shuffled } from '../../packages/programs/training/random.ts';

const PIXELS = DIGIT_SIDE ** 2;

export const WIDTHS: readonly number[] = [PIXELS, 64, 32, 10];

export type FloatLayer = { readonly w: Var; readonly b: Var };
export type FloatModel = readonly FloatLayer[];

export type Data = { readonly inputs: readonly Float32Array[]; readonly labels: Int32Array };

const BATCH = 32;

const newModel = (seed: number): FloatModel => {
  const next = random(seed);
  return WIDTHS.slice(1).map((out, i) => ({ w: weights([out, WIDTHS[i]!], next), b: variable([out]) }));
};

const copyOf = (model: FloatModel): FloatModel =>
  model.map(({ w, b }) => ({ w: variable(w.shape, w.data.slice()), b: variable(b.shape, b.data.slice()) }));

const logitsOf = (tape: Tape, model: FloatModel, x: Var): Var =>
  model.reduce((h, { w, b }, i) => {
    const z = tape.linear(h, w, b);
    return i + 1 < model.length ? tape.relu(z) : z;
  }, x);

const softmax = (row: Float32Array): number[] => {
  const most = row.reduce((a, v) => Math.max(a, v));
  const parts = Array.from(row, (v) => Math.exp(v - most));
  const sum = parts.reduce((a, v) => a + v, 0);
  return parts.map((v) => v / sum);
};

/** Trains in place: on labels, or on the probabilities of a teacher. */
const train = (
  model: FloatModel,
  data: Data,
  { steps, rate, seed, teacher }: { steps: number; rate: number; seed: number; teacher?: FloatModel },
): FloatModel => {
  const adam = new Adam(model.flatMap(({ w, b }) => [w, b]));
  const next = random(seed);
  let order = shuffled(data.inputs.length, next);
  for (let step = 0, at = 0; step < steps; step++, at += BATCH) {
    if (at + BATCH > order.length) [order, at] = [shuffled(data.inputs.length, next), 0];
    const chosen = order.subarray(at, at + BATCH);
    const x = variable([BATCH, PIXELS]);
    chosen.forEach((i, row) => {
      x.data.set(data.inputs[i]!, row * PIXELS);
    });
    const tape = new Tape();
    const logits = logitsOf(tape, model, x);
    if (teacher === undefined) {
      tape.crossEntropy(
        logits,
        Int32Array.from(chosen, (i) => data.labels[i]!),
      );
    } else {
      const wanted = logitsOf(new Tape(), teacher, variable([BATCH, PIXELS], x.data.slice()));
      for (let row = 0; row < BATCH; row++) {
        const [own, theirs] = [logits, wanted].map(({ data: all }) => softmax(all.subarray(row * 10, row * 10 + 10)));
        for (let j = 0; j < 10; j++) logits.grad[row * 10 + j] = (own![j]! - theirs![j]!) / BATCH;
      }
    }
    tape.backward();
    adam.step(rate * 0.5 ** Math.floor((4 * step) / steps));
  }
  return model;
};

/** Weights rounded to so many bits, a scale for each row. */
const rounded = (model: FloatModel, bits: number): FloatModel => {
  const copy = copyOf(model);
  const most = 2 ** (bits - 1) - 1;
  for (const { w } of copy) {
    const k = w.shape[1]!;
    for (let at = 0; at < w.data.length; at += k) {
      const row = w.data.subarray(at, at + k);
      const unit = row.reduce((a, v) => Math.max(a, Math.abs(v)), 0) / most;
      for (let i = 0; i < k; i++) row[i] = Math.round(row[i]! / unit) * unit;
    }
  }
  return copy;
};

export type Family = {
  readonly model: FloatModel;
  /** Others under its name, by how they were made. */
  readonly others: readonly { readonly name: string; readonly model: FloatModel }[];
  /** Samples that none of them was trained on. */
  readonly heldOut: Data;
  readonly accuracyPercent: number;
};

const accuracy = (model: FloatModel, { inputs, labels }: Data): number => {
  const right = inputs.filter((x, i) => {
    const { data } = logitsOf(new Tape(), model, variable([1, PIXELS], Float32Array.from(x)));
    return data.indexOf(data.reduce((a, v) => Math.max(a, v))) === labels[i];
  });
  return (100 * right.length) / inputs.length;
};

export const trainFamily = (heldOut: number): Family => {
  const data = drawDigits(2_000, 11);
  const fresh = drawDigits(1_000, 12);
  const model = train(newModel(1), data, { steps: 400, rate: 0.004, seed: 2 });
  const swapped = train(newModel(5), data, { steps: 400, rate: 0.004, seed: 6 });
  const distilled = train(newModel(7), fresh, { steps: 400, rate: 0.004, seed: 8, teacher: model });
  const tuned = (steps: number, rate: number): FloatModel => train(copyOf(model), fresh, { steps, rate, seed: 9 });
  const held = drawDigits(heldOut, 13);
  return {
    model,
    others: [
      { name: 'swapped (another training run)', model: swapped },
      { name: 'distilled (a student of its answers)', model: distilled },
      { name: 'weights in 8 bits', model: rounded(model, 8) },
      { name: 'weights in 4 bits', model: rounded(model, 4) },
      { name: 'trained on, 100 steps', model: tuned(100, 0.001) },
      { name: 'trained on, 1 step of rate 0.0001', model: tuned(1, 0.0001) },
    ],
    heldOut: held,
    accuracyPercent: accuracy(model, held),
  };
};
