/** Einsum of one or two operands: sums, transposes, and one product of matrices. */
import { malformed } from '../problems.ts';
import type { Call, Lowering } from './call.ts';
import type { Val } from './ops.ts';

type Term = { readonly letters: readonly string[]; readonly x: Val };

const parse = (call: Call): { readonly inputs: string[][]; readonly output: string[] } => {
  const equation = call.text('equation', '').replaceAll(' ', '');
  if (!/^[A-Za-z.]*(,[A-Za-z.]*)*(->[A-Za-z.]*)?$/.test(equation) || call.count > 2) {
    throw call.refuse('the equation is not one of one or two operands.', 'Use MatMul, Mul and ReduceSum.', equation);
  }
  const [left = '', right] = equation.split('->');
  const terms = left.split(',');
  if (terms.length !== call.count)
    throw malformed(call.where, `${call.where}: equation and operands differ.`, equation);
  const hidden = terms.map((term, i) =>
    term.includes('...') ? call.shape(i).length - term.replace('...', '').length : 0,
  );
  const widest = Math.max(0, ...hidden);
  // The axes behind an ellipsis are digits, counted from the last.
  const spell = (term: string, count: number): string[] => {
    const [before = '', after = ''] = term.split('...');
    const dots = Array.from({ length: count }, (_, i) => String(count - 1 - i));
    return term.includes('...') ? [...before, ...dots, ...after] : [...term];
  };
  const inputs = terms.map((term, i) => spell(term, hidden[i]!));
  const all = inputs.flat();
  const once = [...new Set(all)].filter(
    (letter) => /[A-Za-z]/.test(letter) && all.filter((l) => l === letter).length === 1,
  );
  const implied = [...spell('...', widest), ...once.sort()];
  return { inputs, output: right === undefined ? implied : spell(right, widest) };
};

/** Repeated letters of one operand mean its diagonal. */
const diagonal = (call: Call, { letters, x }: Term): Term => {
  const second = letters.findIndex((letter, i) => letters.indexOf(letter) !== i);
  if (second < 0) return { letters, x };
  const { g } = call;
  const first = letters.indexOf(letters[second]!);
  const shape = g.shape(x);
  const size = shape[first]!;
  if (shape[second] !== size) throw malformed(call.where, `${call.where}: a diagonal of unequal axes.`, shape);
  const rest = letters.map((_, i) => i).filter((i) => i !== first && i !== second);
  const front = g.transpose(x, [first, second, ...rest]);
  const rows = g.reshape(front, [size * size, ...rest.map((i) => shape[i]!)]);
  const picked = g.sliceAxis(rows, 0, 0, size, size + 1);
  return diagonal(call, { letters: [letters[first]!, ...rest.map((i) => letters[i]!)], x: picked });
};

const arrange = (call: Call, { letters, x }: Term, order: readonly string[]): Val =>
  call.g.transpose(
    x,
    order.map((letter) => letters.indexOf(letter)),
  );

const summed = (call: Call, term: Term, gone: readonly string[]): Term => {
  if (gone.length === 0) return term;
  const axes = gone.map((letter) => term.letters.indexOf(letter));
  return { letters: term.letters.filter((letter) => !gone.includes(letter)), x: call.g.sum(term.x, axes, false) };
};

const einsum: Lowering = (call) => {
  const { g } = call;
  const { inputs, output } = parse(call);
  const terms = inputs.map((letters, i) => diagonal(call, { letters, x: call.x(i) }));
  const [a, b] = terms.map((term, i) => {
    const other = terms[1 - i]?.letters ?? [];
    return summed(
      call,
      term,
      term.letters.filter((letter) => !output.includes(letter) && !other.includes(letter)),
    );
  });
  if (a === undefined) throw malformed(call.where, `${call.where} has no operand.`);
  if (b === undefined) return arrange(call, a, output);
  const sizeOf = (letter: string): number => {
    const term = a.letters.includes(letter) ? a : b;
    return g.shape(term.x)[term.letters.indexOf(letter)]!;
  };
  const batch = a.letters.filter((letter) => b.letters.includes(letter) && output.includes(letter));
  const inner = a.letters.filter((letter) => b.letters.includes(letter) && !output.includes(letter));
  const rows = a.letters.filter((letter) => !b.letters.includes(letter));
  const columns = b.letters.filter((letter) => !a.letters.includes(letter));
  for (const letter of [...batch, ...inner]) {
    if (g.shape(b.x)[b.letters.indexOf(letter)] !== sizeOf(letter)) {
      throw malformed(call.where, `${call.where}: ${letter} has two sizes.`, letter);
    }
  }
  const size = (letters: readonly string[]) => letters.reduce((n, letter) => n * sizeOf(letter), 1);
  const leading = batch.length === 0 ? [] : [size(batch)];
  const left = g.reshape(arrange(call, a, [...batch, ...rows, ...inner]), [...leading, size(rows), size(inner)]);
  const right = g.reshape(arrange(call, b, [...batch, ...columns, ...inner]), [...leading, size(columns), size(inner)]);
  const letters = [...batch, ...rows, ...columns];
  const x = g.reshape(g.rows(left, right, null), letters.map(sizeOf));
  return arrange(call, { letters, x }, output);
};

export const EINSUM: Readonly<Record<string, Lowering>> = { Einsum: einsum };
