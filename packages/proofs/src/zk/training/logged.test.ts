/** What a log shows of the roots of a training, and what it does not. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  commitmentLeafBytes,
  commitmentLeafOf,
  type Logged,
  overClaims,
  sha256,
  type Trust,
  toHex,
  utf8,
} from '@surety/core';
import { logOf } from '../../../../core/test/log.ts';
import { TRUST as WITNESSED } from '../../../../core/test/sample.ts';
import { orderFinding, type TrainingCommitments } from './logged.ts';

const TRUST: Trust = { ...WITNESSED, logs: WITNESSED.logs.map((log) => ({ ...log, witnessQuorum: 0 })) };
const AT = 1_793_491_200;
const root = (name: string): Uint8Array => sha256(utf8(name));
const TRAINING: TrainingCommitments = {
  dataSet: root('data'),
  auditSet: root('audit'),
  first: root('model'),
  run: root('run'),
};

/** A log that took these in, in this order, behind an entry of somebody else. */
const loggedOf = async (commitments: readonly Uint8Array[], witnessedAt?: number): Promise<Logged> => {
  const all = [root('of another'), ...commitments].map((each) => toHex(each));
  const leaves = all.map((each, i) => commitmentLeafBytes(commitmentLeafOf(each, AT + i)));
  const { checkpoint, inclusions } = await logOf(leaves, witnessedAt === undefined ? {} : { witnessedAt });
  const entries = all.map((commitment, index) => ({
    commitment,
    at: AT + index,
    index,
    inclusion: inclusions[index]!,
  }));
  return { type: 'surety/logged/v1', checkpoint, entries: entries.slice(1) };
};

const { dataSet, auditSet, first, run } = TRAINING;

test('all roots in a log are shown in its order, with what the order does not show', async () => {
  const found = orderFinding(TRAINING, { logged: await loggedOf([auditSet, dataSet, first, run]), trust: TRUST });
  assert.equal(found.holds, 'shown');
  assert.match(
    found.summary,
    /the audit set at place 1 .*the data set at place 2 .*the first model at place 3 .*the run/,
  );
  assert.deepEqual(overClaims(found), []);
  assert.match(
    found.doesNotProve.join(),
    /not chosen after looking at results.*luckiest.*does not say when it was made/,
  );
  assert.match(found.assumes.join(), /word of its operator alone/);
  assert.equal(found.freshAt, null, 'nobody but the operator names an hour');
});

test('an hour is told where a pinned witness names it', async () => {
  const found = orderFinding(TRAINING, { logged: await loggedOf([dataSet, run], AT + 60), trust: TRUST });
  assert.equal(found.freshAt, AT + 60);
  assert.match(found.proves[0]!.of, /had seen by 2026-/);
  assert.match(found.doesNotProve.join(), /when the root of the audit set was made.*when the root of the first model/);
  assert.doesNotMatch(found.doesNotProve.join(), /when the root of the data set/);
});

test('nothing is shown without entries, by entries of other roots, or by a log that nobody pinned', async () => {
  const holds = (logged: Logged, trust = TRUST) => orderFinding(TRAINING, { logged, trust }).holds;
  const logged = await loggedOf([dataSet, auditSet, first, run]);
  assert.equal(holds(logged), 'shown');
  assert.equal(orderFinding(TRAINING, null).holds, 'not-shown');
  assert.equal(holds(await loggedOf([root('other data')])), 'not-shown');
  assert.equal(holds(logged, { ...TRUST, logs: [] }), 'not-shown');
  assert.equal(holds(logged, WITNESSED), 'not-shown');
  for (const trust of [{ ...TRUST, logs: [] }, WITNESSED])
    assert.deepEqual(orderFinding(TRAINING, { logged, trust }).proves, []);
});

test('an entry that was made up is refuted, whatever it is of', async () => {
  const logged = await loggedOf([dataSet, auditSet]);
  const [one, two] = logged.entries;
  const forged = (entries: Logged['entries']) =>
    orderFinding(TRAINING, { logged: { ...logged, entries }, trust: TRUST }).holds;
  assert.equal(forged([one!, { ...two!, commitment: toHex(run) }]), 'refuted');
  assert.equal(
    forged([
      { ...one!, index: 2 },
      { ...two!, index: 1 },
    ]),
    'refuted',
  );
  assert.equal(forged([one!, { ...two!, commitment: toHex(root('x')) }]), 'refuted');
  const later = await loggedOf([dataSet, auditSet, first]);
  assert.equal(
    orderFinding(TRAINING, { logged: { ...logged, checkpoint: later.checkpoint }, trust: TRUST }).holds,
    'refuted',
  );
});
