/** `surety model reveal`: show a hidden program; in time, its bond comes back. */
import { openAccount } from '@surety/sdk';
import { formatDollars } from '@surety/sdk/base';
import { hiddenIdOf, revealModel, storeFile } from '@surety/sdk/models';
import { connect } from '../local/connect.ts';
import { fail } from '../local/fail.ts';
import { ensureKey } from '../local/keys.ts';
import { openModel } from '../local/model-files.ts';
import { readPublicationOf } from '../local/models.ts';
import { findSalt, lost, saltFile } from '../local/salts.ts';
import { UsageError } from '../refusal.ts';
import type { Run } from '../table.ts';

/** A salt that was named, or the one in this folder. */
const saltOf = (named: string | boolean | undefined, home: string, hidden: string): string => {
  if (typeof named === 'string') {
    if (/^[0-9a-f]{64}$/.test(named)) return named;
    throw new UsageError('--salt is not 32 bytes of lower-case hex.', 'Write 64 hex digits.', '--salt');
  }
  const found = findSalt(home, hidden);
  if (found !== null) return found;
  throw lost(hidden, `The salt of this publication is not in ${saltFile(home, hidden)}.`);
};

export const run: Run = async ({ args: [named = '', file = ''], values, context }) => {
  const { out, home, signal } = context;
  const { publicationId, record } = await readPublicationOf(named, context);
  const { commitment } = record;
  if (commitment.kind === 'open') {
    return fail({
      code: 'publication.revealed',
      message: 'The program was published in the open.',
      next: 'Nothing needs to be done.',
      field: 'ID',
      value: publicationId,
    });
  }
  const salt = saltOf(values.salt, home, commitment.hidden);
  const program = await openModel(file, context);
  const hidden = hiddenIdOf(salt, program.id);
  if (hidden !== commitment.hidden) {
    program.close();
    return fail({
      code: 'publication.not-equal',
      message: `${file} is not the program that was committed to, or the salt is another.`,
      next: 'Check file and salt: both must be those of the publication.',
      field: 'FILE',
      value: hidden,
      limit: commitment.hidden,
    });
  }
  const { client } = await connect(context);
  const wallet = ensureKey(home, 'cli');
  const account = await openAccount({ client, wallet, scope: 'publish', limitMicroUsd: 0n });
  const onProgress = (received: number): void =>
    out.progress(`program ${Math.floor((received * 100) / program.bytes)} % of ${program.bytes} bytes`);
  await storeFile(client, account, { kind: 'programs', id: program.id, file: program.source, onProgress, signal });
  out.progress(null);
  program.close();
  const revealed = await revealModel(account, { publicationId, program: program.id, salt });
  if (out.json) out.data(revealed);
  else {
    const { bold, green, yellow } = out.style;
    const bond = formatDollars(BigInt(revealed.returnedMicroUsd));
    out.line(`${green('✔')} ${bold(record.name)} version ${record.version} is revealed: ${program.id}`);
    out.line(
      revealed.late
        ? yellow('  Late, and shown as late: its bond was burnt.')
        : `  In time: ${bond} of bond came back to ${wallet.address}.`,
    );
  }
  return 0;
};
