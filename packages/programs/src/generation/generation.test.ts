import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unwrap } from '@surety/core';
import { runNamed } from '../../test/run-named.ts';
import { CONTEXT, MASKED, stepMask } from '../../training/name-writer.ts';
import { importWriter, writerGeneration, writerInputs, writtenText } from '../../training/write-run.ts';
import { toIntegers } from '../encoding.ts';
import { createEngine } from '../engine/engine.ts';
import { runReference } from '../reference.ts';
import { type Tensor, tensor } from '../tensor.ts';
import { generationStep, type TokenStep } from './generation.ts';

const STEPS = 64;

const writer = await importWriter();
const generation = writerGeneration(writer);

const named = (inputs: readonly Tensor[], name: string): Tensor =>
  inputs[generation.inputs.findIndex((input) => input.name === name)]!;

/** The same by the model alone: this loop chooses the token, counts the places and masks what no step has reached. */
const byHand = async (prompt: Tensor): Promise<number[]> => {
  const engine = unwrap(await createEngine(writer));
  const mask = writer.inputs.find(({ name }) => name === 'mask')!;
  let states = writer.states.map(({ input }) => tensor(writer.types[input]!.dtype, writer.types[input]!.shape, []));
  const said: number[] = [];
  let place = 0;
  for (const given of prompt.values) {
    const id = given < 0 ? said.at(-1)! : given;
    place = id === 0 ? 0 : Math.min(place + 1, CONTEXT - 1);
    const inputs = writer.inputs.map(({ name, dtype, shape }, i) => {
      if (name === 'id') return tensor(dtype, shape, [id]);
      if (name === 'place') return tensor(dtype, shape, [place]);
      if (name === 'mask') return tensor(dtype, shape, toIntegers(stepMask(place), mask.encoding, mask).integers);
      return states[writer.states.findIndex(({ input }) => input === i)]!;
    });
    const { outputs } = unwrap(await engine.run(inputs));
    states = writer.states.map(({ output }) => outputs[output]!);
    const logits = [...outputs[writer.outputs.findIndex(({ name }) => name === 'logits')]!.values];
    said.push(logits.indexOf(Math.max(...logits)));
  }
  return said;
};

test('sixty-four letters in one run are those that the model says step by step, over beginnings and past its context', async () => {
  // The last prompt gives letters without a space for longer than the context is.
  const long = Array.from({ length: STEPS }, (_, step) => (step === 0 ? 0 : step < 50 ? 1 + (step % 26) : -1));
  const inputs = writerInputs(generation, STEPS, ['eth', 'my', 'coin', 'wallet']);
  for (const prompt of [named(inputs, 'prompt'), tensor('i8', [STEPS, 1], long)]) {
    const given = inputs.map((input, i) => (generation.inputs[i]!.name === 'prompt' ? prompt : input));
    const outputs = await runNamed(generation, STEPS, given);
    const said = outputs.get('said')!;
    assert.deepEqual([...said.values], await byHand(prompt));
    assert.equal(outputs.get('token')!.values[0], said.values.at(-1));
  }
});

test('what was given is read, and the rest is what the writer said', async () => {
  const inputs = writerInputs(generation, STEPS, ['eth', 'my', 'coin', 'wallet']);
  const text = writtenText(named(inputs, 'prompt'), (await runNamed(generation, STEPS, inputs)).get('said')!);
  assert.equal(text.length, STEPS);
  for (const [i, beginning] of ['eth', 'my', 'coin', 'wallet'].entries()) {
    assert.equal(text.slice(16 * i, 16 * i + beginning.length + 1), ` ${beginning}`);
  }
  assert.match(text, /^ eth[a-z]+\.[a-z]/);
});

test('engine and reference agree on every value of some steps', async () => {
  const engine = unwrap(await createEngine(generation, { keep: true }));
  let inputs = writerInputs(generation, 3, ['xy']).map((input, i) =>
    generation.inputs[i]!.name === 'prompt' ? tensor('i8', [1], [0]) : input,
  );
  for (const prompt of [24, -1, -1]) {
    const expected = runReference(generation, inputs);
    const { values } = unwrap(await engine.run(inputs));
    for (const [id, value] of values!) assert.deepEqual(value, expected[id]);
    inputs = generation.inputs.map((_, i) => {
      const state = generation.states.find(({ input }) => input === i);
      return state === undefined ? tensor('i8', [1], [prompt]) : expected[generation.outputs[state.output]!.value]!;
    });
  }
});

test('names that the program does not have, and inputs of other types, are refused by name', () => {
  const step: TokenStep = { token: 'id', place: 'place', mask: 'mask', masked: MASKED, logits: 'logits', begins: 0 };
  for (const [part, field] of [
    [{ token: 'word' }, 'word'],
    [{ logits: 'says' }, 'says'],
    [{ mask: 'past.block0.k' }, 'past.block0.k'],
  ] as const) {
    const made = generationStep(writer, { ...step, ...part });
    assert.deepEqual(!made.ok && [made.problem.code, made.problem.field], ['program.invalid', field]);
  }
});
