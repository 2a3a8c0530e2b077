/** Hidden inputs of more values than a table has rows: every value of their range is proved, and none beside it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Result, unwrap } from '@surety/core';
import { type CheckedProgram, checkProgram, type Tensor } from '@surety/programs';
import { lied, publicly } from '../../../test/zk-liar.ts';
import { P } from '../field/ext.ts';
import { graphOf } from '../graph/from-program.ts';
import { planned } from '../plan/pads.ts';
import { MAX_TABLE_VARS, type TableSpec } from '../plan/tables.ts';
import { limbBits, MOST_WIDE, wideTables } from '../plan/wide.ts';
import type { Run } from '../witness/run.ts';
import { commit } from './commit.ts';
import { prove } from './prove.ts';
import { verify } from './verify.ts';

const UNIT = { mantissa: 1, exponent: 0 };
const LOW = -5_000_000;
const HIGH = 300_000_077;

const highOf = (spec: TableSpec): number => (spec.kind === 'range' ? spec.high : Number.NaN);
const codeOf = <T>(result: Result<T>): string => (result.ok ? 'accepted' : result.problem.code);
const i32 = (...values: number[]): Tensor => ({
  dtype: 'i32',
  shape: [values.length],
  values: Int32Array.from(values),
});

/** `y = 2·x + k` of the first input and a constant; the second is read by nothing, so that only its range speaks of it. */
const programOf = (low = LOW, high = HIGH, unread = 3): CheckedProgram =>
  unwrap(
    checkProgram({
      inputs: [
        { name: 'x', dtype: 'i32', encoding: UNIT, shape: [3], low: LOW, high: HIGH },
        { name: 'unread', dtype: 'i32', encoding: UNIT, shape: [unread], low, high },
      ],
      constants: [{ dtype: 'i32', shape: [3], read: () => Int32Array.of(1, 2, 3) }],
      nodes: [
        {
          form: { op: 'affine', x: [0, 2], c: [2, 1], d: 0 },
          dtype: 'i32',
          stage: { shift: 12, low: 0, high: 100_000 },
        },
      ],
      outputs: [{ name: 'y', value: 3, encoding: UNIT }],
      states: [],
    }),
  );

test('values all over the range, its ends too, are hidden and proved', async () => {
  const subject = publicly(programOf());
  const unread = i32(LOW, 0, HIGH);
  for (const x of [i32(LOW, HIGH, 0), i32(LOW + 1, HIGH - 1, 123_456_789)]) {
    const made = unwrap(await prove(subject, [x, unread], { hideInput: true }));
    const verified = unwrap(await verify(made.file, subject));
    assert.equal(verified.inputs, null);
    assert.deepEqual(
      [...verified.outputs[0]!.values],
      Array.from(x.values, (v, i) => Math.min(Math.max((2 * v + i + 1 + 2_048) >> 12, 0), 100_000)),
    );
  }
});

test('hidden weights beside a wide input have one commitment, whether it is hidden or not', async () => {
  const hidden = unwrap(await commit(programOf()));
  const made = unwrap(await prove(hidden, [i32(1, 2, 3), i32(4, 5, 6)], { hideInput: true }));
  unwrap(await verify(made.file, hidden.architecture));
  // Rows are as wide either way, however much there is of the input.
  const graph = graphOf(programOf(LOW, HIGH, 2 ** 20), true);
  const plans = [false, true].map(async (hideInput) => unwrap(await planned(graph, { hideInput, proofs: 4 })).rowVars);
  const [shown, unshown] = await Promise.all(plans);
  assert.equal(shown, unshown);
});

/** What a prover asks a value for, in this order: to commit to it, and for its parts. */
const ASKED = ['value', 'limb from low', 'limb from high', 'upper from low', 'upper from high'];

/** What a prover says of value 1: another tensor where it is asked for one of these. */
const saying = (run: Run, value: Tensor, ...where: readonly string[]): Run => {
  let asked = 0;
  return { ...run, value: (id) => (id === 1 && where.includes(ASKED[asked++] ?? '') ? value : run.value(id)) };
};

test('another value than its parts say is refused, from either end, and none outside has parts', async () => {
  const program = programOf();
  const subject = publicly(program);
  const lie = async (change: (run: Run) => Run): Promise<string> => {
    const file = await lied({
      graph: graphOf(program, false),
      named: { kind: 'public', id: subject.id },
      inputs: [i32(1, 2, 3), i32(7, 8, 9)],
      hideInput: true,
      change,
    });
    return codeOf(await verify(file, subject));
  };
  assert.equal(await lie((run) => run), 'accepted');
  // Other in its limb and in its upper part.
  const other = i32(7, 8, 10 + 2 ** 20);
  assert.equal(await lie((run) => saying(run, other, ...ASKED)), 'accepted');
  for (const part of ASKED) assert.equal(await lie((run) => saying(run, other, part)), 'proof.refuted', part);
  // All that is counted from one end is as it should be, nothing from the other.
  for (const end of ['low', 'high']) {
    const where = ASKED.filter((part) => part === 'value' || part.endsWith(end));
    assert.equal(await lie((run) => saying(run, other, ...where)), 'proof.refuted', end);
  }
  // The end of the range is within the last limb counted from the other.
  for (const outside of [HIGH + 1, LOW - 1]) {
    await assert.rejects(
      lie((run) => saying(run, i32(7, 8, outside), ...ASKED)),
      /no table|not in|row/,
    );
  }
});

test('what a + b comes to at most is less than p away, and longer ranges are refused with what to do', async () => {
  const most = 2 ** 30 - 1;
  for (const low of [-most, -most + 2 ** 17, -most + 2 ** 18, 0]) {
    const range = { low, high: most };
    const size = most - low + 1;
    const { limb, upper } = wideTables(range);
    const a = 2 ** limbBits(range) * highOf(upper) + highOf(limb);
    assert.ok(a <= size - 2 + 2 ** limbBits(range));
    if (size > MOST_WIDE) continue;
    assert.ok(2 * a - (size - 1) < P && size - 1 < P);
    assert.ok([limb, upper].every((spec) => highOf(spec) < 2 ** MAX_TABLE_VARS));
  }
  const made = await prove(publicly(programOf(-most, most)), [i32(0, 0, 0), i32(1, 1, 1)], { hideInput: true });
  assert.equal(codeOf(made), 'proof.unsupported');
  assert.match(JSON.stringify(made), /--range NAME=LOW:HIGH.*inputs\[1\]/);
});
