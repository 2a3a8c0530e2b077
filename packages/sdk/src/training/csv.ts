/** Tables of numbers in CSV (RFC 4180, without line breaks in cells): one row a sample, the first line names the columns. */
import { ok, type Problem, type Result, refuse, show } from '@surety/core';

/** Columns by name, in the order of the file, all of one length. */
export type NumberTable = { readonly columns: ReadonlyMap<string, Float64Array>; readonly rows: number };

/** Most numbers of a table. */
export const MOST_NUMBERS = 2 ** 24;

export const tableProblem = (
  field: string,
  message: string,
  next: string,
  value: unknown,
  limit?: string,
): Problem => ({
  code: 'input.malformed',
  message,
  next,
  field,
  value: show(value),
  ...(limit === undefined ? {} : { limit }),
});

const CELL = /(?:"((?:[^"]|"")*)"|([^",]*))(?:,|$)/y;

/** The cells of a line; null where quotes do not end. */
const cellsOf = (line: string): readonly string[] | null => {
  const cells: string[] = [];
  for (let at = 0; ; at = CELL.lastIndex) {
    CELL.lastIndex = at;
    const match = CELL.exec(line);
    if (match === null) return null;
    cells.push((match[1]?.replaceAll('""', '"') ?? match[2]!).trim());
    // The last cell ends with the line, not with a comma.
    if (!match[0].endsWith(',')) return cells;
  }
};

const namesIn = (line: string): Result<readonly string[]> => {
  const names = cellsOf(line) ?? [];
  const odd = names.findIndex((name, i) => name === '' || names.indexOf(name) < i);
  if (names.length > 0 && odd < 0) return ok(names);
  const next = 'Begin the file with one line that names each column, each name once.';
  return refuse(tableProblem('line 1', 'The first line does not name the columns.', next, names[odd] ?? line));
};

/**
 * Reads a table.
 * Problems: `input.malformed`, which names line and column.
 */
export const readCsv = (text: string): Result<NumberTable> => {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  while (lines.at(-1) === '') lines.pop();
  const names = namesIn(lines[0] ?? '');
  if (!names.ok) return names;
  const rows = lines.length - 1;
  const count = rows * names.value.length;
  if (rows < 1 || count > MOST_NUMBERS) {
    const message = `The table has ${rows} rows.`;
    return refuse(tableProblem('rows', message, 'Give one row a sample.', rows, `1 row, ${MOST_NUMBERS} numbers`));
  }
  const columns = names.value.map(() => new Float64Array(rows));
  for (let row = 0; row < rows; row++) {
    const cells = cellsOf(lines[row + 1]!);
    if (cells?.length !== columns.length) {
      const message = `Line ${row + 2} has ${cells?.length ?? 'no'} cells where the first has ${columns.length}.`;
      return refuse(
        tableProblem(`line ${row + 2}`, message, 'Give every line a cell for each column.', lines[row + 1]),
      );
    }
    for (const [i, cell] of cells.entries()) {
      const number = cell === '' ? Number.NaN : Number(cell);
      if (!Number.isFinite(number)) {
        const field = `line ${row + 2}, ${names.value[i]}`;
        const next = 'Write every cell as a number, words as numbers of their own.';
        return refuse(tableProblem(field, `${field}: "${cell}" is no number.`, next, cell));
      }
      columns[i]![row] = number;
    }
  }
  return ok({ columns: new Map(names.value.map((name, i) => [name, columns[i]!])), rows });
};
