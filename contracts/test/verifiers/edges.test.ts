/** Runs at the edges of the specification: everything can be asked, nothing else answers it, and the truth is never refuted. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { to0x, unwrap } from '@surety/core';
import { elements } from '@surety/programs';
import { answer, NO_RECORD, type RunBook } from '@surety/proofs';
import { Random } from '../../../packages/programs/test/random.ts';
import { Writer } from '../../../packages/proofs/src/optimistic/bytes.ts';
import { viewOf } from '../../../packages/proofs/src/optimistic/operator.ts';
import * as refute from '../../../packages/proofs/src/optimistic/refute.ts';
import { agreed, changed, close, NONE } from './agree.ts';
import { EDGES, edgeRun } from './edges.ts';

after(close);

const FAR = 2 ** 32 - 1;

/** A question for hashes or data by its numbers, many about the last place that there is, or the first that there is not. */
const anyQuestion = ({ program, steps, outputs }: RunBook, random: Random): Uint8Array => {
  const kind = random.int(1, 3);
  const where = random.int(0, kind === 1 ? 4 : 3);
  const count = [program.nodes, program.inputs, program.inputs, outputs.count, 0][where]!;
  const index = count > 0 && random.chance(60) ? random.int(0, count - 1) : random.pick([0, count, count + 1, FAR]);
  const out = new Writer()
    .u8(kind)
    .u8(where)
    .u32(random.pick([0, 0, 1, steps - 1, steps, FAR]))
    .u32(index);
  if (kind < 3) out.u8(random.pick([0, 0, 1, 2, 30, 31]));
  out.u32(random.pick([0, 0, 1, 2, 5, 2 ** 31, FAR]));
  return out.u8(kind < 3 ? random.pick([1, 2, 127, 128]) : random.int(1, 4)).done();
};

const answersOnly = async (run: RunBook, random: Random, what: string): Promise<void> => {
  for (let tries = 0; tries < 12; tries++) {
    const question = anyQuestion(run, random);
    const given = unwrap(await answer(run, question, NO_RECORD));
    const about = `${what}, ${to0x(question)}`;
    assert.equal((await agreed(run.run, question, NO_RECORD, given, about)).holds, 'shown', about);
    for (let i = 0; i < 4; i++) {
      const other = changed(given, random);
      const { holds } = await agreed(run.run, question, NO_RECORD, other, `${about}, changed`);
      assert.equal(holds === 'shown', to0x(other) === to0x(given), about);
    }
  }
};

const truthStands = async (run: RunBook, random: Random, what: string): Promise<void> => {
  const step = (await run.step(run.steps - 1))!;
  for (let node = 0; node < run.program.nodes; node++) {
    const { node: shown, type } = viewOf(run.program.encoding(node));
    // Of more terms than one proof opens, the sum is taken apart elsewhere.
    if (shown.form.op.endsWith('_pool')) continue;
    const about = `${what}, node ${node}, ${shown.form.op}`;
    const size = elements(type.shape);
    for (const element of [0, size - 1, random.int(0, size - 1)]) {
      const proof = refute.refuteElement(run, step, node, element, null);
      const { holds, reverted } = await agreed(run.run, NONE, NO_RECORD, proof, about);
      assert.deepEqual([holds, reverted], ['not-shown', false], about);
      const said = await agreed(run.run, NONE, NO_RECORD, changed(proof, random), `${about}, changed`);
      assert.equal(said.holds, 'not-shown', about);
    }
  }
};

for (const name of EDGES) {
  test(name, async () => {
    const random = new Random(name.length);
    const run = await edgeRun(name, 1);
    await answersOnly(run, random, name);
    await truthStands(run, random, name);
    await run.close();
  });
}
