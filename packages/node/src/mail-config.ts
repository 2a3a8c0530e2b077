/** The mail server by which people are told, from the environment. */
import { isIP } from 'node:net';
import { ok, type Result, refuse } from '@surety/core';
import { mailAddress } from '@surety/protocol';
import { isLoopback } from './http/host-check.ts';

export type MailConfig = {
  /** `smtp://` or `smtps://`, with name and password. */
  readonly url: string;
  /** Address that mails come from. */
  readonly from: string;
};

const wrong = (field: string, message: string, next: string, limit: string): Result<never> =>
  // Never the value: it holds a password.
  refuse({ code: 'config.invalid', message: `${field} ${message}`, next, field, limit });

/** No mail without both variables; with the network off, none beyond this machine. */
export const readMail = (
  env: Readonly<Record<string, string | undefined>>,
  network: 'auto' | 'on' | 'off',
): Result<MailConfig | undefined> => {
  const { SURETY_SMTP_URL: text = '', SURETY_MAIL_FROM: from = '' } = env;
  if (text === '') return ok(undefined);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['smtp:', 'smtps:'].includes(url.protocol) || url.hostname === '') {
    const limit = 'smtp://name:password@host:port';
    return wrong(
      'SURETY_SMTP_URL',
      'is no address of a mail server.',
      'Set it to smtp:// or smtps:// and a host.',
      limit,
    );
  }
  if (!mailAddress.safeParse(from).success)
    return wrong('SURETY_MAIL_FROM', 'is no mail address.', 'Set it to the address that mails come from.', 'name@host');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (network === 'off' && !(isLoopback(host) || (isIP(host) === 4 && host.startsWith('127.')))) {
    const next = 'Unset SURETY_SMTP_URL, or SURETY_NETWORK.';
    return wrong('SURETY_SMTP_URL', 'names another machine, and SURETY_NETWORK is off.', next, 'a loopback address');
  }
  return ok({ url: text, from });
};
