/** Tensor programs of a node: what it holds to run reports of others again, and which of them play as built-in players. */
import { type Analyst, UNKNOWN_DATA } from '@surety/analysts';
import type { Adapter, HeldPrograms } from '@surety/analysts/tensor';
import { ok, type Problem, type Result, refuse } from '@surety/core';
import type { NodeConfig } from './config.ts';

export type NodePrograms = {
  readonly held: HeldPrograms | null;
  readonly players: readonly Analyst[];
  /** Names of programs by id, as the folder's adapters have them. */
  readonly names: ReadonlyMap<string, string>;
  /** Files of the folder that hold nothing that can be used. */
  readonly problems: readonly Problem[];
};

const invalid = (name: string, message: string, next: string): Result<never> =>
  refuse({ code: 'config.invalid', message, next, field: 'SURETY_PROGRAM_PLAYERS', value: name });

type Brought = {
  readonly held: HeldPrograms;
  readonly adapters: readonly Adapter[];
  readonly taken: ReadonlySet<string>;
};

const seated = async (name: string, { held, adapters, taken }: Brought): Promise<Result<Analyst>> => {
  const [adapter, another] = adapters.filter((each) => each.name === name);
  if (adapter === undefined || another !== undefined)
    return invalid(name, `SURETY_PROGRAMS holds no adapter, or more than one, that is named ${name}.`, 'Name another.');
  if (taken.has(name))
    return invalid(name, `A built-in player or juror is called ${name} already.`, 'Give the adapter another name.');
  const player = await held.player(adapter);
  if (!player.ok) return player;
  const analyst = player.value.analyst();
  return analyst.trainedOn.includes(UNKNOWN_DATA)
    ? invalid(
        name,
        `The adapter ${name} does not say what its model was trained on, so no juror could judge a market in which it plays.`,
        'State its training data in the adapter, or let it play from outside with "surety player add".',
      )
    : ok(analyst);
};

/**
 * Opens the configured folder.
 * Problems: `cli.file-unreadable`, `config.invalid`, `adapter.mismatch`, `program.too-large`
 * @param known the built-in players and jurors, whose names are taken
 */
export const openPrograms = async (
  { programs, programPlayers }: Pick<NodeConfig, 'programs' | 'programPlayers'>,
  known: readonly Pick<Analyst, 'id'>[],
): Promise<Result<NodePrograms>> => {
  if (programs === undefined) {
    const [name] = programPlayers;
    if (name === undefined) return ok({ held: null, players: [], names: new Map(), problems: [] });
    return invalid(name, 'Players are named, but no folder that holds them.', 'Set SURETY_PROGRAMS too.');
  }
  const { readAdapters, readFolder } = await import('@surety/analysts/tensor');
  const folder = readFolder(programs);
  if (!folder.ok) return folder;
  const { held } = folder.value;
  const adapters = readAdapters(programs);
  if (!adapters.ok) return adapters;
  const taken = new Set(known.map(({ id }) => id));
  const players: Analyst[] = [];
  for (const name of new Set(programPlayers)) {
    const player = await seated(name, { held, adapters: adapters.value.found, taken });
    if (!player.ok) return player;
    players.push(player.value);
  }
  const names = new Map(adapters.value.found.map(({ program, name }) => [program, name]));
  return ok({ held, players, names, problems: [...folder.value.problems, ...adapters.value.problems] });
};
