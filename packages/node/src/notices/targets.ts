/**
 * Where notices go: a push endpoint with its keys, or a mail address. Kept outside the journal, which forgets nothing: a file for
 * each subscription, readable by the operator alone, that is deleted with it.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { NoticeTarget } from '@surety/protocol';
import { writePrivateFile } from '../keys.ts';

export type Targets = {
  readonly get: (subscriptionId: string) => NoticeTarget | undefined;
  readonly put: (subscriptionId: string, target: NoticeTarget) => void;
  readonly remove: (subscriptionId: string) => void;
  /** Removes those of all others. */
  readonly keepOnly: (isKept: (subscriptionId: string) => boolean) => void;
};

/** @param folder made if it is not there */
export const fileTargets = (folder: string): Targets => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const fileOf = (subscriptionId: string): string => join(folder, `${subscriptionId}.json`);
  return {
    get: (subscriptionId) => {
      try {
        return JSON.parse(readFileSync(fileOf(subscriptionId), 'utf8')) as NoticeTarget;
      } catch (cause) {
        if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw cause;
      }
    },
    put: (subscriptionId, target) => writePrivateFile(fileOf(subscriptionId), `${JSON.stringify(target)}\n`),
    remove: (subscriptionId) => rmSync(fileOf(subscriptionId), { force: true }),
    keepOnly: (isKept) => {
      for (const name of readdirSync(folder)) if (!isKept(basename(name, '.json'))) rmSync(join(folder, name));
    },
  };
};
