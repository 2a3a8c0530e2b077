/** Which stored files the publications of a journal name. */
import type { FileKind } from '@surety/protocol';
import type { ModelState } from '../engine/model.ts';
import type { Host } from '../journal/host.ts';

const PAGE = 1_000;

/** Reads all models; what it returns says whether any publication names a file. */
export const namedFiles = async (
  host: Pick<Host, 'streams' | 'state'>,
): Promise<(kind: FileKind, id: string) => boolean> => {
  const named = new Set<string>();
  const add = (kind: FileKind, id: string | null): void => {
    if (id !== null) named.add(`${kind}/${id}`);
  };
  for (let after: string | undefined; ; ) {
    const page = await host.streams('model:', { limit: PAGE, ...(after !== undefined && { after }) });
    for (const stream of page) {
      for (const { program, publication } of (await host.state<ModelState>(stream)).versions) {
        add('programs', program);
        add('probes', publication.probes);
        add('bundles', publication.bundle);
      }
    }
    after = page.at(-1);
    if (page.length < PAGE) break;
  }
  return (kind, id) => named.has(`${kind}/${id}`);
};
