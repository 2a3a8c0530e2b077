/** Where keys, data and the recorded environment of this folder are. */
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** `SURETY_HOME`, else the nearest `.surety` upwards, else `.surety` here. */
export const findHome = (cwd: string, env: NodeJS.ProcessEnv): string => {
  if (env.SURETY_HOME) return resolve(cwd, env.SURETY_HOME);
  for (let folder = cwd; ; folder = dirname(folder)) {
    const home = join(folder, '.surety');
    if (existsSync(home)) return home;
    if (dirname(folder) === folder) return join(cwd, '.surety');
  }
};
