/** `surety model inspect`: what a program file holds, read and checked as every runner checks it. */
import { openModel } from '../local/model-files.ts';
import { number, tally } from '../model-report.ts';
import type { Run } from '../table.ts';
import { safe } from '../terminal/safe.ts';
import { table } from '../terminal/table.ts';

export const run: Run = async ({ args: [word = ''], context }) => {
  const { out } = context;
  const { inspectProgram, unitOf } = await import('@surety/sdk/model-files');
  const model = await openModel(word, context);
  const { program, id, bytes, file } = model;
  const cost = inspectProgram(model);
  model.close();
  const inputs = program.inputs.map(({ name, dtype, shape, low, high, encoding }) => {
    return { name, dtype, shape, low, high, unit: unitOf(encoding), encoding };
  });
  const outputs = program.outputs.map(({ name, value, encoding }) => {
    return { name, ...program.types[value]!, range: program.ranges[value]!, unit: unitOf(encoding), encoding };
  });
  const states = program.states.map(({ input, output }) => {
    return { input: program.inputs[input]!.name, output: program.outputs[output]!.name };
  });
  if (out.json) {
    out.data({ id, file, bytes, inputs, outputs, states, cost });
    return 0;
  }
  const { bold, dim } = out.style;
  out.line(`${bold(safe(file))}\n${dim(id)}\n`);
  const type = (dtype: string, shape: readonly number[]): string => `${dtype} [${shape.join(', ')}]`;
  const unit = (value: number): string => (value === 1 ? 'exact integers' : `one unit is ${value.toPrecision(6)}`);
  out.line(bold('Inputs'));
  const inputRows = inputs.map((x) => [
    `  ${safe(x.name)}`,
    type(x.dtype, x.shape),
    `${x.low} .. ${x.high}`,
    unit(x.unit),
  ]);
  for (const line of table(inputRows)) out.line(line);
  out.line(bold('Outputs'));
  const outputRows = outputs.map((x) => {
    return [`  ${safe(x.name)}`, type(x.dtype, x.shape), `${x.range.low} .. ${x.range.high}`, unit(x.unit)];
  });
  for (const line of table(outputRows)) out.line(line);
  if (states.length > 0) out.line(bold('States'));
  for (const { input, output } of states) out.line(`  ${safe(output)} becomes ${safe(input)} of the next step`);
  out.line(bold('Cost'));
  const costs = [
    ['  operators', tally(cost.operators)],
    [
      '  parameters',
      `${number(cost.parameters)}, tables included, in ${number(cost.constantBytes)} of ${number(bytes)} bytes`,
    ],
    ['  work', `${number(cost.multiplyAccumulates)} multiply-accumulates a run`],
    ['  written', `${number(cost.elementsWritten)} numbers a run`],
  ];
  for (const line of table(costs)) out.line(line);
  return 0;
};
