/** Analyst's report: this program said this of that input. Program link, by running it again. */
import type { Claim } from '../claim.ts';
import type { AnalystReport } from '../evidence.ts';
import { adapterIdIn } from '../evidence-shape.ts';
import type { Finding } from '../finding.ts';
import { notRun, otherTensors, runAgain } from './about-claim.ts';
import type { EvidenceContext } from './context.ts';
import { findingOf, percent } from './finding-of.ts';

const said = (probabilityPpm: number | null, outcome: string): string =>
  probabilityPpm === null ? 'abstains' : `says ${percent(probabilityPpm)} for “${outcome}”`;

export const verifyAnalystReport = (claim: Claim, evidence: AnalystReport, context: EvidenceContext): Finding => {
  const { analyst, program, probabilityPpm, execution } = evidence;
  const first = claim.outcomes[0]!;
  const run = runAgain(claim, evidence, context);
  if (run.kind !== 'reading') {
    return findingOf('program', evidence, {
      holds: 'not-shown',
      summary: `${analyst} ${said(probabilityPpm, first)}; the program ${program} ${notRun(run)}.`,
      assumes: [`${analyst} ran ${program} and reported what it said`],
      doesNotProve: ['that this program was run', 'that its answer is right'],
    });
  }
  const other = otherTensors(execution, run);
  if (other !== null) {
    return findingOf('program', evidence, {
      holds: 'refuted',
      summary: `${analyst} names other ${other} than ${program} has on this subject, run again here through its own adapter.`,
      doesNotProve: ['who changed the report or ran another program'],
    });
  }
  if (run.probabilityPpm !== probabilityPpm) {
    return findingOf('program', evidence, {
      holds: 'refuted',
      summary: `${analyst} is reported to have said otherwise than ${program}, which on the listed input ${said(run.probabilityPpm, first)}; the report ${said(probabilityPpm, first)}.`,
      doesNotProve: ['who changed the report or ran another program'],
    });
  }
  return findingOf('program', evidence, {
    holds: 'shown',
    summary: `Run again here, ${program} ${said(probabilityPpm, first)}, as ${analyst} reported.`,
    proves: [
      {
        property: 'reproducibility',
        of:
          execution === undefined
            ? `the reading of ${program} on the subject of this claim`
            : `the run of ${program}: on the inputs ${execution.inputs}, which the adapter ${adapterIdIn(execution)} makes of this subject, it gives the outputs ${execution.outputs}`,
      },
    ],
    assumes: ['SHA-256 names one program only'],
    doesNotProve: [
      'that the answer is right: a program can be wrong each time it runs',
      'that it looked at anything but its input',
      ...(execution === undefined ? [] : ['how the model was trained, or on what: its adapter only states that']),
    ],
  });
};
