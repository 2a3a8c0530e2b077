/** `surety model renew`: another commitment to the same weights, with a proof that they are the same, when proofs run out. */
import { basename, resolve } from 'node:path';
import {
  commitmentTo,
  forgetCommitment,
  giveBack,
  type KeptCommitment,
  keepCommitment,
  takeProof,
  usedOf,
} from '../local/commitments.ts';
import { fail } from '../local/fail.ts';
import { writeFile } from '../local/files.ts';
import { openModel } from '../local/model-files.ts';
import { architectureOf, commitAgain, type Proving } from '../local/private-program.ts';
import { threadsIn } from '../local/threads.ts';
import { number } from '../model-report.ts';
import { UsageError } from '../refusal.ts';
import type { Run } from '../table.ts';

type Model = Awaited<ReturnType<typeof openModel>>;

/** The next commitment, kept with its first proof taken; the renewal is written when nothing else can go wrong. */
const renewed = async (model: Model, before: KeptCommitment, target: string, proving: Proving) => {
  const { context, threads } = proving;
  const { home, signal } = context;
  const index = takeProof(home, before);
  let next: KeptCommitment | null = null;
  try {
    const { renew } = await import('@surety/sdk/proofs');
    const made = await renew(await commitAgain(model, before, index, proving), { signal, ...threads });
    if (!made.ok) return fail(made.problem);
    const { architecture, secret, file } = made.value;
    next = keepCommitment(home, model.id, architecture, secret);
    takeProof(home, next);
    writeFile(target, file);
    return { next, bytes: file.length };
  } catch (error) {
    // Nobody has seen it: the old commitment stays the newest.
    if (next !== null) forgetCommitment(home, next);
    giveBack(home, before, index);
    throw error;
  }
};

export const run: Run = async ({ args: [word = ''], values, context }) => {
  const { out, cwd, home } = context;
  const proving = { context, threads: await threadsIn(values) };
  const model = await openModel(word, context);
  try {
    const before = commitmentTo(home, model.id);
    if (before === null)
      throw new UsageError(
        'The program is not committed to.',
        'Commit to it with "surety model commit PROGRAM".',
        'PROGRAM',
      );
    const name = basename(model.file).replace(/\.program$/, '');
    const target = resolve(cwd, typeof values.out === 'string' ? values.out : `${name}.renewal`);
    out.progress('committing to the weights again');
    const { next, bytes } = await renewed(model, before, target, proving);
    const subject = await commitAgain(model, next, usedOf(home, next), proving);
    const { encodeArchitecture } = await import('@surety/sdk/proofs');
    const architecture = resolve(cwd, `${name}.architecture`);
    writeFile(architecture, encodeArchitecture(await architectureOf(subject, next, proving)));
    out.progress(null);
    const used = usedOf(home, next);
    if (out.json) {
      const { weights: from } = before;
      const { weights: to, proofs } = next;
      out.data({ from, to, proofs, used, file: target, bytes, architectureFile: architecture });
      return 0;
    }
    const { bold, dim, green, yellow } = out.style;
    out.line(`${green('✔')} Renewed: ${bold(target)} (${number(bytes)} bytes)`);
    out.line(dim(`  from  ${before.weights}`));
    out.line(dim(`  to    ${next.weights}`));
    out.line(`  The renewal is one of the ${number(next.proofs)} proofs of either; ${architecture} is the new one.`);
    out.line(
      dim(`  Hand both to whoever holds the old one: surety verify ${basename(target)} --architecture ARCHITECTURE`),
    );
    out.line(yellow(`  The new secret is in ${home}/commitments: back it up.`));
    return 0;
  } finally {
    model.close();
  }
};
