/** One banner for each terminal and start of a development node: what is play money must say so, once. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from '../table.ts';
import { readEnvironment } from './environment.ts';
import { writeFile } from './files.ts';

const KEPT = 32;

/** Says *development* on stderr unless this terminal has read it since the node started. */
export const developmentBanner = (
  { home, out, env }: Pick<Context, 'home' | 'out' | 'env'>,
  environment: 'development' | 'production',
): void => {
  if (environment !== 'development' || out.quiet || out.json) return;
  const session = `${env.SURETY_TERMINAL ?? process.ppid}@${readEnvironment(home)?.startedAt ?? 0}`;
  const file = join(home, 'banners.json');
  let seen: readonly string[] = [];
  try {
    seen = JSON.parse(readFileSync(file, 'utf8')) as readonly string[];
  } catch {
    // Absent or broken: say it once more.
  }
  if (seen.includes(session)) return;
  const { yellow, dim } = out.style;
  out.note(
    `${yellow('development')}${dim(' — play money, a local chain and built-in players; nothing here is worth anything.')}\n`,
  );
  try {
    writeFile(file, JSON.stringify([...seen.slice(-KEPT), session]));
  } catch {
    // A read-only home only means that the banner comes again.
  }
};
