/** Commitments of a log, offline: what holds, and everything that was changed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logOf, type TestLogOptions } from '../../test/log.ts';
import { TRUST as WITNESSED } from '../../test/sample.ts';
import { toBase64, utf8 } from '../bytes.ts';
import { encode } from '../canonical.ts';
import { unwrap } from '../errors.ts';
import { sha256Hex } from '../hash.ts';
import { NO_TRUST, type Trust } from '../trust.ts';
import { commitmentLeafBytes, commitmentLeafOf } from './leaf.ts';
import { LOGGED_MAX_BYTES, type Logged, parseLogged } from './logged.ts';
import { verifyLogged } from './verify.ts';

const TRUST: Trust = { ...WITNESSED, logs: WITNESSED.logs.map((log) => ({ ...log, witnessQuorum: 0 })) };
const AT = 1_793_491_200;
const named = (i: number): string => sha256Hex(utf8(`commitment ${i}`));

/** Entries 2 and 5 of a log of so many leaves. */
const loggedIn = async (size: number, options: TestLogOptions = {}): Promise<Logged> => {
  const leaves = Array.from({ length: size }, (_, i) => commitmentLeafBytes(commitmentLeafOf(named(i), AT + i)));
  const { checkpoint, inclusions } = await logOf(leaves, options);
  const entryOf = (index: number) => ({
    commitment: named(index),
    at: AT + index,
    index,
    inclusion: inclusions[index]!,
  });
  return { type: 'surety/logged/v1', checkpoint, entries: [entryOf(5), entryOf(2)] };
};

const codeOf = (logged: Logged, trust = TRUST): string => {
  const verified = verifyLogged(logged, trust);
  return verified.ok ? (verified.value.problem?.code ?? 'shown') : verified.problem.code;
};

test('entries of a pinned log are shown in the order in which they stand there', async () => {
  const logged = await loggedIn(7);
  assert.deepEqual(unwrap(parseLogged(encode(logged))), logged);
  const verified = unwrap(verifyLogged(logged, TRUST));
  assert.deepEqual(
    verified.entries.map(({ index, commitment, at }) => [index, commitment, at]),
    [2, 5].map((i) => [i, named(i), AT + i]),
  );
  assert.deepEqual([verified.size, verified.witnessed, verified.problem], [7, null, null]);
});

test('witnesses date the tree, and a log without those that are wanted is not enough', async () => {
  const logged = await loggedIn(7, { witnessedAt: AT + 99 });
  assert.equal(unwrap(verifyLogged(logged, TRUST)).witnessed?.by, AT + 99);
  assert.equal(codeOf(logged, WITNESSED), 'shown');
  assert.equal(codeOf(await loggedIn(7), WITNESSED), 'receipt.too-few-witnesses');
});

test('without a pinned key nothing is shown, and another key is refused', async () => {
  assert.equal(codeOf(await loggedIn(7), NO_TRUST), 'receipt.unknown-log');
  assert.equal(codeOf(await loggedIn(7, { secretKey: new Uint8Array(32).fill(1) })), 'log.bad-signature');
});

test('whatever is changed of an entry leads to no signed tree', async () => {
  const logged = await loggedIn(7);
  const [last, first] = logged.entries as [Logged['entries'][0], Logged['entries'][0]];
  const changed = (entry: Partial<typeof first>) => codeOf({ ...logged, entries: [last, { ...first, ...entry }] });
  assert.equal(changed({}), 'shown');
  assert.equal(changed({ commitment: named(3) }), 'log.bad-inclusion');
  assert.equal(changed({ at: AT }), 'log.bad-inclusion');
  assert.equal(changed({ index: 3 }), 'log.bad-inclusion');
  assert.equal(changed({ index: 7 }), 'log.bad-inclusion');
  assert.equal(changed({ inclusion: first.inclusion.slice(1) }), 'log.bad-inclusion');
  const zero = toBase64(new Uint8Array(32));
  assert.equal(changed({ inclusion: [zero, ...first.inclusion.slice(1)] }), 'log.bad-inclusion');
});

test('proofs to an earlier tree do not hold under a later checkpoint, and new ones do', async () => {
  const [earlier, later] = [await loggedIn(7), await loggedIn(12)];
  assert.equal(codeOf({ ...earlier, checkpoint: later.checkpoint }), 'log.bad-inclusion');
  assert.equal(codeOf({ ...later, checkpoint: earlier.checkpoint }), 'log.bad-inclusion');
  assert.equal(unwrap(verifyLogged(later, TRUST)).size, 12);
});

test('files that are none are refused by name', async () => {
  const logged = await loggedIn(7);
  const read = (value: unknown) => {
    const parsed = parseLogged(value instanceof Uint8Array ? value : utf8(JSON.stringify(value)));
    return parsed.ok ? 'read' : `${parsed.problem.code} ${parsed.problem.field}`;
  };
  assert.equal(read(logged), 'read');
  assert.equal(read({ ...logged, more: 1 }), 'input.unknown-field more');
  assert.equal(read({ ...logged, type: 'surety/logged/v2' }), 'input.malformed type');
  assert.equal(read({ ...logged, entries: Array(17).fill(logged.entries[0]) }), 'input.too-large entries');
  assert.equal(read(utf8('{')), 'input.malformed ');
  assert.match(read(new Uint8Array([255])), /^input\.malformed/);
  assert.equal(read(new Uint8Array(LOGGED_MAX_BYTES + 1)), 'input.too-large ');
  assert.equal(codeOf({ ...logged, entries: [] }), 'input.empty');
});
