/** One POST to an address that was checked: signed or not, it follows no redirect, and takes only so long. */
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Target } from './target.ts';

export type Posted =
  | { readonly kind: 'answered'; readonly status: number }
  /** `why` names no address. */
  | { readonly kind: 'failed'; readonly why: string };

export type PostOptions = {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
  /** Milliseconds for the whole exchange; default 10,000. */
  readonly timeoutMs?: number | undefined;
};

/** Connects to the address that was checked, whatever the name says by now. */
export const post = ({ url, address }: Target, { headers, body, timeoutMs = 10_000 }: PostOptions): Promise<Posted> => {
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const signal = AbortSignal.timeout(timeoutMs);
  return new Promise((resolve) => {
    const sent = send(
      url,
      {
        method: 'POST',
        agent: false,
        signal,
        lookup: (_name, lookupOptions, done) => {
          if (lookupOptions.all) done(null, [address]);
          else done(null, address.address, address.family);
        },
        headers: { 'content-length': String(Buffer.byteLength(body)), ...headers },
      },
      (response) => {
        response.destroy();
        resolve({ kind: 'answered', status: response.statusCode ?? 0 });
      },
    );
    // Messages of sockets and certificates name the address, which is kept apart from what is written down of a failure.
    sent.on('error', ({ code = 'unknown' }: NodeJS.ErrnoException) =>
      resolve({ kind: 'failed', why: signal.aborted ? 'took too long' : `failed (${code})` }),
    );
    sent.end(body);
  });
};
