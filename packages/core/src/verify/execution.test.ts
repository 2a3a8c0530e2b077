/** Reports of tensor programs: what running them again shows, refutes, and leaves open. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CLAIM, EVIDENCE, ISSUED_AT, NETWORK } from '../../test/sample.ts';
import type { AnalystReport, Execution } from '../evidence.ts';
import { adapterIdIn, EVIDENCE_LIMITS, parseEvidence } from '../evidence-shape.ts';
import { admitEvidence } from './admit.ts';
import type { EvidenceContext, ProgramRun } from './context.ts';
import { verifyEvidence } from './evidence.ts';
import { inputFindings } from './inputs.ts';
import { overClaims } from './over-claim.ts';

const EXECUTION: Execution = {
  adapter: { type: 'surety/adapter/v1', name: 'net' },
  inputs: 'bb'.repeat(32),
  outputs: 'cc'.repeat(32),
};
const PROGRAM = `program:${'dd'.repeat(32)}`;
const { at, input } = EVIDENCE[2] as AnalystReport;
const REPORT: AnalystReport = {
  kind: 'analyst-report',
  analyst: 'net',
  program: PROGRAM,
  execution: EXECUTION,
  input,
  probabilityPpm: 900_000,
  saw: ['the characters'],
  didNotSee: ['the page'],
  reasons: ['a model'],
  at,
};

const context = (run: ProgramRun): EvidenceContext => ({
  network: NETWORK,
  issuedAt: ISSUED_AT,
  probabilitiesPpm: [812_000, 188_000],
  programs: {
    run: (program, _, adapter) => (program === PROGRAM && adapter === EXECUTION.adapter ? run : { kind: 'not-held' }),
  },
});
const HELD = context({ kind: 'reading', probabilityPpm: 900_000, execution: EXECUTION });

const judged = (report: AnalystReport, known: EvidenceContext = HELD) => {
  const program = verifyEvidence(CLAIM, report, known);
  const [read] = inputFindings(CLAIM, [report], known);
  for (const finding of [program, read!]) assert.deepEqual(overClaims(finding), []);
  return { holds: program.holds, input: read!.holds, summary: program.summary, program };
};

test('the program run again on the same tensors is shown, and says what that does not prove', () => {
  const { holds, input: read, program } = judged(REPORT);
  assert.deepEqual([holds, read], ['shown', 'shown']);
  for (const id of [PROGRAM, adapterIdIn(EXECUTION), EXECUTION.inputs, EXECUTION.outputs])
    assert.ok(program.proves.some(({ of }) => of.includes(id)));
  assert.ok(program.doesNotProve.some((words) => words.includes('trained')));
});

test('another probability, other inputs or outputs are refuted, and do not come through the door', () => {
  const other = 'ee'.repeat(32);
  const lies: readonly AnalystReport[] = [
    { ...REPORT, probabilityPpm: 900_001 },
    { ...REPORT, execution: { ...EXECUTION, outputs: other } },
    { ...REPORT, execution: { ...EXECUTION, inputs: other } },
  ];
  assert.deepEqual(
    lies.map((lie) => judged(lie)).map(({ holds, input: read }) => [holds, read]),
    [
      ['refuted', 'shown'],
      ['refuted', 'shown'],
      ['refuted', 'refuted'],
    ],
  );
  for (const lie of lies) {
    const admitted = admitEvidence(CLAIM, lie, HELD);
    assert.equal(admitted.ok ? 'ok' : admitted.problem.code, 'evidence.refuted');
  }
});

test('without the program nothing is shown or refuted, however false; so it does not come through the door', () => {
  for (const report of [REPORT, { ...REPORT, probabilityPpm: 1 }]) {
    const { holds, summary } = judged(report, context({ kind: 'not-held' }));
    assert.equal(holds, 'not-shown');
    assert.match(summary, /not held here/);
  }
  const refusal = (run: ProgramRun) => {
    const admitted = admitEvidence(CLAIM, REPORT, context(run));
    assert.ok(!admitted.ok);
    return `${admitted.problem.code} ${admitted.problem.next}`;
  };
  assert.match(
    refusal({ kind: 'not-held' }),
    /^evidence.unknown-program .*surety model publish FILE --name NAME.*--hidden/,
  );
  assert.match(
    refusal({ kind: 'not-repeatable', why: 'its adapter is for another program' }),
    /^evidence.unknown-program Attach the adapter/,
  );
});

const HIDDEN = {
  ...REPORT,
  program: `hidden:${'dd'.repeat(32)}`,
  execution: { ...EXECUTION, adapter: 'aa'.repeat(32) },
};

test('a private program is not shown equal to any, and comes in', () => {
  const { holds, summary } = judged(HIDDEN);
  assert.ok(admitEvidence(CLAIM, HIDDEN, HELD).ok);
  assert.equal(holds, 'not-shown');
  assert.match(summary, /not shown equal/);
});

test('an execution goes with a tensor program and with nothing else, and carries the adapter of a public one', () => {
  assert.ok(parseEvidence(REPORT).ok);
  assert.ok(parseEvidence(HIDDEN).ok);
  const { execution: _, ...without } = REPORT;
  for (const odd of [
    without,
    { ...REPORT, program: 'my/model@1.0' },
    { ...REPORT, program: 'program:dd' },
    { ...REPORT, execution: { ...EXECUTION, outputs: 'cc' } },
    { ...REPORT, execution: HIDDEN.execution },
    { ...REPORT, execution: { ...EXECUTION, adapter: ['net'] } },
    { ...REPORT, execution: { ...EXECUTION, adapter: { alphabet: 'a'.repeat(EVIDENCE_LIMITS.adapterBytes) } } },
    { ...HIDDEN, execution: EXECUTION },
  ])
    assert.equal(parseEvidence(odd).ok, false);
});
