/**
 * `accuracy`: three small models, trained here by the committed recipes, as real numbers and as int8 programs, on data that
 * neither training nor calibration saw: drawn digits, names of sites (a fifth of the registered names of the list are held
 * out), and the next character of names; the last also one character a step, with keys and values kept between steps.
 */

import { unwrap } from '../packages/core/src/index.ts';
import {
  createEngine,
  encodeSample,
  Machine,
  type Sample,
  toReals,
  unroll,
  withStates,
} from '../packages/programs/src/index.ts';
import { toIds } from '../packages/programs/training/characters.ts';
import { digitsOnnx, drawDigits } from '../packages/programs/training/digits.ts';
import { allowedNames, siteNames } from '../packages/programs/training/lists.ts';
import {
  CONTEXT,
  lesson,
  stepMask,
  type WriterModel,
  writerOnnx,
  writerStates,
  writerStepOnnx,
} from '../packages/programs/training/name-writer.ts';
import { random, shuffled } from '../packages/programs/training/random.ts';
import { digitsModel, nameWriterModel, siteNamesModel } from '../packages/programs/training/recipes.ts';
import { NAME_LENGTH, siteNamesOnnx } from '../packages/programs/training/site-names.ts';
import { graphOf, outputsOf, type Paired, paired, programOf } from './accuracy/compare.ts';
import type { Figure } from './figure.ts';

/** Most that an int8 program may lose, in percentage points. */
const LIMIT_POINTS = 1;

const CALIBRATION = 200;

/** Symbols of the alphabet of names, the unknown one included. */
const SYMBOL_RANGE = { low: 0, high: 39 } as const;

const lost = (name: string, result: Paired): Figure[] => {
  const { count, realPercent, integerPercent, lostPoints, marginPoints } = result;
  const share = (value: number): string => `${value.toFixed(2)} %`;
  return [
    {
      name: `${name}: right in int8`,
      value: integerPercent,
      unit: '%',
      goal: '',
      holds: null,
      peer: `float ${share(realPercent)}`,
    },
    {
      name: `${name}: lost by int8`,
      value: lostPoints,
      unit: 'points',
      goal: `<= ${LIMIT_POINTS}`,
      holds: lostPoints <= LIMIT_POINTS,
      peer: `± ${marginPoints.toFixed(2)} (95 %), ${count} answers held out`,
    },
  ];
};

const say = (what: string): void => void process.stderr.write(`accuracy: ${what}\n`);

const digits = async (machine: Machine): Promise<Figure[]> => {
  say('training digits');
  const graph = graphOf(digitsOnnx(digitsModel()));
  const samples = (count: number, seed: number) => {
    const { inputs, labels } = drawDigits(count, seed);
    return { samples: inputs.map((image) => ({ image })), labels: Array.from(labels, (label) => [label]) };
  };
  const program = await programOf(graph, samples(CALIBRATION, 501).samples, machine);
  const held = samples(3_000, 502);
  return lost('digits', paired(await outputsOf(graph, program, held.samples, machine), held.labels, 10));
};

/** As many scams as allowed sites, drawn anew from each side. */
const sites = async (machine: Machine): Promise<Figure[]> => {
  say('training site names');
  const { train, heldOut } = siteNames();
  const graph = graphOf(siteNamesOnnx(siteNamesModel()));
  const drawn = (from: typeof train, seed: number) => {
    const next = random(seed);
    const of = (label: number) => from.filter((site) => site.label === label);
    const each = Math.min(of(0).length, of(1).length);
    return [0, 1].flatMap((label) => {
      const members = of(label);
      return Array.from(shuffled(members.length, next).subarray(0, each), (i) => members[i]!);
    });
  };
  const sample = ({ name }: { readonly name: string }): Sample => ({
    name: Float64Array.from(toIds(name, NAME_LENGTH)),
  });
  const ranges = { name: SYMBOL_RANGE };
  const program = await programOf(graph, drawn(train, 601).slice(-CALIBRATION).map(sample), machine, ranges);
  const held = drawn(heldOut, 602);
  const outputs = await outputsOf(graph, program, held.map(sample), machine);
  return lost(
    'site names',
    paired(
      outputs,
      held.map(({ label }) => [label]),
      2,
    ),
  );
};

type Lesson = ReturnType<typeof lesson>;

const whole = async (
  model: WriterModel,
  lessons: readonly Lesson[],
  calibration: readonly Lesson[],
  machine: Machine,
) => {
  const graph = graphOf(writerOnnx(model));
  const sample = ({ ids }: Lesson): Sample => ({ ids: Float64Array.from(ids) });
  const program = await programOf(graph, calibration.map(sample), machine, { ids: SYMBOL_RANGE });
  return outputsOf(graph, program, lessons.map(sample), machine);
};

/** The step form run as it would be: each step's integers of keys and values go on into the next. */
const stepwise = async (
  model: WriterModel,
  lessons: readonly Lesson[],
  calibration: readonly Lesson[],
  machine: Machine,
) => {
  const graph = unwrap(withStates(graphOf(writerStepOnnx(model)), writerStates()));
  const steps = ({ ids }: Lesson): Sample[] =>
    Array.from({ length: CONTEXT }, (_, place) => ({
      id: Float64Array.of(ids[place]!),
      place: Float64Array.of(place),
      mask: stepMask(place),
    }));
  const ranges = { id: SYMBOL_RANGE, place: { low: 0, high: CONTEXT - 1 } };
  const program = await programOf(graph, unroll(graph, calibration.map(steps)), machine, ranges);
  const engine = unwrap(await createEngine(program, { machine }));
  const [logits] = program.outputs;
  const zeros = Object.fromEntries(
    program.inputs.map(({ name, shape }) => [name, new Float64Array(shape.reduce((a, b) => a * b, 1))]),
  );
  const integer: number[][] = lessons.map(() => []);
  // All names take a step together.
  let states = lessons.map(() => encodeSample(program, zeros).inputs);
  for (let place = 0; place < CONTEXT; place++) {
    const inputs = lessons.map((each, i) => {
      const given = encodeSample(program, { ...zeros, ...steps(each)[place]! }).inputs;
      return given.map((tensor, port) =>
        program.states.some(({ input }) => input === port) ? states[i]![port]! : tensor,
      );
    });
    const runs = unwrap(await engine.runMany(inputs));
    for (const [i, { outputs }] of runs.entries()) integer[i]!.push(...toReals(outputs[0]!.values, logits!.encoding));
    states = runs.map(({ outputs }, i) =>
      inputs[i]!.map((tensor, port) => {
        const state = program.states.find(({ input }) => input === port);
        return state === undefined ? tensor : outputs[state.output]!;
      }),
    );
  }
  return integer;
};

/** Mean and largest difference of two runs over the places that are asked, as a share of the largest number. */
const difference = (
  a: readonly ArrayLike<number>[],
  b: readonly ArrayLike<number>[],
  lessons: readonly Lesson[],
  width: number,
) => {
  let [sum, count, largest, amplitude] = [0, 0, 0, 0];
  lessons.forEach(({ labels }, i) => {
    labels.forEach((label, row) => {
      if (label < 0) return;
      for (let at = row * width; at < (row + 1) * width; at++) {
        const off = Math.abs(a[i]![at]! - b[i]![at]!);
        [sum, count, largest] = [sum + off, count + 1, Math.max(largest, off)];
        amplitude = Math.max(amplitude, Math.abs(a[i]![at]!));
      }
    });
  });
  return { meanPercent: (100 * sum) / count / amplitude, largestPercent: (100 * largest) / amplitude };
};

const writer = async (machine: Machine): Promise<Figure[]> => {
  say('training the name writer');
  const { train, heldOut } = allowedNames();
  const model = nameWriterModel();
  const calibration = train.slice(0, 48).map(lesson);
  const lessons = heldOut.map(lesson);
  const width = SYMBOL_RANGE.high + 1;
  const labels = lessons.map((each) => each.labels);
  say('measuring the name writer');
  const atOnce = await whole(model, lessons, calibration, machine);
  const steps = await stepwise(model, lessons, calibration.slice(0, 16), machine);
  const apart = difference(atOnce.real, steps, lessons, width);
  const quantised = difference(atOnce.real, atOnce.integer, lessons, width);
  return [
    ...lost('next character', paired(atOnce, labels, width)),
    ...lost(
      'next character, step by step with kept keys and values',
      paired({ real: atOnce.real, integer: steps }, labels, width),
    ),
    {
      name: 'step by step beside the whole model in float: mean difference',
      value: apart.meanPercent,
      unit: '% of the largest logit',
      goal: '',
      holds: null,
      peer: `whole form in int8 ${quantised.meanPercent.toPrecision(3)} %; largest ${apart.largestPercent.toPrecision(3)} % beside ${quantised.largestPercent.toPrecision(3)} %`,
    },
  ];
};

export const run = async (): Promise<Figure[]> => {
  const machine = await Machine.create();
  return [...(await digits(machine)), ...(await sites(machine)), ...(await writer(machine))];
};
