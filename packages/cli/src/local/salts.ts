/**
 * Salts of hidden publications: one file each in the home folder, written before the publication is made. Whoever loses
 * one can never reveal that publication, and loses its bond: nobody else knows it.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { SuretyError } from '@surety/sdk/base';
import { readBytes, writeFile } from './files.ts';

export type KeptSalt = {
  readonly hidden: string;
  readonly model: string;
  readonly program: string;
  /** 32 bytes, hex. */
  readonly salt: string;
  /** Unix seconds. */
  readonly revealBy: number;
};

export const saltFile = (home: string, hidden: string): string => join(home, 'salts', `${hidden}.json`);

export const keepSalt = (home: string, salt: KeptSalt): string => {
  const file = saltFile(home, salt.hidden);
  writeFile(file, `${JSON.stringify(salt, null, 2)}\n`, { secret: true });
  return file;
};

const keptSalt = (home: string, hidden: string): (Pick<KeptSalt, 'salt'> & Partial<KeptSalt>) | null => {
  const file = saltFile(home, hidden);
  if (!existsSync(file)) return null;
  try {
    const { salt, ...rest } = JSON.parse(
      new TextDecoder().decode(readBytes(file, { what: 'The salt file', maxBytes: 4_096 })),
    ) as Partial<KeptSalt>;
    if (typeof salt === 'string' && /^[0-9a-f]{64}$/.test(salt)) return { ...rest, salt };
  } catch {
    // Said below: a file that does not read holds no salt either.
  }
  throw lost(hidden, `${file} does not hold a salt.`);
};

/**
 * The salt of a hidden commitment, or `null` where it is not in this folder.
 * @throws {SuretyError} `publication.salt-lost` when its file holds something else
 */
export const findSalt = (home: string, hidden: string): string | null => keptSalt(home, hidden)?.salt ?? null;

const keptSalts = (home: string): readonly NonNullable<ReturnType<typeof keptSalt>>[] => {
  const folder = join(home, 'salts');
  const names = existsSync(folder) ? readdirSync(folder).filter((each) => each.endsWith('.json')) : [];
  return names.sort().flatMap((name) => keptSalt(home, name.slice(0, -'.json'.length)) ?? []);
};

/** The salt under which a program was published hidden from this folder; `null` where it was not. */
export const saltOf = (home: string, program: string): string | null =>
  keptSalts(home).find((kept) => kept.program === program)?.salt ?? null;

/** Ids of the programs that were published hidden from this folder. */
export const hiddenPrograms = (home: string): readonly string[] =>
  keptSalts(home).flatMap(({ program }) => program ?? []);

export const lost = (hidden: string, message: string): SuretyError =>
  new SuretyError({
    code: 'publication.salt-lost',
    message,
    next: 'Restore salts/ from the backup of the folder that published it. Without the salt nobody can reveal it, and its bond is lost.',
    field: 'salt',
    value: hidden,
  });
