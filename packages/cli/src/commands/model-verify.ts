/** `surety model verify`: whether a program file is the one of an id or of a publication; offline where both are files. */
import { resolve } from 'node:path';
import { type Publication, type PublicationVerification, verifyPublication } from '@surety/sdk/models';
import { fail } from '../local/fail.ts';
import { writeFile } from '../local/files.ts';
import { openModel } from '../local/model-files.ts';
import { readPublicationOf } from '../local/models.ts';
import { readTrustFile } from '../local/receipt-file.ts';
import { findSalt } from '../local/salts.ts';
import { UsageError } from '../refusal.ts';
import type { Context, Run, Values } from '../table.ts';
import type { Output } from '../terminal/output.ts';
import { safe } from '../terminal/safe.ts';
import { wrap } from '../terminal/table.ts';

const VERDICTS: { readonly [verdict in PublicationVerification['verdict']]: string } = {
  equal: 'This is the program that the publication commits to.',
  'not-shown': 'Nothing is wrong, but it is not shown that this is the program of the publication.',
  broken: 'Broken: something was changed, or this is another program.',
};

const MARKS = { shown: '✔', refuted: '✘', 'not-shown': '·' } as const;

const print = (out: Output, { verdict, checks }: PublicationVerification): void => {
  const { bold, dim, green, red, yellow } = out.style;
  const paint = { shown: green, refuted: red, 'not-shown': yellow } as const;
  const say = (text: string): void => out.line(dim(`    ${wrap(safe(text), out.width - 4, '    ')}`));
  out.line(bold(wrap(VERDICTS[verdict], out.width)));
  for (const { name, holds, summary, proves, assumes, doesNotProve } of checks) {
    out.line(
      `${paint[holds](MARKS[holds])} ${name.padEnd(10)} ${wrap(safe(summary), out.width - 13, '             ')}`,
    );
    for (const { property, of } of proves) say(`proves ${property} of ${of}`);
    for (const each of assumes) say(`assumes ${each}`);
    for (const each of doesNotProve) say(`does not prove ${each}`);
  }
};

/** The id alone, without any publication. */
const compare = (out: Output, program: string, id: string): number => {
  if (!/^[0-9a-f]{64}$/.test(id))
    throw new UsageError('--id is not 32 bytes of lower-case hex.', 'Write the id of a program.', '--id');
  if (program !== id) {
    return fail({
      code: 'publication.not-equal',
      message: `The file holds program ${program}.`,
      next: 'Check which file this is.',
      field: '--id',
      value: program,
      limit: id,
    });
  }
  if (out.json) out.data({ program, equal: true });
  else out.line(`${out.style.green('✔')} The file holds program ${program}: every byte of it is what the id names.`);
  return 0;
};

const ownSalt = ({ record }: Publication, { home }: Context): string | null =>
  record.commitment.kind === 'hidden' ? findSalt(home, record.commitment.hidden) : null;

export const run: Run = async ({ args: [file = ''], values, context }) => {
  const { out, cwd } = context;
  const { id, publication: named } = values as Values & { readonly id?: string; readonly publication?: string };
  if ((id === undefined) === (named === undefined))
    throw new UsageError(
      '"surety model verify" needs --id or --publication, and not both.',
      'Name a program id, or a publication.',
      '--id',
    );
  const program = await openModel(file, context);
  program.close();
  if (id !== undefined) return compare(out, program.id, id);
  const publication = await readPublicationOf(named!, context);
  if (typeof values.out === 'string') writeFile(resolve(cwd, values.out), `${JSON.stringify(publication, null, 2)}\n`);
  const { trust, file: trustFile } = readTrustFile(values, context);
  const salt = ownSalt(publication, context);
  const verification = verifyPublication(publication, { trust, program: program.id, ...(salt !== null && { salt }) });
  if (out.json) out.data({ program: program.id, ...verification });
  else {
    print(out, verification);
    if (trustFile === null)
      out.note(out.style.dim(`No trust file in ${context.home}: nothing is pinned. Name one with --trust.`));
  }
  return verification.exitCode;
};
