/** Messages of the WebSocket at `/v1/ws`. */
import * as z from 'zod';
import { actionResult, signedAction } from './action.ts';
import { problem } from './envelope.ts';
import { streamEvent } from './market.ts';
import { sequence, streamName } from './scalars.ts';
import type { Wire } from './wire.ts';

const messageId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);

/** What a client may send. `id` returns in the matching `ack`. */
export const clientMessage = z.discriminatedUnion('op', [
  /** Events after `after` follow without gap or repetition; `0` means from the beginning. */
  z.strictObject({ op: z.literal('subscribe'), id: messageId.exactOptional(), stream: streamName, after: sequence }),
  z.strictObject({ op: z.literal('unsubscribe'), id: messageId.exactOptional(), stream: streamName }),
  /** The same as `POST /v1/actions`; the action's nonce makes it idempotent. */
  z.strictObject({ op: z.literal('act'), id: messageId, signedAction }),
  z.strictObject({ op: z.literal('ping'), id: messageId.exactOptional() }),
]);
export type ClientMessage = Wire<typeof clientMessage>;

/** What the node sends. */
export const serverMessage = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('event'), event: streamEvent }),
  z.strictObject({
    op: z.literal('ack'),
    id: messageId,
    result: actionResult.exactOptional(),
    error: problem.exactOptional(),
  }),
  z.strictObject({ op: z.literal('error'), error: problem }),
  /** The stream is at `head`: everything up to it has been sent. */
  z.strictObject({ op: z.literal('caught-up'), stream: streamName, head: sequence }),
  z.strictObject({ op: z.literal('pong'), id: messageId.exactOptional() }),
]);
export type ServerMessage = Wire<typeof serverMessage>;

/** WebSocket close codes of this protocol (RFC 6455 leaves 4000 to 4999 to applications). */
export const CLOSE_CODES = {
  /** The client read too slowly; reconnect and resume after the last sequence it saw. */
  slowConsumer: 4008,
  /** A message was not valid twice in a row. */
  badMessage: 4000,
  /** The node is going away; reconnect. */
  goingAway: 1001,
} as const;
