/** One push message to one browser's service: RFC 8030, encrypted and signed. */
import type { NoticeTarget } from '@surety/protocol';
import { post } from '../../http/webhooks/post.ts';
import { checkTarget, type TargetOptions } from '../../http/webhooks/target.ts';
import type { Notice } from '../due.ts';
import type { Sent } from '../sent.ts';
import { encryptPush } from './encrypt.ts';
import { type VapidKey, vapidHeader } from './vapid.ts';

export type PushOptions = TargetOptions & {
  readonly key: VapidKey;
  /** Where push services can reach the operator: an https or mailto URL. */
  readonly contact: string | undefined;
  /** Unix seconds. */
  readonly now: () => number;
  /** Milliseconds; default 10,000. */
  readonly timeoutMs?: number;
};

type PushTarget = Extract<NoticeTarget, { kind: 'push' }>;

const [LEAST_TTL_SECONDS, USUAL_TTL_SECONDS] = [60, 86_400];
/** Characters of a title and of a summary, so that the message fits whatever letters they are written in. */
const [TITLE_CHARACTERS, SUMMARY_CHARACTERS] = [300, 300];

const short = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

/** What the service worker shows: no more than the public feed says. */
export const pushMessage = ({ id, title, summary, link }: Notice): Uint8Array => {
  const shown = { id, title: short(title, TITLE_CHARACTERS), summary: short(summary, SUMMARY_CHARACTERS), link };
  return Buffer.from(JSON.stringify(shown));
};

const outcomeOf = (status: number): Sent => {
  if (status >= 200 && status < 300) return { kind: 'sent' };
  if (status === 404 || status === 410) return { kind: 'gone' };
  // RFC 8030, 8.4, and what servers say when they are busy; other refusals stay refusals.
  const again = status === 408 || status === 429 || status >= 500;
  return again ? { kind: 'later', why: `answered ${status}` } : { kind: 'refused', why: `answered ${status}` };
};

/** Sends one notice; nothing of the endpoint is in what comes back. */
export const sendPush = async (target: PushTarget, notice: Notice, options: PushOptions): Promise<Sent> => {
  const { key, contact, now } = options;
  const checked = await checkTarget(target.endpoint, options);
  if (!checked.ok) return { kind: 'later', why: 'has no address that may be called' };
  const keys = { p256dh: Buffer.from(target.p256dh, 'hex'), auth: Buffer.from(target.auth, 'hex') };
  const left = notice.until === null ? USUAL_TTL_SECONDS : notice.until - now();
  const posted = await post(checked.value, {
    timeoutMs: options.timeoutMs,
    body: encryptPush(pushMessage(notice), keys),
    headers: {
      authorization: vapidHeader(key, target.endpoint, now(), contact),
      'content-encoding': 'aes128gcm',
      'content-type': 'application/octet-stream',
      ttl: String(Math.max(LEAST_TTL_SECONDS, left)),
      urgency: notice.urgent ? 'high' : 'normal',
    },
  });
  return posted.kind === 'answered' ? outcomeOf(posted.status) : { kind: 'later', why: posted.why };
};
