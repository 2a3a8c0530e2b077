/** `surety player new NAME`: writes NAME.mjs. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { writeFile } from '../local/files.ts';
import { playerSource } from '../player-template.ts';
import { UsageError } from '../refusal.ts';
import type { Run } from '../table.ts';

const NAME = /^[a-z][a-z0-9-]{0,31}$/;

export const run: Run = async ({ args: [name = ''], context: { out, cwd } }) => {
  if (!NAME.test(name))
    throw new UsageError(
      `"${name}" is not a name for a player.`,
      'Use small letters, digits and dashes, at most 32.',
      'NAME',
    );
  const file = join(cwd, `${name}.mjs`);
  if (existsSync(file))
    throw new UsageError(`${name}.mjs is already here.`, 'Choose another name, or change that file.', 'NAME');
  writeFile(file, playerSource(name));
  if (out.json) out.data({ file });
  else {
    out.line(`${out.style.green('✔')} ${out.style.bold(`${name}.mjs`)} is written. Change what it believes, then`);
    out.line(`    surety player backtest ${name}.mjs   ${out.style.dim('score it on known answers')}`);
    out.line(`    surety player add ${name}.mjs        ${out.style.dim('give it an account and let it trade')}`);
  }
  return 0;
};
