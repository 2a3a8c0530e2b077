/** `surety demo tamper`: one digit of one receipt is changed in memory, and verification names it. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { verifyReceipt } from '@surety/sdk/page-verify';
import { fail } from '../local/fail.ts';
import { readReceiptFile, readTrustFile } from '../local/receipt-file.ts';
import { linkState, printVerification } from '../report.ts';
import type { Context, Run } from '../table.ts';

/** The newest receipt that was asked for in this folder. */
const newest = ({ cwd, home }: Context): string => {
  const files = [cwd, join(home, 'receipts')].flatMap((folder) => {
    try {
      return readdirSync(folder)
        .filter((name) => /^receipt.*\.json$|^.*\.receipt\.json$/.test(name))
        .map((name) => join(folder, name));
    } catch {
      return [];
    }
  });
  const [latest] = files.map((file) => [statSync(file).mtimeMs, file] as const).sort(([a], [b]) => b - a);
  if (latest !== undefined) return latest[1];
  const next = 'Ask something first (surety ask "Is google.com a scam?"), or name a receipt.';
  return fail({ code: 'cli.file-unreadable', message: 'There is no receipt in this folder yet.', next });
};

/** Where the change hurts most: what an analyst said; else a digit of the prices; else any letter. */
const TARGETS = [
  /"kind":"analyst-report"[^{}]*?"probabilityPpm":(\d)/,
  /"probabilityPpm":(\d)/,
  /"probabilitiesPpm":\[(\d)/,
  /[a-z](\d)/,
];

type Tampered = { readonly text: string; readonly before: string; readonly after: string };

/** The receipt with one digit of its signed statement changed. */
export const tamper = (receipt: string): Tampered | null => {
  const payload = /"payload":"([A-Za-z0-9+/=]+)"/.exec(receipt)?.[1];
  if (payload === undefined) return null;
  const statement = Buffer.from(payload, 'base64').toString('latin1');
  for (const target of TARGETS) {
    const match = target.exec(statement);
    if (match === null) continue;
    const at = match.index + match[0].length - 1;
    const digit = match[1] === '9' ? '8' : String(Number(match[1]) + 1);
    const changed = `${statement.slice(0, at)}${digit}${statement.slice(at + 1)}`;
    const around = (text: string): string => text.slice(Math.max(0, at - 18), at + 8);
    return {
      text: receipt.replace(payload, Buffer.from(changed, 'latin1').toString('base64')),
      before: around(statement),
      after: around(changed),
    };
  }
  return null;
};

export const run: Run = async ({ args: [named], values, context }) => {
  const { out } = context;
  const file = named ?? newest(context);
  const bytes = readReceiptFile(file, context.cwd);
  const changed = tamper(Buffer.from(bytes).toString('latin1'));
  if (changed === null)
    return fail({
      code: 'input.malformed',
      message: `${file} is not a receipt.`,
      next: 'Name a receipt file.',
      field: file,
    });
  const options = { trust: readTrustFile(values, context).trust, now: Math.floor(Date.now() / 1_000) };
  const before = verifyReceipt(bytes, options);
  const after = verifyReceipt(Buffer.from(changed.text, 'latin1'), options);
  const broken = Object.entries(after.links)
    .filter(([, findings]) => linkState(findings) === 'refuted')
    .map(([link]) => link);
  const noticed = after.verdict === 'refuted' || after.verdict === 'malformed';
  if (out.json)
    out.data({
      file,
      before: before.verdict,
      after: after.verdict,
      changed: after.changed,
      brokenLinks: broken,
      bytes: { before: changed.before, after: changed.after },
    });
  else {
    const { bold, red, green } = out.style;
    out.line(`${bold(file)} is ${before.verdict}. One byte of a copy is changed, in memory only:\n`);
    out.line(`  ${green(`…${changed.before}…`)}\n  ${red(`…${changed.after}…`)}\n`);
    printVerification(out, after, { all: false });
    out.line(
      noticed
        ? `\n${bold('Noticed')}: ${after.changed.join(', ')}${broken.length > 0 ? `, which breaks the ${broken.join(' and ')} link` : ''}. The file on disk is untouched.`
        : red('\nNot noticed: please report this.'),
    );
  }
  return noticed ? 0 : 1;
};
