/** Names of programs: of published models, the earliest publication first. A name is its publisher's word and no more. */
import type { HeldPrograms } from '@surety/analysts/tensor';
import type { ModelState } from '../engine/model.ts';
import type { Host } from '../journal/host.ts';
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
  held: HeldPrograms | null,
  now: () => number,
): (() => Promise<RunPrograms>) => {
  let names: ReadonlyMap<string, string> = new Map();
  let until = 0;
  return async () => {
    if (now() >= until) {
      names = await readNames(host);
      until = now() + FRESH_SECONDS;
    }
    return { held: (id) => held?.program(id) ?? null, nameOf: (id) => names.get(id) ?? null };
  };
};
