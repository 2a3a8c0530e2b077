/** Notices by mail, over the operator's own mail server (SMTP). Plain text; no more than the public feed says. */
import { createHash } from 'node:crypto';
import type { NoticeTarget } from '@surety/protocol';
import { createTransport } from 'nodemailer';
import { isLoopback } from '../../http/host-check.ts';
import type { Notice } from '../due.ts';
import type { Sent } from '../sent.ts';
import { linkOf } from './links.ts';

type MailTarget = Extract<NoticeTarget, { kind: 'mail' }>;

export type MailSender = {
  readonly send: (target: MailTarget, notice: Notice, subscriptionId: string) => Promise<Sent>;
  /** Asks whether notices are wanted; the only mail before they are. */
  readonly ask: (target: MailTarget, subscriptionId: string) => Promise<Sent>;
  readonly close: () => void;
};

export type MailOptions = {
  /** `smtp://` or `smtps://`, with name and password where the server wants them. */
  readonly url: string;
  /** Address that mails come from. */
  readonly from: string;
  /** Secret of the links. */
  readonly secret: string;
  readonly pageOrigin: () => string;
};

const TIMEOUT_MS = 15_000;
const SUBJECT_CHARACTERS = 200;

/** One line without anything that has no shape: a subject is made of other people's words. */
const oneLine = (text: string): string => {
  const line = text.replace(/[\s\p{C}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  return line.length > SUBJECT_CHARACTERS ? `${line.slice(0, SUBJECT_CHARACTERS - 1)}…` : line;
};

/** What a server or the way to it said, without the address that it said it of. */
const outcomeOf = (cause: unknown): Sent => {
  const { responseCode, code } = cause as { readonly responseCode?: number; readonly code?: string };
  // 5xx of an envelope or a message is final (RFC 5321, 4.2.1); of a login it is the operator's to mend.
  if (responseCode !== undefined && responseCode >= 500 && code !== 'EAUTH')
    return { kind: 'refused', why: `answered ${responseCode}` };
  return {
    kind: 'later',
    why: responseCode === undefined ? `failed (${code ?? 'unknown'})` : `answered ${responseCode}`,
  };
};

export const createMailSender = ({ url, from, secret, pageOrigin }: MailOptions): MailSender => {
  const { hostname, protocol } = new URL(url);
  const transport = createTransport({
    url,
    // Nothing leaves this machine unencrypted.
    requireTLS: protocol === 'smtp:' && !isLoopback(hostname),
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const mail = async (target: MailTarget, subscriptionId: string, id: string, subject: string, text: string) => {
    const unsubscribe = linkOf(pageOrigin(), secret, 'unsubscribe', subscriptionId);
    const digest = createHash('sha256').update(`${subscriptionId} ${id}`).digest('hex').slice(0, 32);
    try {
      await transport.sendMail({
        from: { name: 'Surety', address: from },
        to: { name: '', address: target.address },
        subject: oneLine(subject),
        text: `${text}\n\nTo be told nothing more: ${unsubscribe}\n`,
        // The same for every attempt at the same notice.
        messageId: `<${digest}@${new URL(pageOrigin()).hostname}>`,
        headers: {
          'Auto-Submitted': 'auto-generated',
          'List-Unsubscribe': `<${unsubscribe}>`,
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        },
      });
      return { kind: 'sent' } as const;
    } catch (cause) {
      return outcomeOf(cause);
    }
  };
  return {
    send: (target, { id, title, summary, link }, subscriptionId) =>
      mail(target, subscriptionId, id, title, `${oneLine(title)}\n${summary}\n\n${link}`),
    ask: (target, subscriptionId) => {
      const link = linkOf(pageOrigin(), secret, 'confirm', subscriptionId);
      const said =
        `Somebody, perhaps you, asked ${pageOrigin()} to send notices of its court to this address.\n\n` +
        `If you want them, confirm within two days: ${link}\n\nIf not, do nothing: no other mail is sent.`;
      return mail(target, subscriptionId, 'confirm', 'Do you want notices of the court?', said);
    },
    close: () => transport.close(),
  };
};
