/** One delivery of one event: a POST that is signed, does not follow redirects, and takes only so long. */
import { ok, type Result, refuse } from '@surety/core';
import type { StreamEvent } from '@surety/protocol';
import { post } from './post.ts';
import { signDelivery } from './sign.ts';
import { checkTarget, type TargetOptions } from './target.ts';

export type Delivery = {
  readonly webhookId: string;
  readonly url: string;
  readonly secret: string;
  readonly event: StreamEvent;
};

export type DeliverOptions = TargetOptions & {
  /** Unix seconds. */
  readonly now: () => number;
  /** Milliseconds for the whole exchange; default 10,000. */
  readonly timeoutMs?: number;
};

/** The same for every attempt at the same event, so that a receiver can drop repetitions. */
export const deliveryId = ({ webhookId, event }: Delivery): string =>
  `${webhookId.slice(0, 16)}.${event.stream}.${event.seq}`;

const failed = (why: string): Result<never> =>
  refuse({
    code: 'webhook.failed',
    message: `The webhook ${why}.`,
    next: 'Answer with a 2xx status within ten seconds; it is tried again.',
  });

/** Sends one event. Anything but a 2xx answer is a failure. */
export const deliver = async (delivery: Delivery, options: DeliverOptions): Promise<Result<true>> => {
  const target = await checkTarget(delivery.url, options);
  if (!target.ok) return target;
  const { event, secret } = delivery;
  const id = deliveryId(delivery);
  const timestamp = options.now();
  const body = JSON.stringify({ type: event.kind, timestamp: new Date(event.at * 1000).toISOString(), data: event });
  const posted = await post(target.value, {
    timeoutMs: options.timeoutMs,
    body,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'surety-webhooks/1',
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': signDelivery(secret, id, timestamp, body),
    },
  });
  if (posted.kind === 'failed') return failed(posted.why);
  return posted.status >= 200 && posted.status < 300 ? ok(true) : failed(`answered ${posted.status}`);
};
