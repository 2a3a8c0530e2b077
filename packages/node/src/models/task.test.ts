/** Reports run again by the worker thread: real files, real programs. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { type Claim, concatBytes, toHex, unwrap } from '@surety/core';
import { checkProgram, commitProgram, writeProgram } from '@surety/programs';
import { trainedSiteNames } from '../../../analysts/test/site-names.ts';
import { createTasks } from './task.ts';

const CLAIM: Claim = {
  type: 'surety/claim/question/v1',
  subject: { kind: 'site', host: 'uniswap-claim-rewards.app' },
  predicate: 'scam',
  outcomes: ['scam', 'not scam'],
  rule: { kind: 'panel', seats: 3, quorum: 2, lossGainRatio: 9 },
  budgetMicroUsd: '50000',
  valueAtStakeMicroUsd: '0',
  closesAt: 1_793_491_800,
  asker: '0x0000000000000000000000000000000000000001',
  nonce: '00'.repeat(16),
};
const folder = mkdtempSync(join(tmpdir(), 'surety-task-'));
after(() => rmSync(folder, { recursive: true }));
const stored = (name: string, bytes: Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
};
const run = createTasks();

test('a stored program is run again as whoever holds it would, and a file with other bytes is not', async () => {
  const { bytes, id, adapter } = await trainedSiteNames({ steps: 4 });
  const task = { kind: 'rerun', path: stored('net', bytes), id, adapter, claim: CLAIM } as const;
  const reading = unwrap(await run(task));
  assert.ok(reading.kind === 'reading' && reading.probabilityPpm !== null);
  assert.match(reading.execution?.outputs ?? '', /^[0-9a-f]{64}$/);
  const other = unwrap(await run({ ...task, adapter: { ...adapter, program: '00'.repeat(32) } }));
  assert.equal(other.kind, 'not-repeatable');

  const changed = bytes.slice();
  changed[changed.length - 1]! ^= 1;
  const damaged = await run({ ...task, path: stored('changed', changed) });
  assert.equal(damaged.ok ? '' : damaged.problem.code, 'file.damaged');
});

test('a small file that names much work is not run at the door', async () => {
  const side = 4_096;
  const matrix = {
    dtype: 'i8',
    shape: [side, side],
    low: -1,
    high: 1,
    encoding: { mantissa: 1, exponent: 0 },
  } as const;
  const program = unwrap(
    checkProgram({
      inputs: [
        { ...matrix, name: 'a' },
        { ...matrix, name: 'b' },
      ],
      constants: [],
      nodes: [
        {
          form: { op: 'matmul', a: 0, b: 1, bias: null },
          dtype: 'i16',
          stage: { shift: 0, low: -32_768, high: 32_767 },
        },
      ],
      outputs: [{ name: 'c', value: 2, encoding: { mantissa: 1, exponent: 0 } }],
      states: [],
    }),
  );
  const path = stored('large', concatBytes(...writeProgram(program)));
  const id = toHex(commitProgram(program).id);
  const large = unwrap(await run({ kind: 'rerun', path, id, adapter: {}, claim: CLAIM }));
  assert.ok(large.kind === 'not-repeatable');
  assert.match(large.why, /more than 20000000000 operations/);
});
