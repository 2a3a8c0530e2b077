/** `surety model commit`: the identity of a program whose weights stay hidden, made once and kept. */
import { basename, resolve } from 'node:path';
import { commitmentTo, usedOf } from '../local/commitments.ts';
import { writeFile } from '../local/files.ts';
import { openModel, remember } from '../local/model-files.ts';
import { architectureOf, commitAgain, commitAnew } from '../local/private-program.ts';
import { threadsIn } from '../local/threads.ts';
import { number } from '../model-report.ts';
import { size } from '../proof-words.ts';
import { UsageError } from '../refusal.ts';
import type { Run } from '../table.ts';

const MOST_PROOFS = 256;

const proofsIn = (given: string | boolean | undefined): number | undefined => {
  if (given === undefined) return undefined;
  const proofs = typeof given === 'string' && /^[1-9]\d{0,2}$/.test(given) ? Number(given) : 0;
  if (proofs >= 1 && proofs <= MOST_PROOFS) return proofs;
  throw new UsageError(`--proofs cannot be ${given}.`, `Give a number from 1 to ${MOST_PROOFS}.`, '--proofs');
};

export const run: Run = async ({ args: [word = ''], values, context }) => {
  const { out, cwd, home } = context;
  const proofs = proofsIn(values.proofs);
  const proving = { context, threads: await threadsIn(values) };
  const model = await openModel(word, context);
  try {
    const before = values.new === true ? null : commitmentTo(home, model.id);
    if (before !== null && proofs !== undefined && proofs !== before.proofs)
      throw new UsageError(
        `The program is committed to already, for ${before.proofs} proofs.`,
        'Add --new for another commitment: it is another identity.',
        '--proofs',
      );
    out.progress('committing to the weights');
    const { subject, kept } =
      before === null
        ? await commitAnew(model, proofs, proving)
        : { subject: await commitAgain(model, before, 0, proving), kept: before };
    const shown = await architectureOf(subject, kept, proving);
    out.progress(null);
    remember(home, model.id, model.file);
    const { encodeArchitecture } = await import('@surety/sdk/proofs');
    const name = `${basename(model.file).replace(/\.program$/, '')}.architecture`;
    const target = resolve(cwd, typeof values.out === 'string' ? values.out : name);
    writeFile(target, encodeArchitecture(shown));
    const architecture = Buffer.from(subject.architecture.id).toString('hex');
    const used = usedOf(home, kept);
    const rangeBytes = shown.range!.length;
    if (out.json) {
      const { weights, proofs: allowed } = kept;
      out.data({ architecture, weights, proofs: allowed, used, file: target, rangeBytes, new: before === null });
      return 0;
    }
    const { bold, dim, green, yellow } = out.style;
    out.line(`${green('✔')} ${before === null ? 'Committed' : 'Committed already'}: ${bold(target)}`);
    out.line(dim(`  architecture  ${architecture}`));
    out.line(dim(`  weights       ${kept.weights}`));
    out.line(`  Both together name the private program; ${number(used)} of ${number(kept.proofs)} proofs are used.`);
    out.line(
      dim(`  Hand the file to whoever verifies: it has no values of weights, and a proof (${size(rangeBytes)}) that`),
    );
    out.line(dim('  every one of them is an integer of its type.'));
    out.line(
      yellow(`  The secret is in ${home}/commitments: back it up, and make proofs in one place only. Whoever has it`),
    );
    out.line(yellow('  and the proofs can learn the weights.'));
    return 0;
  } finally {
    model.close();
  }
};
