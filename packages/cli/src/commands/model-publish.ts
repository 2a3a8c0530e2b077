/** `surety model publish`: commit to a program in public, shown now or by a date. */
import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { openAccount } from '@surety/sdk';
import { formatDollars, parseDollars, unwrap } from '@surety/sdk/base';
import { hiddenIdOf, MODEL_LIMITS, type ModelCommitment, publishModel, storeFile } from '@surety/sdk/models';
import { connect } from '../local/connect.ts';
import { fail } from '../local/fail.ts';
import { writeFile } from '../local/files.ts';
import { ensureKey } from '../local/keys.ts';
import { openModel } from '../local/model-files.ts';
import { checkName } from '../local/models.ts';
import { type Named, openBundle, openProbes } from '../local/probe-file.ts';
import { ensureBalance } from '../local/purse.ts';
import { parseRevealDate } from '../local/reveal-date.ts';
import { keepSalt } from '../local/salts.ts';
import { utcMinute } from '../model-words.ts';
import { UsageError } from '../refusal.ts';
import type { Run, Values } from '../table.ts';
import { confirm } from '../terminal/prompt.ts';

type Terms = { readonly revealBy: number | null; readonly bondMicroUsd: bigint };

/** Date and bond as they were asked for; both belong to a hidden publication only. */
const readTerms = (values: Values, now: number): Terms => {
  const { hidden, bond } = values;
  const date = values['reveal-by'];
  if (hidden !== true) {
    const stray = typeof date === 'string' ? '--reveal-by' : typeof bond === 'string' ? '--bond' : null;
    if (stray !== null) throw new UsageError(`${stray} needs --hidden.`, `Add --hidden, or leave ${stray} out.`, stray);
    return { revealBy: null, bondMicroUsd: 0n };
  }
  if (typeof date !== 'string')
    throw new UsageError('--hidden needs --reveal-by.', 'Write --reveal-by 2027-01-31, for example.', '--reveal-by');
  const revealBy = unwrap(parseRevealDate(date, now));
  const bondMicroUsd = typeof bond === 'string' ? unwrap(parseDollars(bond, '--bond')) : MODEL_LIMITS.bondMicroUsd;
  if (bondMicroUsd < MODEL_LIMITS.bondMicroUsd) {
    return fail({
      code: 'publication.bond',
      message: `The bond is ${formatDollars(bondMicroUsd)}.`,
      next: 'Post more: it comes back with a reveal in time.',
      field: '--bond',
      value: formatDollars(bondMicroUsd),
      limit: `${formatDollars(MODEL_LIMITS.bondMicroUsd)} or more`,
    });
  }
  return { revealBy, bondMicroUsd };
};

export const run: Run = async ({ args: [file = ''], values, context }) => {
  const { out, cwd, home, signal } = context;
  if (typeof values.name !== 'string')
    throw new UsageError('"surety model publish" needs --name.', 'Write --name digits, for example.', '--name');
  const name = checkName(values.name, '--name');
  const { revealBy, bondMicroUsd } = readTerms(values, Math.floor(Date.now() / 1_000));
  const program = await openModel(file, context);
  const probes = typeof values.probes === 'string' ? openProbes(values.probes, cwd) : null;
  const bundle = typeof values.signature === 'string' ? await openBundle(values.signature, cwd) : null;
  const connection = await connect(context);
  const { client } = connection;
  const wallet = ensureKey(home, 'cli');
  const words = `Publish ${name} hidden, with ${formatDollars(bondMicroUsd)} burnt unless it is revealed by ${utcMinute(revealBy ?? 0)}?`;
  const asks = revealBy !== null && values.yes !== true && !out.json;
  if (asks && !(await confirm(words, { fallback: true })))
    return fail({ code: 'cli.declined', message: 'Nothing was published.', next: 'Run it again when you are sure.' });
  if (bondMicroUsd > 0n) await ensureBalance(connection, wallet.address, bondMicroUsd, '--bond');
  const account = await openAccount({ client, wallet, scope: 'publish', limitMicroUsd: bondMicroUsd });

  const store = async (kind: 'programs' | 'probes' | 'bundles', { id, file: bytes }: Named): Promise<void> => {
    const onProgress = (received: number): void =>
      out.progress(`${kind} ${Math.floor((received * 100) / bytes.size)} % of ${bytes.size} bytes`);
    await storeFile(client, account, { kind, id, file: bytes, onProgress, signal });
    out.progress(null);
  };
  if (probes !== null) await store('probes', probes);
  if (bundle !== null) await store('bundles', bundle);
  if (revealBy === null) await store('programs', { id: program.id, file: program.source });
  program.close();

  const model = `${wallet.address}/${name}`;
  let commitment: ModelCommitment = { kind: 'open', program: program.id };
  let salt: string | null = null;
  if (revealBy !== null) {
    const secret = randomBytes(32).toString('hex');
    const hidden = hiddenIdOf(secret, program.id);
    commitment = { kind: 'hidden', hidden };
    // Before anything is published: a commitment whose salt is lost can never be opened.
    salt = keepSalt(home, { hidden, model, program: program.id, salt: secret, revealBy });
  }
  const { publicationId, version } = await publishModel(account, {
    name,
    commitment,
    revealBy,
    bondMicroUsd,
    ...(probes !== null && { probes: probes.id }),
    ...(bundle !== null && { bundle: bundle.id }),
  });
  const saved = typeof values.out === 'string' ? values.out : `publication-${name}-${version}.json`;
  const publication = await client.publication({ publicationId });
  writeFile(resolve(cwd, saved), `${JSON.stringify(publication, null, 2)}\n`);
  if (out.json) {
    out.data({ publicationId, model, version, program: program.id, commitment, revealBy, bondMicroUsd, salt, saved });
    return 0;
  }
  const { bold, dim, green, yellow } = out.style;
  out.line(
    `${green('✔')} ${bold(`${name} version ${version}`)} is published ${revealBy === null ? 'in the open' : 'hidden'}.`,
  );
  out.line(`  model        ${model}`);
  out.line(`  publication  ${publicationId}`);
  out.line(`  program      ${program.id}${revealBy === null ? '' : dim('  (known to you alone)')}`);
  if (revealBy !== null && salt !== null) {
    out.line(`  reveal by    ${utcMinute(revealBy)}  ${dim(`surety model reveal ${saved} ${file}`)}`);
    out.line(`  bond         ${formatDollars(bondMicroUsd)}: back with a reveal in time, burnt otherwise`);
    out.line(`  salt         ${salt}`);
    out.line(
      yellow('  Back that file up: without it nobody, you included, can reveal this version, and its bond is lost.'),
    );
  }
  out.line(`  saved        ${saved}  ${dim('surety model verify FILE --publication checks it offline')}`);
  return 0;
};
