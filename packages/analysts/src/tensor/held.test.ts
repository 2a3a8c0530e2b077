/** A real int8 program as a player: its reports are shown by whoever holds it, and false ones are refuted. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import {
  type AnalystReport,
  adapterIdIn,
  admitEvidence,
  type Claim,
  toHex,
  unwrap,
  verifyEvidence,
} from '@surety/core';
import { bytesSource, listRoot, runReference, tensor } from '@surety/programs';
import { namesOf, trainedSiteNames } from '../../test/site-names.ts';
import { UNKNOWN_DATA } from '../analyst.ts';
import { conflictOf } from '../panel.ts';
import { PROGRAMS } from '../programs.ts';
import { reportOf } from '../report.ts';
import { adapterIdOf, charactersOf } from './adapter.ts';
import { readFolder } from './folder.ts';
import { HeldPrograms, holdProgram } from './held.ts';
import { TensorPlayer } from './tensor-player.ts';

const AT = 1_793_491_200;
const CLAIM: Claim = {
  type: 'surety/claim/question/v1',
  subject: { kind: 'site', host: 'uniswap-claim-rewards.app' },
  predicate: 'scam',
  outcomes: ['scam', 'not scam'],
  rule: { kind: 'panel', seats: 3, quorum: 2, lossGainRatio: 9 },
  budgetMicroUsd: '50000',
  valueAtStakeMicroUsd: '0',
  closesAt: AT + 600,
  asker: '0x0000000000000000000000000000000000000001',
  nonce: '00'.repeat(16),
};
const CONTEXT = {
  network: { chainId: 1, receiptVerifier: CLAIM.asker, operator: CLAIM.asker, environment: 'development' },
  issuedAt: AT,
  probabilitiesPpm: [500_000, 500_000],
} as const;

const { bytes, id, adapter } = await trainedSiteNames();
const program = unwrap(holdProgram(bytesSource(bytes)));
const folders: string[] = [];
const folder = (files: Readonly<Record<string, string | Uint8Array>>): string => {
  const made = mkdtempSync(join(tmpdir(), 'surety-held-'));
  folders.push(made);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(made, name), content);
  return made;
};
after(() => {
  for (const each of folders) rmSync(each, { recursive: true });
});

const holding = (): HeldPrograms => {
  const held = new HeldPrograms();
  held.add(program);
  return held;
};
const reported = async (claim: Claim = CLAIM): Promise<AnalystReport> => {
  const analyst = unwrap(await holding().player(adapter)).analyst();
  return reportOf(claim, analyst.id, await analyst.read(claim.subject, { nowSeconds: AT }), AT);
};
const judged = async (report: AnalystReport, held: HeldPrograms) => {
  const programs = await held.prepare(CLAIM, [report], PROGRAMS);
  const { holds, summary } = verifyEvidence(CLAIM, report, { ...CONTEXT, programs });
  const admitted = admitEvidence(CLAIM, report, { ...CONTEXT, programs });
  return { holds, summary, door: admitted.ok ? 'ok' : admitted.problem.code };
};

test('a report names its program and tensors, carries its adapter, and is shown where the program is held', async () => {
  const report = await reported();
  assert.equal(report.program, `program:${id}`);
  assert.equal(adapterIdIn(report.execution!), adapterIdOf(adapter));
  assert.deepEqual({ ...(await judged(report, holding())), summary: '' }, { holds: 'shown', summary: '', door: 'ok' });
});

test('its tensors are those that the specification’s twin computes', async () => {
  const report = await reported();
  const [{ dtype, shape }] = [program.program.inputs[0]!];
  const inputs = [tensor(dtype, shape, charactersOf(adapter.input, 'uniswap-claim-rewards.app').values)];
  const values = runReference(program.program, inputs);
  const outputs = program.program.outputs.map(({ value }) => values[value]!);
  assert.equal(report.execution?.inputs, toHex(listRoot(inputs)));
  assert.equal(report.execution?.outputs, toHex(listRoot(outputs)));
});

test('it learned something: names of a seed it never saw are told apart better than by chance', async () => {
  const player = unwrap(await holding().player(adapter));
  const names = namesOf(5, 200);
  let right = 0;
  for (const { name, label } of names) {
    const run = await player.run({ kind: 'site', host: name });
    if (run!.probabilityPpm > 500_000 === (label === 1)) right++;
  }
  assert.ok(right > names.length * 0.65, `${right} of ${names.length}`);
});

test('a false answer is refuted and does not come through the door of whoever holds the program', async () => {
  const report = await reported();
  const execution = report.execution!;
  for (const lie of [
    { ...report, probabilityPpm: report.probabilityPpm! + 1 },
    { ...report, execution: { ...execution, outputs: '00'.repeat(32) } },
    { ...report, execution: { ...execution, inputs: '00'.repeat(32) } },
  ]) {
    const { holds, door } = await judged(lie, holding());
    assert.deepEqual({ holds, door }, { holds: 'refuted', door: 'evidence.refuted' });
  }
});

test('without the program nothing is shown or refuted; it does not come through the door', async () => {
  const report = await reported();
  for (const each of [report, { ...report, probabilityPpm: 5_000 }]) {
    const { holds, summary, door } = await judged(each, new HeldPrograms());
    assert.deepEqual({ holds, door }, { holds: 'not-shown', door: 'evidence.unknown-program' });
    assert.match(summary, /is not held here/);
  }
});

test('an adapter that cannot be what the report says is not run, and does not come through the door', async () => {
  const report = await reported();
  const { input } = adapter;
  for (const [carried, words] of [
    [{ name: 'net' }, /its adapter is none/],
    [{ ...adapter, program: '00'.repeat(32) }, /its adapter is for another program/],
    [{ ...adapter, input: { ...input, length: 41 } }, /takes 40 numbers/],
    [{ ...adapter, reads: ['message'] }, /does not read such a question/],
    [{ ...adapter, predicate: 'genuine' }, /does not read such a question/],
  ] as const) {
    const lie = { ...report, execution: { ...report.execution!, adapter: carried } };
    const { holds, summary, door } = await judged(lie, holding());
    assert.deepEqual({ holds, door }, { holds: 'not-shown', door: 'evidence.unknown-program' });
    assert.match(summary, words);
  }
});

test('any number of adapters of one program share its engine', async () => {
  const held = holding();
  const report = await reported();
  for (let i = 0; i < 200; i++) {
    const carried = { ...adapter, name: `net-${i}` };
    const run = await held.run(report.program, carried, CLAIM);
    assert.ok(run.kind === 'reading' && run.execution?.outputs === report.execution?.outputs);
  }
});

test('a file that was changed is another program or none: the named one is not held', async () => {
  const report = await reported();
  // The last byte is a weight or a bias; the first one is the format's.
  const other = bytes.slice();
  other[other.length - 1]! ^= 1;
  const broken = bytes.slice();
  broken[0]! ^= 1;
  const { held, problems } = unwrap(readFolder(folder({ 'a.program': other, 'b.program': broken })));
  assert.equal(held.ids.includes(id), false);
  assert.deepEqual(
    problems.map(({ code }) => code),
    ['program.malformed'],
  );
  assert.equal((await judged(report, held)).holds, 'not-shown');
  const whole = unwrap(readFolder(folder({ 'x.program': bytes, 'readme.txt': 'x' })));
  assert.deepEqual(whole.problems, []);
  assert.equal((await judged(report, whole.held)).holds, 'shown');
});

test('an adapter that does not fit is refused by the field that does not', async () => {
  const field = async (over: Partial<typeof adapter>): Promise<string | undefined> => {
    const made = await TensorPlayer.create(program, { ...adapter, ...over });
    return made.ok ? 'ok' : `${made.problem.code} ${made.problem.field}`;
  };
  const { input } = adapter;
  assert.equal(await field({}), 'ok');
  assert.equal(await field({ program: '00'.repeat(32) }), 'adapter.mismatch program');
  assert.equal(await field({ input: { ...input, length: 41 } }), 'adapter.mismatch input.length');
  assert.equal(await field({ input: { ...input, other: 40 } }), 'adapter.mismatch input.alphabet');
  assert.equal(
    await field({ output: { kind: 'logits', output: 'odds', for: 1, against: 0 } }),
    'adapter.mismatch output.output',
  );
  assert.equal(
    await field({ output: { kind: 'probability', output: 'logits', for: 2 } }),
    'adapter.mismatch output.for',
  );
});

test('it abstains on what it does not read, and says what it had no room for', async () => {
  const analyst = unwrap(await holding().player(adapter)).analyst('me');
  assert.equal(analyst.id, 'me');
  const message = await analyst.read({ kind: 'message', text: 'hello' }, { nowSeconds: AT });
  assert.deepEqual([message.probabilityPpm, message.execution], [null, undefined]);
  const long = await analyst.read({ kind: 'site', host: `${'a'.repeat(50)}.com` }, { nowSeconds: AT });
  assert.ok(long.didNotSee.some((words) => words.includes('14 characters')));
});

test('a private program hides everything that its report names, and is not shown equal to any', async () => {
  const player = unwrap(await holding().player(adapter));
  const open = await reported();
  const salted = async (byte: number): Promise<AnalystReport> => {
    const analyst = player.analyst('net', new Uint8Array(32).fill(byte));
    return reportOf(CLAIM, analyst.id, await analyst.read(CLAIM.subject, { nowSeconds: AT }), AT);
  };
  const [one, two] = [await salted(1), await salted(2)];
  assert.match(one.program, /^hidden:[0-9a-f]{64}$/);
  assert.equal(one.probabilityPpm, open.probabilityPpm);
  const names = [open, one, two].flatMap(({ program: of, execution }) => [of, ...Object.values(execution ?? {})]);
  assert.equal(
    new Set(names.map((name) => (typeof name === 'string' ? name : adapterIdOf(adapter)))).size,
    12,
    'no name says anything of another',
  );
  const { holds, summary, door } = await judged(one, holding());
  assert.deepEqual({ holds, door }, { holds: 'not-shown', door: 'ok' });
  assert.match(summary, /not shown equal/);
});

test('unknown training data goes with nobody', async () => {
  const known = unwrap(await holding().player(adapter)).analyst();
  const held = holding();
  const unknown = unwrap(await held.player({ ...adapter, trainedOn: null })).analyst();
  const juror = { id: 'j', family: 'j', trainedOn: ['somebody/else'] };
  assert.equal(conflictOf(juror, known), null);
  assert.deepEqual(conflictOf(juror, unknown)?.what, UNKNOWN_DATA);
  assert.deepEqual(conflictOf(unknown, { id: 'p', family: 'p', trainedOn: ['x'] })?.shared, 'training data');
});
