/** A true claim cannot be refuted: not by what is built against it, not by what refutes others, not by changed bytes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unwrap } from '@surety/core';
import { elements } from '@surety/programs';
import { Random } from '../../../programs/test/random.ts';
import { attempts, changed } from '../../test/attempts.ts';
import { dispute } from '../../test/dialogue.ts';
import { lie, tell, truth } from '../../test/liar.ts';
import { LIES, OF_STEPS } from '../../test/lies.ts';
import { iteratedRun, plainRun } from '../../test/runs.ts';
import { answer } from './answer.ts';
import { readAccumulators } from './answer-judge.ts';
import { judge } from './judge.ts';
import { NO_RECORD } from './partials.ts';
import { encodeQuestion, type Question } from './question.ts';
import { refuteEnd, refutePartial } from './refute.ts';
import type { RunBook } from './run-book.ts';

const NONE = new Uint8Array(0);

const runs = async function* (seeds: number): AsyncGenerator<{ run: RunBook; random: Random; seed: number }> {
  for (let seed = 0; seed < seeds; seed++) {
    const run = seed % 2 === 0 ? await plainRun(seed) : await iteratedRun(seed);
    if (run === null) continue;
    yield { run, random: new Random(seed + 77), seed };
    await run.close();
  }
};

const notRefuted = (run: RunBook, proof: Uint8Array, record: Uint8Array, what: string): void =>
  assert.equal(judge(run.run, NONE, record, proof).holds, 'not-shown', what);

test('what is built against a true run, and any change of it, shows nothing', async () => {
  for await (const { run, random, seed } of runs(30)) {
    for (let tries = 0; tries < 5; tries++) {
      for (const proof of await attempts(run, random)) {
        notRefuted(run, proof, NO_RECORD, `seed ${seed}`);
        for (let i = 0; i < 4; i++) notRefuted(run, changed(proof, random), NO_RECORD, `seed ${seed}`);
      }
    }
  }
});

test('what refutes a liar shows nothing of a true run, whatever record it builds on', async () => {
  for await (const { run, random, seed } of runs(30)) {
    const story = await truth(run);
    for (const [name, make] of Object.entries(LIES)) {
      if (run.steps === 1 && OF_STEPS.has(name)) continue;
      const view = tell(make(story, random));
      const liar = {
        run: view.run,
        answer: (question: Uint8Array, record: Uint8Array) => lie(view, question, record, random.int(0, 3)),
      };
      const { proof, record, exchanges } = await dispute(run, liar, { decidingGas: random.pick([0, 300_000]) });
      // The same questions, answered in truth.
      let honest: Uint8Array = NO_RECORD;
      for (const { question } of exchanges) {
        const given = unwrap(await answer(run, question, honest));
        const found = judge(run.run, question, honest, given);
        assert.equal(found.holds, 'shown', `seed ${seed}, ${name}: ${found.why}`);
        honest = found.record;
      }
      if (proof === null) continue;
      for (const left of [NO_RECORD, honest, record]) {
        notRefuted(run, proof, left, `seed ${seed}, ${name}`);
        for (let i = 0; i < 4; i++) notRefuted(run, changed(proof, random), left, `seed ${seed}, ${name}`);
      }
    }
  }
});

test('accumulators of a true run stand, however they are asked for', async () => {
  let folds = 0;
  for await (const { run, random, seed } of runs(40)) {
    for (let tries = 0; tries < 12; tries++) {
      const [t, node] = [random.int(0, run.steps - 1), random.int(0, run.program.nodes - 1)];
      const step = (await run.step(t))!;
      const element = random.int(0, elements(step.node(node)!.type!.shape) + 1);
      const segments = random.int(1, 9);
      let question: Question = { kind: 'partials', step: t, node, element, segments, per: random.int(1, 3) };
      let record: Uint8Array = NO_RECORD;
      for (let deep = 0; deep < 3; deep++) {
        const bytes = encodeQuestion(question);
        const given = unwrap(await answer(run, bytes, record));
        const found = judge(run.run, bytes, record, given);
        assert.equal(found.holds, 'shown', `seed ${seed}: ${found.why}`);
        const partials = readAccumulators(bytes, record, given);
        if (partials === null) break;
        record = found.record;
        for (const part of partials.accumulators.keys()) {
          let proof: Uint8Array;
          try {
            proof = refutePartial(run, step, partials, part);
          } catch {
            // What is no fold, or has no such element, has no terms to bring.
            continue;
          }
          folds++;
          notRefuted(run, proof, record, `seed ${seed}`);
          for (let i = 0; i < 3; i++) notRefuted(run, changed(proof, random), record, `seed ${seed}`);
        }
        try {
          notRefuted(run, refuteEnd(run, step, partials), record, `seed ${seed}`);
        } catch (error) {
          if (error instanceof assert.AssertionError) throw error;
        }
        question = { kind: 'refine', part: random.int(0, partials.accumulators.length - 1), per: 1, partials };
      }
    }
  }
  assert.ok(folds > 300, `${folds} parts`);
});
