/** The contract against runs and lies about them, beside its twin in `packages/proofs`: they come to the same verdicts. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { toHex, unwrap } from '@surety/core';
import { answer, encodeQuestion, NO_RECORD, type Place, type Question, type RunBook } from '@surety/proofs';
import { Random } from '../../../packages/programs/test/random.ts';
import { dispute } from '../../../packages/proofs/test/dialogue.ts';
import { lie, tell, truth } from '../../../packages/proofs/test/liar.ts';
import { LIES, OF_STEPS } from '../../../packages/proofs/test/lies.ts';
import { iteratedRun, plainRun } from '../../../packages/proofs/test/runs.ts';
import { agreed, changed, close, NONE } from './agree.ts';

const bytesOf = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'));

const VECTORS = join(import.meta.dirname, '../../../vectors/refutation.json');

after(close);

/** Runs of one and of several steps, by turns. */
const runs = async function* (seeds: number): AsyncGenerator<{ run: RunBook; random: Random; what: string }> {
  for (let seed = 0; seed < seeds; seed++) {
    const run = seed % 2 === 0 ? await plainRun(seed) : await iteratedRun(seed);
    if (run === null) continue;
    yield { run, random: new Random(seed + 77), what: `seed ${seed}` };
    await run.close();
  }
};

/** About places that there are, and about such as there are not. */
const anyQuestion = (random: Random, { steps, program }: RunBook): Question => {
  const step = random.int(0, steps);
  const place = (): Place => {
    const of = random.pick(['node', 'step-input', 'input', 'output'] as const);
    const index = random.int(0, of === 'node' ? program.nodes : of === 'output' ? 4 : program.inputs);
    return of === 'node' || of === 'step-input' ? { of, step, index } : { of, index };
  };
  const blocks = () => {
    const level = random.pick([0, 0, 1, 2, 5, 31]);
    return { level, first: random.chance(70) ? 0 : random.int(0, 40), count: random.int(1, 128) };
  };
  switch (random.int(0, 3)) {
    case 0:
      return { kind: 'part', place: random.chance(30) ? { of: 'steps' } : place(), ...blocks() };
    case 1:
      return { kind: 'chunk-part', place: place(), ...blocks() };
    case 2:
      return { kind: 'data', place: place(), chunk: random.chance(70) ? 0 : random.int(0, 9), count: random.int(1, 4) };
    default: {
      const node = random.int(0, program.nodes);
      const segments = random.int(1, 12);
      return { kind: 'partials', step, node, element: random.int(0, 40), segments, per: random.int(1, 3) };
    }
  }
};

test('an honest provider answers every question, and no other bytes do', async () => {
  for await (const { run, random, what } of runs(30)) {
    for (let tries = 0; tries < 10; tries++) {
      const question = encodeQuestion(anyQuestion(random, run));
      const given = unwrap(await answer(run, question, NO_RECORD));
      const said = await agreed(run.run, question, NO_RECORD, given, what);
      assert.equal(said.holds, 'shown', what);
      if (given.length > 0) await agreed(run.run, question, NO_RECORD, changed(given, random), `${what}, changed`);
    }
  }
});

test('bytes that are no question are answered by nothing, and by nothing else', async () => {
  for await (const { run, random, what } of runs(4)) {
    for (let tries = 0; tries < 60; tries++) {
      const question = changed(encodeQuestion(anyQuestion(random, run)), random);
      if (question.length === 0) continue;
      const given = unwrap(await answer(run, question, NO_RECORD));
      assert.equal((await agreed(run.run, question, NO_RECORD, given, what)).holds, 'shown', what);
      await agreed(run.run, question, NO_RECORD, Uint8Array.of(...given, 0), what);
    }
  }
});

test('the shared vectors: what a judge says of them', async () => {
  type Case = Readonly<Record<'name' | 'question' | 'record' | 'proof' | 'holds' | 'newRecord', string>> & {
    readonly run: readonly [program: string, input: string, output: string, trace: string];
  };
  const { cases } = JSON.parse(readFileSync(VECTORS, 'utf8')) as { readonly cases: readonly Case[] };
  for (const { name, run, question, record, proof, holds, newRecord } of cases) {
    const [program, input, output, trace] = run.map(bytesOf) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
    const stated = { program, input, output, trace };
    const said = await agreed(stated, bytesOf(question), bytesOf(record), bytesOf(proof), name);
    assert.deepEqual([said.holds, toHex(said.record)], [holds, newRecord], name);
  }
  assert.ok(cases.length > 400);
});

test('every lie loses, and what refutes it shows nothing of the truth', async (context) => {
  let refuted = 0;
  for await (const { run, random, what } of runs(16)) {
    const story = await truth(run);
    for (const [name, make] of Object.entries(LIES)) {
      if (run.steps === 1 && OF_STEPS.has(name)) continue;
      const about = `${what}, ${name}`;
      const view = tell(make(story, random));
      const from = random.int(0, 3);
      const liar = { run: view.run, answer: (q: Uint8Array, record: Uint8Array) => lie(view, q, record, from) };
      // Of half of the lies every fold is taken apart.
      const { proof, exchanges, record, end } = await dispute(run, liar, { decidingGas: random.pick([0, 300_000]) });
      let [left, honest]: Uint8Array[] = [NO_RECORD, NO_RECORD];
      for (const { question, answer: told } of exchanges) {
        const said = await agreed(liar.run, question, left!, told, about);
        assert.equal(said.holds, 'shown', about);
        left = said.record;
        const given = unwrap(await answer(run, question, honest!));
        const own = await agreed(run.run, question, honest!, given, about);
        assert.equal(own.holds, 'shown', about);
        honest = own.record;
        if (told.length > 0) await agreed(liar.run, question, left, changed(told, random), about);
      }
      if (end !== 'refuted') continue;
      refuted++;
      assert.equal((await agreed(liar.run, NONE, record, proof!, about)).holds, 'refuted', about);
      for (const other of [record, honest!]) {
        assert.equal((await agreed(run.run, NONE, other, proof!, about)).holds, 'not-shown', about);
      }
      for (let i = 0; i < 4; i++) await agreed(liar.run, NONE, record, changed(proof!, random), about);
    }
  }
  context.diagnostic(`${refuted} refutations`);
});
