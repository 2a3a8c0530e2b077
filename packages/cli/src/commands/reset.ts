/** `surety reset`: erases the folder of keys and data, after a question; never while a node runs on it. */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import { holderOf } from '../local/environment.ts';
import { fail } from '../local/fail.ts';
import { endOrphans } from '../local/orphans.ts';
import type { Run } from '../table.ts';
import { confirm } from '../terminal/prompt.ts';

/** What such a folder holds; a folder without any of these is not ours to erase. */
const OURS = [
  'env.json',
  'keys',
  'trust.json',
  'data',
  'postgres',
  'chain',
  'logs',
  'run.json',
  'banners.json',
  'receipts',
];

export const run: Run = async ({ values, context: { out, home } }) => {
  const done = (erased: boolean, words: string): number => {
    if (out.json) out.data({ erased, home });
    else out.line(words);
    return 0;
  };
  if (!existsSync(home)) return done(false, `There is nothing to erase: ${home} does not exist.`);
  const node = holderOf(home);
  if (node !== null) {
    fail({
      code: 'process.already-running',
      message: `A node runs on ${home} (process ${node.pid}).`,
      next: 'Run "surety stop" first.',
      field: 'pid',
    });
  }
  if (basename(home) !== '.surety' && !readdirSync(home).some((name) => OURS.includes(name))) {
    fail({
      code: 'cli.usage',
      message: `${home} does not look like a folder of Surety.`,
      next: 'Name the right one with --home.',
      field: '--home',
    });
  }
  const sure =
    values.yes === true || (await confirm(`Erase ${home}: keys, markets and money, for good?`, { fallback: false }));
  if (!sure)
    return fail({ code: 'cli.declined', message: 'Nothing was erased.', next: 'Run it again when you are sure.' });
  await endOrphans(home);
  rmSync(home, { recursive: true, force: true });
  return done(true, `${out.style.green('✔')} ${home} is erased.`);
};
