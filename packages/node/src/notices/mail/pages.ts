/**
 * The two pages that links in mails lead to. Opening one changes nothing, since programs open links too; its button does. Mail
 * programs post the second by themselves (RFC 8058).
 */
import type { Result } from '@surety/core';
import { escapeHtml } from '../../http/html.ts';
import type { Extension } from '../../http/options.ts';
import type { Notices } from '../notices.ts';
import { type LinkPurpose, openLink } from './links.ts';

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
};

/** Under the edge's `no-referrer` a browser names no origin for the form either, and the edge would take it for a foreign page's. */
const REFERRER = '<meta name="referrer" content="same-origin">';

const page = (title: string, body: string, status = 200): Response =>
  new Response(
    `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
      `<meta name="color-scheme" content="light dark">${REFERRER}<title>${escapeHtml(title)}</title>` +
      `<main><h1>${escapeHtml(title)}</h1>${body}</main></html>`,
    { status, headers: HEADERS },
  );

const WORDS: Readonly<Record<LinkPurpose, { readonly ask: string; readonly button: string; readonly done: string }>> = {
  confirm: {
    ask: 'Send notices of the court to this mailbox?',
    button: 'Yes, send them',
    done: 'Notices will be sent.',
  },
  unsubscribe: {
    ask: 'Send no more notices to this mailbox?',
    button: 'Send no more',
    done: 'No more notices will be sent.',
  },
};

const gone = (): Response =>
  page('This link is not good any more.', '<p>Ask for notices again on the page of the court.</p>', 404);

type Parts = { readonly notices: Pick<Notices, 'confirm' | 'end'>; readonly secret: string };

const extension = (purpose: LinkPurpose, { notices, secret }: Parts): Extension => {
  const words = WORDS[purpose];
  const act = (id: string): Promise<Result<true>> => (purpose === 'confirm' ? notices.confirm(id) : notices.end(id));
  return {
    path: `/notices/${purpose}`,
    handle: async (request) => {
      const id = openLink(new URL(request.url), secret, purpose);
      if (id === undefined) return gone();
      if (request.method !== 'POST') {
        const form = `<form method="post"><button type="submit">${words.button}</button></form>`;
        return page(words.ask, form);
      }
      const done = await act(id);
      // Who is told nothing already has what he wants.
      return done.ok || (purpose === 'unsubscribe' && done.problem.code === 'notices.unknown')
        ? page(words.done, '')
        : gone();
    },
    close: async () => undefined,
  };
};

/** Both pages. */
export const mailPages = (parts: Parts): readonly Extension[] => [
  extension('confirm', parts),
  extension('unsubscribe', parts),
];
