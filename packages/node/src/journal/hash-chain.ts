/**
 * The hash chain of a stream: `hash(seq) = SHA-256(hash(seq − 1) ‖ header ‖ body)`, with 32 zero bytes before the
 * first event. A changed, dropped, inserted or reordered event breaks every later hash. It shows that stored events
 * belong together; it does not stop someone who may rewrite the whole table and its heads.
 */
import { hash } from 'node:crypto';

/** Hash before the first event, lower-case hex. */
export const GENESIS_HASH = '00'.repeat(32);

export type Hashed = {
  readonly stream: string;
  readonly seq: number;
  readonly kind: string;
  readonly at: number;
  /** Canonical JSON text of the event. */
  readonly body: string;
};

/**
 * The next link, lower-case hex. Neither streams nor kinds hold a line feed, so the header reads back in one way.
 */
export const nextHash = (previous: string, event: Hashed): string =>
  hash('sha256', `${previous}\n${event.stream}\n${event.seq}\n${event.kind}\n${event.at}\n${event.body}`);
