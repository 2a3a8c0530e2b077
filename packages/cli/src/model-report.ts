/** What an import cost and what stands in its way, in words. */
import type { Finding } from '@surety/sdk/base';
import type { ImportFailure, ModelImport, Problem } from '@surety/sdk/model-files';
import { explainProblem } from './explain.ts';
import type { Output } from './terminal/output.ts';
import { safe } from './terminal/safe.ts';
import { table, wrap } from './terminal/table.ts';

export type ModelReport = ModelImport & {
  /** The maker's signature of the model, kept as evidence. */
  readonly signature: { readonly bundle: string; readonly finding: Finding } | null;
};

const count = new Intl.NumberFormat('en-US');

/** `3 Conv, 2 MaxPool`, most frequent first. */
export const tally = (counts: Readonly<Record<string, number | undefined>>): string =>
  Object.entries(counts)
    .map(([name, n]) => [name, n ?? 0] as const)
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .map(([name, n]) => `${count.format(n)} ${name}`)
    .join(', ');

export const percent = (ppm: number): string => `${(ppm / 10_000).toFixed(2)} %`;

const brief = (value: number): string => (value === 0 ? '0' : value.toPrecision(3));

export const number = (value: number): string => count.format(value);

const rows = ({ model, conversion, bytes, id }: ModelReport): [string, string][] => {
  const { cost, accuracy, samples, clampedInputs, policy } = conversion;
  return [
    ['program', id],
    ['policy', policy],
    ['ONNX', `operator set ${model.opset}: ${tally(model.operators)}`],
    ['operators', tally(cost.operators)],
    [
      'parameters',
      `${number(model.parameters)} in the model, ${number(cost.parameters)} in the program, tables included`,
    ],
    ['bytes', `${number(model.bytes)} of ONNX, ${number(bytes)} of program`],
    ['work', `${number(cost.multiplyAccumulates)} multiply-accumulates a run`],
    ['samples', `${number(samples)}${clampedInputs === 0 ? '' : `, ${number(clampedInputs)} input numbers clamped`}`],
    ...(accuracy === null
      ? []
      : ([
          [
            'accuracy',
            `${percent(accuracy.realPpm)} before, ${percent(accuracy.integerPpm)} after quantisation (${number(accuracy.samples)} labels)`,
          ],
        ] as [string, string][])),
  ];
};

export const printReport = (out: Output, file: string, report: ModelReport): void => {
  const { green, bold, dim, yellow } = out.style;
  out.line(`${green('✔')} ${bold(safe(file))}`);
  for (const line of table(rows(report).map(([name, value]) => [`  ${name}`, safe(value)])))
    out.line(wrapped(out, line));
  const errors = report.conversion.outputs.map(({ name, largestError, meanError, amplitude, exact }) => [
    `  ${safe(name)}`,
    `off by up to ${brief(largestError)}, ${brief(meanError)} on average`,
    exact ? 'of integers' : `of numbers up to ${brief(amplitude)}`,
  ]);
  out.line(`\n${bold('Outputs')}, program beside model`);
  for (const line of table(errors)) out.line(line);
  if (report.signature !== null) {
    const { finding, bundle } = report.signature;
    const paint = finding.holds === 'shown' ? green : yellow;
    out.line(`\n${bold('Signature')} ${bundle}`);
    out.line(`  ${paint(finding.holds === 'shown' ? '✔' : '○')} ${wrap(safe(finding.summary), out.width - 4, '    ')}`);
  }
  out.line(dim(`\nReport: ${safe(file)}.json. Run it: surety model run ${report.id.slice(0, 12)} INPUT.json`));
};

/** Long rows go on under their second column. */
const wrapped = (out: Output, line: string): string => {
  const indent = ' '.repeat(/^ {2}\S+ +/.exec(line)?.[0].length ?? 2);
  return indent.length === line.length
    ? line
    : line.slice(0, indent.length) + wrap(line.slice(indent.length), out.width, indent).replace(/^ +/, '');
};

/** Problems with the same words are told once, with every place. */
const grouped = (problems: readonly Problem[]): Map<string, Problem[]> => {
  const groups = new Map<string, Problem[]>();
  for (const problem of problems) {
    const key = `${problem.code} ${problem.value ?? ''} ${problem.next}`;
    groups.set(key, [...(groups.get(key) ?? []), problem]);
  }
  return groups;
};

/** Everything that stands in the way of an import; returns its exit status. */
export const printProblems = (out: Output, { problem, problems, bind }: ImportFailure): number => {
  if (out.json) {
    const status = explainProblem({ ...out, data: () => {} }, problem);
    out.data({ error: problem, problems, bind });
    return status;
  }
  if (problems.length < 2) return explainProblem(out, problem);
  const { bold, dim } = out.style;
  out.line(bold(`${problems.length} things stand in the way of this import:`));
  for (const same of grouped(problems).values()) {
    for (const { message } of same) out.line(`  ${wrap(safe(message), out.width - 2, '    ')}`);
    const [{ next, code }] = same as [Problem];
    out.line(dim(`    ${wrap(safe(next), out.width - 4, '    ')} (${code})`));
  }
  if (bind.length > 0) {
    out.line(`\nSome of it goes away with --constant for: ${safe(bind.join(', '))}`);
  }
  return explainProblem(out, problem);
};
