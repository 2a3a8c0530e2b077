/**
 * The court as Atom feeds (RFC 4287), for whoever wants to be told: `/court.atom` has the newest cases, and
 * `/court/<address>.atom` what one juror has to do. Nothing in them is anybody's markup: text is escaped.
 */
import { parseAddress } from '@surety/core';
import type { Handlers } from '@surety/protocol';
import { caseEntry, dutyEntry, type Entry, time } from './court-entries.ts';
import { escapeHtml } from './html.ts';
import type { Extension } from './options.ts';

const ENTRIES = 50;

/** Text in XML 1.0, which has no place for control characters at all. */
const textXml = (text: string): string => escapeHtml(text.replace(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu, ''));

const entryXml = ({ id, title, link, updated, summary }: Entry): string =>
  [
    '<entry>',
    `<id>${textXml(id)}</id>`,
    `<title>${textXml(title)}</title>`,
    `<link href="${textXml(link)}"/>`,
    `<updated>${time(updated)}</updated>`,
    `<summary>${textXml(summary)}</summary>`,
    '</entry>',
  ].join('');

/** A feed of entries, newest first. */
export const atom = (
  feed: { readonly id: string; readonly title: string; readonly now: number },
  entries: readonly Entry[],
): string => {
  const updated = entries.reduce((latest, entry) => Math.max(latest, entry.updated), 0);
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    `<id>${textXml(feed.id)}</id>`,
    `<title>${textXml(feed.title)}</title>`,
    `<updated>${time(updated === 0 ? feed.now : updated)}</updated>`,
    '<author><name>Surety</name></author>',
    ...entries.map(entryXml),
    '</feed>',
    '',
  ].join('\n');
};

const XML = { 'content-type': 'application/atom+xml; charset=utf-8', 'cache-control': 'no-store' };

type Parts = { readonly handlers: Pick<Handlers, 'cases' | 'juror'>; readonly now: () => number };

const context = { remote: 'feed', signal: new AbortController().signal };

/** Both feeds over the handlers of the protocol's own routes. */
export const courtFeeds = ({ handlers, now }: Parts): readonly Extension[] => [
  {
    path: '/court.atom',
    handle: async (request) => {
      const url = new URL(request.url).origin;
      const found = await handlers.cases({ params: undefined, query: { limit: ENTRIES }, body: undefined }, context);
      const cases = found.ok ? found.value.cases : [];
      const feed = { id: `${url}/court.atom`, title: 'Cases of the court', now: now() };
      return new Response(
        atom(
          feed,
          cases.map((of) => caseEntry(url, of)),
        ),
        { headers: XML },
      );
    },
    close: async () => undefined,
  },
  {
    path: '/court/:juror',
    handle: async (request) => {
      const { origin: url, pathname } = new URL(request.url);
      const named = /^\/court\/(0x[0-9a-fA-F]{40})\.atom$/.exec(pathname)?.[1];
      const parsed = named === undefined ? undefined : parseAddress(named);
      if (!parsed?.ok) return new Response('No such feed.\n', { status: 404 });
      const address = parsed.value;
      const found = await handlers.juror({ params: { address }, query: undefined, body: undefined }, context);
      const duties = found.ok ? found.value.duties : [];
      const feed = { id: `${url}/court/${address}.atom`, title: `What ${address} has to judge`, now: now() };
      return new Response(
        atom(
          feed,
          duties.map((duty) => dutyEntry(url, duty)),
        ),
        { headers: XML },
      );
    },
    close: async () => undefined,
  },
];
