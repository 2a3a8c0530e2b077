/** Which stored files the publications of a journal name, and claims that are open. */
import type { Book } from '@surety/chain';
import type { Result } from '@surety/core';
import type { FileKind } from '@surety/protocol';
import type { ModelState } from '../engine/model.ts';
import type { Host } from '../journal/host.ts';

const PAGE = 1_000;

/**
 * Reads all models and claims; what it returns says whether anything names a file.
 * @param read claims on the chain; where they cannot be read, every file of data and of an architecture counts as named
 */
export const namedFiles = async (
  host: Pick<Host, 'streams' | 'state'>,
  read: () => Promise<Result<Pick<Book, 'claims'>>>,
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
  const book = await read();
  if (!book.ok) return (kind, id) => kind === 'proofs' || kind === 'architectures' || named.has(`${kind}/${id}`);
  for (const { state, claim } of book.value.claims) {
    if (state !== 'open') continue;
    add('proofs', claim.trace.slice(2).toLowerCase());
    add('architectures', claim.request.program.slice(2).toLowerCase());
  }
  return (kind, id) => named.has(`${kind}/${id}`);
};
