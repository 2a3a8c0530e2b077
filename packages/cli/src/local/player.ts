/** The player that a command names: a file that exports `believe`, or a model with the adapter that fits it. */
import { resolve } from 'node:path';
import type { Context, Values } from '../table.ts';
import { fail } from './fail.ts';
import { type Believe, findPlayer, loadBelieve, playerName } from './player-file.ts';
import { saltOf } from './salts.ts';

export type Player = {
  readonly name: string;
  readonly believe: Believe;
  /** The program that its reports name, and its file; `null` where they name none, or hide it. */
  readonly program: { readonly id: string; readonly file: string } | null;
};

const NAME = /^[a-z0-9][a-z0-9-]{0,63}$/;

const usage = (message: string, next: string, field: string): never =>
  fail({ code: 'cli.usage', message, next, field });

/** The salt of a hidden publication of a program: without one, nobody could ever tell which program it was. */
const hiddenBy = (home: string, program: string): Uint8Array => {
  const salt = saltOf(home, program);
  if (salt !== null) return Buffer.from(salt, 'hex');
  const next = 'Publish it with "surety model publish --hidden" first; the salt is then kept here.';
  return usage('This program was not published hidden from this folder.', next, '--hidden');
};

type Model = { readonly model: string; readonly adapter: string; readonly hidden: boolean };

const modelPlayer = async (
  { model, adapter, hidden }: Model,
  name: string | undefined,
  { cwd, home }: Pick<Context, 'cwd' | 'home'>,
): Promise<Player> => {
  const { tensorBelief, tensorPlayer } = await import('@surety/sdk/tensor');
  const player = await tensorPlayer(resolve(cwd, model), resolve(cwd, adapter));
  if (!player.ok) return fail(player.problem);
  const called = name ?? player.value.adapter.name;
  const { id } = player.value.held;
  const salted = hidden ? { salt: hiddenBy(home, id) } : {};
  const believe: Believe = (claim) =>
    tensorBelief(player.value, claim, { name: called, ...salted, atSeconds: Math.floor(Date.now() / 1_000) });
  return { name: called, believe, program: hidden ? null : { id, file: model } };
};

/**
 * @throws {SuretyError} `cli.usage`, `cli.bad-player`, or what is wrong with the model or its adapter
 */
export const loadPlayer = async (
  file: string | undefined,
  values: Values,
  context: Pick<Context, 'cwd' | 'home'>,
): Promise<Player> => {
  const { model, adapter, name } = values;
  if (name !== undefined && !(typeof name === 'string' && NAME.test(name)))
    return usage(`"${String(name)}" is no name for a player.`, 'Use a-z, 0-9 and -, at most 64 of them.', '--name');
  if (typeof model === 'string' || typeof adapter === 'string') {
    if (file !== undefined) return usage('A player is a file or a model, not both.', 'Leave one of them out.', 'FILE');
    if (typeof model !== 'string' || typeof adapter !== 'string') {
      const missing = typeof model === 'string' ? '--adapter' : '--model';
      return usage('A model plays through an adapter.', `Name both: ${missing} is missing.`, missing);
    }
    const named = { model, adapter, hidden: values.hidden === true };
    return modelPlayer(named, typeof name === 'string' ? name : undefined, context);
  }
  if (file === undefined) return usage('There is no player.', 'Name its file, or --model and --adapter.', 'FILE');
  if (values.hidden === true) return usage('Only a model can be hidden.', 'Name --model and --adapter.', '--hidden');
  const found = findPlayer(file, context.cwd);
  const believe = await loadBelieve(found);
  return { name: typeof name === 'string' ? name : playerName(found), believe, program: null };
};
