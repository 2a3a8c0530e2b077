/** NumPy arrays as a table: one array of samples, the others a number a sample. */
import { ok, type Result, refuse } from '@surety/core';
import type { NumericArray } from '@surety/programs';
import { MOST_NUMBERS, type NumberTable, tableProblem } from './csv.ts';

/**
 * `[samples, …]` becomes a column for each number of a sample, `NAME[0]`, `NAME[1]`, …; `[samples]` a column by its own name.
 * Problems: `input.malformed` where there is not one array of samples, or lengths differ.
 */
export const tableOfArrays = (arrays: ReadonlyMap<string, NumericArray>): Result<NumberTable> => {
  const wide = [...arrays].filter(([, { shape }]) => shape.length > 1);
  const [only] = wide;
  if (only === undefined || wide.length > 1) {
    const message = `The file has ${wide.length} arrays of samples.`;
    const next = 'Save one array [samples, numbers], and others [samples].';
    return refuse(tableProblem('arrays', message, next, [...arrays.keys()], '1 array'));
  }
  const [name, { shape, values }] = only;
  const rows = shape[0]!;
  const width = rows === 0 ? 0 : values.length / rows;
  const other = [...arrays].find(([, array]) => array.shape[0] !== rows);
  if (rows < 1 || width < 1 || values.length > MOST_NUMBERS || other !== undefined) {
    const message = `${name} has the shape [${shape.join(', ')}]${other === undefined ? '' : `, ${other[0]} [${other[1].shape.join(', ')}]`}.`;
    const next = 'Save as many of each, one at least.';
    return refuse(tableProblem(name, message, next, shape, `1 sample, ${MOST_NUMBERS} numbers`));
  }
  const columns = Array.from({ length: width }, (_, i): readonly [string, Float64Array] => [
    `${name}[${i}]`,
    Float64Array.from({ length: rows }, (_row, row) => values[row * width + i]!),
  ]);
  const singles = [...arrays].filter(([each]) => each !== name).map(([each, array]) => [each, array.values] as const);
  return ok({ columns: new Map([...columns, ...singles]), rows });
};
