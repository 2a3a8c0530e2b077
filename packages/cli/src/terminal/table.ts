/** Plain columns, aligned by what is seen. */
import { bare } from './style.ts';

const pad = (text: string, width: number, right: boolean): string => {
  const space = ' '.repeat(Math.max(0, width - [...bare(text)].length));
  return right ? space + text : text + space;
};

/** Text cut to a width with an ellipsis. */
export const cut = (text: string, width: number): string => {
  const characters = [...text];
  return characters.length <= width ? text : `${characters.slice(0, Math.max(1, width - 1)).join('')}…`;
};

/** Words wrapped to a width, every line but the first indented. */
export const wrap = (text: string, width: number, indent = ''): string => {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && bare(line).length + 1 + bare(word).length > width - indent.length) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  lines.push(line);
  return lines.join(`\n${indent}`);
};

/** Rows as lines; columns named in `right` are right-aligned. */
export const table = (
  rows: readonly (readonly string[])[],
  { right = [], gap = '  ' }: { readonly right?: readonly number[]; readonly gap?: string } = {},
): readonly string[] => {
  const widths = (rows[0] ?? []).map((_cell, i) => Math.max(...rows.map((row) => [...bare(row[i] ?? '')].length)));
  return rows.map((row) =>
    row
      .map((cell, i) => pad(cell, widths[i] ?? 0, right.includes(i)))
      .join(gap)
      .trimEnd(),
  );
};
