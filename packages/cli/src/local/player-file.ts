/** Player files: JavaScript modules that export `believe`. */
import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { basename, extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Belief, QuestionClaim } from '@surety/sdk';
import type { Problem } from '@surety/sdk/base';
import { fail } from './fail.ts';

export type Believe = (claim: QuestionClaim) => Belief | Promise<Belief>;

const bad = (file: string, why: string): never => {
  const problem: Problem = {
    code: 'cli.bad-player',
    message: `${file} is not a player: ${why}.`,
    next: 'Write one with "surety player new mybot".',
    field: file,
  };
  return fail(problem);
};

/** The file of a player, by path or by name. */
export const findPlayer = (named: string, cwd: string): string => {
  const file = [named, `${named}.mjs`, `${named}.ts`]
    .map((each) => resolve(cwd, each))
    .find((each) => existsSync(each));
  return file ?? bad(named, 'there is no such file');
};

/** A player's name: its file's, without the ending. */
export const playerName = (file: string): string => basename(file, extname(file));

/** A player may lie anywhere: where its own folder lacks `@surety/…`, this program's own is used. */
const lendPackages = (): void => {
  registerHooks({
    resolve: (specifier, context, next) => {
      try {
        return next(specifier, context);
      } catch (error) {
        if (!specifier.startsWith('@surety/')) throw error;
        return next(specifier, { ...context, parentURL: import.meta.url });
      }
    },
  });
};

/**
 * What a player believes, as its file exports it.
 * @throws {SuretyError} `cli.bad-player`
 */
export const loadBelieve = async (file: string): Promise<Believe> => {
  lendPackages();
  let module: { readonly believe?: unknown };
  try {
    module = (await import(pathToFileURL(file).href)) as { readonly believe?: unknown };
  } catch (error) {
    return bad(file, `it cannot be loaded (${error instanceof Error ? error.message : String(error)})`);
  }
  return typeof module.believe === 'function'
    ? (module.believe as Believe)
    : bad(file, 'it does not export a function "believe"');
};
