/**
 * The published-lists analyst. Membership only, of the host or of a domain above it: the fuzzy rule that ships
 * with `eth-phishing-detect` flags 60 % of its own allow list once that list is taken away, so it is not used.
 */

import { abstain, type NameAnalyst, type Reading } from '../analyst.ts';
import { hostParts } from '../host.ts';
import { nameAnalyst } from '../name-analyst.ts';

export type DomainList = {
  /** Name and version, e.g. `eth-phishing-detect 1.2.0`. */
  readonly name: string;
  /** When the list was frozen, as a date, so that silence is not read as innocence. */
  readonly asOf: string;
  readonly deny: ReadonlySet<string>;
};

/** Share of deny-list entries that are scams: curated by people, with errors that are taken back. */
const LISTED_PPM = 985_000;

/** The host itself and every domain above it, nearest first: `a.b.c` gives `a.b.c`, `b.c`. */
export const withParents = (host: string): string[] => {
  const labels = host.split('.');
  return labels.slice(0, Math.max(1, labels.length - 1)).map((_, i) => labels.slice(i).join('.'));
};

const readHost = (host: string, lists: readonly DomainList[], program: string): Reading => {
  const parts = hostParts(host);
  const sizes = lists.map((list) => `${list.name} (${list.deny.size} entries, as of ${list.asOf})`);
  const didNotSee = ['the page', 'listings after these dates', 'hosts that nobody reported'];
  for (const list of lists) {
    // A listed hosting service would condemn all its customers: stop at what one can register.
    const hit = withParents(parts.host).find(
      (domain) => domain.length >= parts.registrable.length && list.deny.has(domain),
    );
    if (hit === undefined) continue;
    return {
      probabilityPpm: LISTED_PPM,
      saw: sizes,
      didNotSee,
      reasons: [{ text: `${hit} is on the deny list of ${list.name}.` }],
      facts: { host: parts.host, listed: true, list: list.name, entry: hit },
      program,
    };
  }
  return {
    ...abstain(
      program,
      `Neither ${parts.host} nor a domain above it is on ${lists.length === 1 ? 'the list' : 'these lists'}; that says nothing of unreported sites.`,
      didNotSee,
      { host: parts.host, listed: false },
    ),
    saw: sizes,
  };
};

/** An analyst over the given lists; `digest` is over names and entries. */
export const listsAnalyst = (lists: readonly DomainList[], id = 'published-lists'): NameAnalyst =>
  nameAnalyst({
    id,
    view: 'Looks the host up in published deny lists; silent when it is not there.',
    family: `list:${lists.map((list) => list.name).join('+')}`,
    trainedOn: lists.map((list) => list.name),
    reads: ['site'],
    codeVersion: 1,
    artefact: () => lists.map((list) => `${list.name}\n${[...list.deny].sort().join('\n')}`).join('\n\n'),
    readSubject: (subject, program) =>
      subject.kind === 'site'
        ? readHost(subject.host, lists, program)
        : abstain(program, 'Not a site.', ['the subject']),
  });
