/** `surety demo tamper`: one thing in a copy of a receipt is changed, and verification names it. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { unwrap } from '@surety/sdk/base';
import { type Link, tamper, type Verification, verify } from '@surety/sdk/verify';
import { fail } from '../local/fail.ts';
import { readReceiptFile, readTrustFile } from '../local/receipt-file.ts';
import { UsageError } from '../refusal.ts';
import { linkState, printVerification } from '../report.ts';
import type { Context, Run, Values } from '../table.ts';
import { safe } from '../terminal/safe.ts';

/** Files that match in a folder that may not be there. */
const filesIn = (folder: string, form: RegExp): readonly string[] => {
  try {
    return readdirSync(folder).flatMap((name) => (form.test(name) ? [join(folder, name)] : []));
  } catch {
    return [];
  }
};

/** The newest receipt that was asked for in this folder, or that `npm start` kept: there, every JSON file is one. */
const newest = ({ cwd, home }: Context): string => {
  const files = [...filesIn(cwd, /^receipt.*\.json$|\.receipt\.json$/), ...filesIn(join(home, 'receipts'), /\.json$/)];
  const [latest] = files.map((file) => [statSync(file).mtimeMs, file] as const).sort(([a], [b]) => b - a);
  if (latest !== undefined) return latest[1];
  const next = 'Ask something first (surety ask "Is google.com a scam?"), or name a receipt.';
  return fail({ code: 'cli.file-unreadable', message: 'There is no receipt in this folder yet.', next });
};

/** What an analyst said, where one said anything; else the answer itself. */
const defaultPath = ({ statement }: Verification): string => {
  const index =
    statement?.predicate.evidence.findIndex((each) => each.kind === 'analyst-report' && each.probabilityPpm !== null) ??
    -1;
  return index < 0 ? 'predicate.outcome' : `predicate.evidence.${index}.probabilityPpm`;
};

const choiceOf = (values: Values, before: Verification) => {
  if (typeof values.seed !== 'string')
    return { path: typeof values.path === 'string' ? values.path : defaultPath(before) };
  if (/^\d{1,9}$/.test(values.seed)) return { seed: Number(values.seed) };
  throw new UsageError(`--seed "${values.seed}" is not a number.`, 'Write for example --seed 7.', '--seed');
};

export const run: Run = async ({ args: [named], values, context }) => {
  const { out } = context;
  const file = named ?? newest(context);
  const bytes = readReceiptFile(file, context.cwd);
  const options = { trust: readTrustFile(values, context).trust, now: Math.floor(Date.now() / 1_000) };
  const before = await verify(bytes, options);
  if (before.verdict === 'malformed') return fail(before.problems[0]!);
  const changed = unwrap(tamper(bytes, choiceOf(values, before)));
  const after = await verify(changed.bytes, options);
  const broken = Object.entries(after.links).flatMap(([link, findings]) =>
    linkState(findings) === 'refuted' && linkState(before.links[link as Link]) !== 'refuted' ? [link] : [],
  );
  const noticed = after.verdict === 'refuted' || after.verdict === 'malformed';
  if (out.json) {
    out.data({
      file,
      change: changed.what,
      before: before.verdict,
      after: after.verdict,
      changed: after.changed,
      brokenLinks: broken,
    });
    return noticed ? 0 : 1;
  }
  const { bold, red } = out.style;
  out.line(
    `${bold(safe(file))} is ${before.verdict}. In a copy of it, in memory only,\n\n  ${red(safe(changed.what))}\n`,
  );
  printVerification(out, after, { all: false });
  const where = after.changed.map(safe).join(', ') || 'the file';
  const links = broken.length > 0 ? `, which breaks the ${broken.join(' and ')} link` : '';
  out.line(
    noticed
      ? `\n${bold('Noticed')}: ${where}${links}. The file itself is untouched.`
      : red('\nNot noticed: please report this.'),
  );
  return noticed ? 0 : 1;
};
