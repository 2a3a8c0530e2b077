/** `npm run bench -- <topic> [--json]`: runs one benchmark and prints its figures as a table, and as JSON in the last line. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Figure } from '../bench/figure.ts';
import { ROOT } from './repo/workspace.ts';

const [topic, ...flags] = process.argv.slice(2);
const file = join(ROOT, 'bench', `${topic}.ts`);

const topics = readdirSync(join(ROOT, 'bench'))
  .filter((name) => /^[a-z-]+\.ts$/.test(name) && name !== 'figure.ts')
  .map((name) => name.slice(0, -3));

if (topic === undefined || !/^[a-z-]+$/.test(topic) || topic === 'figure' || !existsSync(file)) {
  process.stderr.write(
    `bench: ${topic === undefined ? 'name a topic' : `no topic '${topic}'`}. Topics: ${topics.join(', ')}.\n`,
  );
  process.exit(2);
}

const { run } = (await import(file)) as { run: () => Promise<readonly Figure[]> };
const figures = await run();

const digits = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 5 });
const text = (figure: Figure): readonly string[] => [
  figure.name,
  figure.value === null ? 'n/a' : `${digits.format(figure.value)} ${figure.unit}`,
  figure.goal,
  figure.holds === null ? (figure.value === null ? 'n/a' : '') : figure.holds ? 'holds' : 'FALLS SHORT',
  figure.peer,
];
const rows = [['figure', 'value', 'goal', '', 'beside'], ...figures.map(text)];
const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
process.stdout.write(`\n${topic}\n`);
for (const row of rows) {
  process.stdout.write(
    `  ${row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd()}\n`,
  );
}
if (flags.includes('--json')) process.stdout.write(`${JSON.stringify({ topic, figures })}\n`);
process.exit(0);
