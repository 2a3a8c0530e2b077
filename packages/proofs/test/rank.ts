/** Linear algebra over M31, for tests that count dimensions. */
import { inverse1, mul1, P } from '../src/zk/field/ext.ts';

/** Rank of a matrix given by rows, which are changed. */
export const rankOf = (rows: number[][]): number => {
  let rank = 0;
  for (let column = 0; column < (rows[0]?.length ?? 0); column++) {
    const pivot = rows.findIndex((row, i) => i >= rank && row[column] !== 0);
    if (pivot < 0) continue;
    [rows[rank], rows[pivot]] = [rows[pivot]!, rows[rank]!];
    const divide = inverse1(rows[rank]![column]!);
    for (let i = rank + 1; i < rows.length; i++) {
      const row = rows[i]!;
      if (row[column] === 0) continue;
      const factor = P - mul1(row[column]!, divide);
      for (let j = column; j < row.length; j++) row[j] = (row[j]! + mul1(factor, rows[rank]![j]!)) % P;
    }
    rank++;
  }
  return rank;
};
