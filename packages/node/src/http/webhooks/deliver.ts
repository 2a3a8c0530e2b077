/** One delivery of one event: a POST that is signed, does not follow redirects, and takes only so long. */
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { ok, type Result, refuse } from '@surety/core';
import type { StreamEvent } from '@surety/protocol';
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
  const { url, address } = target.value;
  const { event, secret } = delivery;
  const id = deliveryId(delivery);
  const timestamp = options.now();
  const body = JSON.stringify({ type: event.kind, timestamp: new Date(event.at * 1000).toISOString(), data: event });
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const signal = AbortSignal.timeout(options.timeoutMs ?? 10_000);
  return new Promise((resolve) => {
    const sent = send(
      url,
      {
        method: 'POST',
        agent: false,
        signal,
        // Connect to the address that was checked, whatever the name says by now.
        lookup: (_name, lookupOptions, done) => {
          if (lookupOptions.all) done(null, [address]);
          else done(null, address.address, address.family);
        },
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'user-agent': 'surety-webhooks/1',
          'webhook-id': id,
          'webhook-timestamp': String(timestamp),
          'webhook-signature': signDelivery(secret, id, timestamp, body),
        },
      },
      (response) => {
        const status = response.statusCode ?? 0;
        response.destroy();
        resolve(status >= 200 && status < 300 ? ok(true) : failed(`answered ${status}`));
      },
    );
    sent.on('error', (cause: Error) => resolve(failed(signal.aborted ? 'took too long' : `failed: ${cause.message}`)));
    sent.end(body);
  });
};
