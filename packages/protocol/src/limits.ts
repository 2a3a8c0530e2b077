/**
 * Every size limit of the protocol, in one place. `openapi.json` states each beside its field and a
 * request beyond one is refused with `input.too-large` naming field, value and limit.
 */
import { MODEL_LIMITS, MOST_OUTCOMES } from '@surety/core';

export const LIMITS = {
  /** Bytes of any request body. */
  bodyBytes: 1_048_576,
  /** Characters of a question or a message that is asked about. */
  textCharacters: 8_192,
  /** Characters of a URL. */
  urlCharacters: 2_048,
  /** Characters of a name, a label or an identifier chosen by people. */
  labelCharacters: 256,
  /** Characters of one sentence inside evidence, a note or a reason. */
  sentenceCharacters: 1_024,
  /** Sentences in one list of evidence. */
  sentences: 64,
  /** Outcomes of a claim; at least two. */
  outcomes: MOST_OUTCOMES,
  /** Decimal digits of an amount. */
  amountDigits: 30,
  /** Characters of the JSON text of one analyst's input. */
  evidenceInputCharacters: 65_536,
  /** Nesting of JSON inside evidence. */
  jsonDepth: 16,
  /** Actions in one batch. */
  batchActions: 256,
  /** Points of a market's price history. */
  pricePoints: 500,
  /** Items of one page of a list. */
  pageItems: 500,
  /** Streams of one subscription. */
  streams: 32,
  /** Bytes of a WebSocket message. */
  socketMessageBytes: 131_072,
  /** Seconds that a signed action may be valid from now; also how long its nonce is remembered. */
  actionLifetimeSeconds: 300,
  /** Bytes of a program file. */
  programBytes: MODEL_LIMITS.programBytes,
  /** Versions of one model. */
  versions: MODEL_LIMITS.versions,
} as const;
