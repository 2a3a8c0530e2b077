import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sha256, toHex, unwrap } from '@surety/core';
import { Machine } from '@surety/programs';
import { randomInputs, randomProgram } from '../../../programs/test/random-program.ts';
import { changed, pairOf } from '../../test/statistical.ts';
import { partsOf } from './parts.ts';
import { committedBytes, decodeRecord, encodeRecord, type SumsRecord } from './record.ts';

const machine = await Machine.create();

test('a record is read back as it was written, and no other length or beginning is read', async () => {
  for (let seed = 0; seed < 40; seed++) {
    const program = randomProgram(seed, 6);
    const { prove } = await pairOf(program, machine, { gain: seed % 2, withValues: seed % 3 === 0 });
    const { record, bytes } = await prove(randomInputs(program, seed));
    const parts = partsOf(program, 0);
    const read = unwrap(decodeRecord(parts, bytes));
    assert.deepEqual(read, record);
    assert.deepEqual(encodeRecord(parts, read), bytes);
    const longer = new Uint8Array(bytes.length + 1);
    longer.set(bytes);
    const spoilt = [bytes.subarray(0, -1), longer, new Uint8Array(0), bytes.subarray(1)];
    for (const [at, to] of [
      [0, 0],
      [14, 1],
      [15, 0],
      [15, 3],
    ] as const) {
      const other = bytes.slice();
      other[at] = to;
      spoilt.push(other);
    }
    for (const [i, one] of spoilt.entries()) {
      const refused = decodeRecord(parts, one);
      assert.equal(refused.ok ? 'read' : refused.problem.code, 'statistical.malformed', `seed ${seed}, ${i}`);
    }
  }
});

test('a sum that no program can have is refused', async () => {
  const seed = Array.from({ length: 100 }, (_, i) => i).find(
    (n) => partsOf(randomProgram(n, 6), 0).folded[0]?.bytes === 4,
  )!;
  const program = randomProgram(seed, 6);
  const { prove } = await pairOf(program, machine, { gain: 0 });
  const { record } = await prove(randomInputs(program, seed));
  for (const beyond of [2 ** 30, -(2 ** 30), 2 ** 31 - 1, -(2 ** 31)]) {
    const values = record.sums[0]!.values.slice();
    values[0] = beyond;
    const sums = [{ ...record.sums[0]!, values }, ...record.sums.slice(1)];
    const refused = decodeRecord(partsOf(program, 0), encodeRecord(partsOf(program, 0), { ...record, sums }));
    assert.equal(refused.ok ? 'read' : refused.problem.field, 'record.sums[0][0]');
  }
});

test('what binds a provider changes with everything that a record says before the values of replayed nodes', async () => {
  const seed = Array.from({ length: 100 }, (_, i) => i).find((n) => {
    const { sums, replayed } = partsOf(randomProgram(n, 6), 0);
    return sums > 3 && replayed.length > 0;
  })!;
  const program = randomProgram(seed, 6);
  const pair = await pairOf(program, machine, { gain: 0, withValues: true });
  const { parts } = pair.provider;
  const { record } = await pair.prove(randomInputs(program, seed));
  const bound = (of: Partial<SumsRecord>): string => toHex(sha256(committedBytes(parts, { ...record, ...of })));
  const other = new Uint8Array(32);
  const ids = (['program', 'input', 'output', 'trace'] as const).map((id) =>
    bound({ run: { ...record.run, [id]: other } }),
  );
  const sums = record.sums.flatMap((tensor, i) =>
    [...tensor.values.keys()].map((at) => bound({ sums: changed(record.sums, i, at, 1) })),
  );
  const all = [bound({}), bound({ gain: 1 }), bound({ values: null }), ...ids, ...sums];
  assert.equal(new Set(all).size, all.length);
  const [first] = record.values!;
  assert.equal(bound({ values: [...changed([first!], 0, 0, 1), ...record.values!.slice(1)] }), all[0]);
});
