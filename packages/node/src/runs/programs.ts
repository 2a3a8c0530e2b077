/**
 * Names of programs: those that the node's own folder has, else of published models that of the earliest publication. A name is
 * the word of whoever gave it and no more.
 */
import type { ModelState } from '../engine/model.ts';
import type { Host } from '../journal/host.ts';
import type { NodePrograms } from '../programs.ts';
import type { RunPrograms } from './runs.ts';

const PAGE = 1_000;
/** Seconds for which names are taken as they were read. */
const FRESH_SECONDS = 30;

const readNames = async (host: Pick<Host, 'streams' | 'state'>): Promise<ReadonlyMap<string, string>> => {
  const found = new Map<string, { readonly name: string; readonly at: number }>();
  for (let after: string | undefined; ; ) {
    const page = await host.streams('model:', { limit: PAGE, ...(after !== undefined && { after }) });
    for (const stream of page) {
      for (const { program, publication } of (await host.state<ModelState>(stream)).versions) {
        const { name, publishedAt: at } = publication;
        if (program !== null && at < (found.get(program)?.at ?? Number.POSITIVE_INFINITY))
          found.set(program, { name, at });
      }
    }
    after = page.at(-1);
    if (page.length < PAGE) return new Map([...found].map(([program, { name }]) => [program, name]));
  }
};

export const runPrograms = (
  host: Pick<Host, 'streams' | 'state'>,
  { held, names: own }: Pick<NodePrograms, 'held' | 'names'>,
  hides: RunPrograms['hides'],
  now: () => number,
): (() => Promise<RunPrograms>) => {
  let names: ReadonlyMap<string, string> = new Map();
  let until = 0;
  return async () => {
    if (now() >= until) {
      names = await readNames(host);
      until = now() + FRESH_SECONDS;
    }
    return {
      held: (id) => {
        const program = held?.program(id) ?? null;
        return program === null ? null : { program, steps: null };
      },
      nameOf: (id) => own.get(id) ?? names.get(id) ?? null,
      hides,
    };
  };
};
