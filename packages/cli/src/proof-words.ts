/** Proofs of runs for people: what came out, what is shown, what is hidden and what is not proved. */
import type { Finding } from '@surety/sdk/base';
import type { ProvedOutput } from '@surety/sdk/proofs';
import { number } from './model-report.ts';
import type { Output } from './terminal/output.ts';
import { safe } from './terminal/safe.ts';
import { wrap } from './terminal/table.ts';

const SHOWN = 8;

export const printProvedOutputs = (out: Output, outputs: readonly ProvedOutput[]): void => {
  for (const { name, dtype, shape, reals } of outputs) {
    const few = reals.slice(0, SHOWN).map((value) => Number(value.toPrecision(6)));
    const rest = reals.length > SHOWN ? `, … (${number(reals.length)} in all)` : '';
    out.line(
      `${out.style.bold(safe(name))} ${out.style.dim(`${dtype} [${shape.join(', ')}]`)}  ${few.join(', ')}${rest}`,
    );
  }
};

const LABEL = 18;

type Part = { readonly part: string; readonly hidden: boolean; readonly words: string };

export const printSecrecy = (out: Output, secrecy: readonly Part[]): void => {
  for (const { part, hidden, words } of secrecy) {
    const state = hidden ? out.style.green('hidden') : 'shown ';
    out.line(`  ${part.padEnd(LABEL - 2)}${state}  ${out.style.dim(wrap(words, out.width, ' '.repeat(LABEL + 8)))}`);
  }
};

const printList = (out: Output, title: string, lines: readonly string[]): void => {
  for (const [i, line] of lines.entries()) {
    const label = (i === 0 ? title : '').padEnd(LABEL - 2);
    out.line(`  ${out.style.dim(label)}${wrap(safe(line), out.width, ' '.repeat(LABEL))}`);
  }
};

export const printFinding = (out: Output, { holds, summary, proves, assumes, doesNotProve }: Finding): void => {
  const { bold, green, red, yellow } = out.style;
  const marks = { shown: green('✔'), refuted: red('✘'), 'not-shown': yellow('·') };
  out.line(`${marks[holds]} ${bold(wrap(safe(summary), out.width, '  '))}`);
  printList(
    out,
    'proves',
    proves.map(({ property, of }) => `${property} of ${of}`),
  );
  printList(out, 'assumes', assumes);
  printList(out, 'does not prove', doesNotProve);
};

const MEGABYTE = 1e6;

/** `6.2 MB`, `64 kB`. */
export const size = (bytes: number): string =>
  bytes < MEGABYTE ? `${Math.ceil(bytes / 1_000)} kB` : `${(Math.ceil(bytes / 1e5) / 10).toFixed(1)} MB`;
