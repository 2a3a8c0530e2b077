/**
 * Pinned trust: the keys and networks that a verifier believes in before it reads anything. A receipt proves who
 * signed it only against these. See `spec/07-receipt.md`.
 */

import { fromUtf8 } from './bytes.ts';
import { type Result, refuse, show } from './errors.ts';
import { isNoteName } from './log/note.ts';
import { ISSUER_KEY_BYTES } from './persons/issuer-key.ts';
import * as s from './shape.ts';

export type TrustedKey = { readonly name: string; readonly publicKey: string };

export type TrustedLog = {
  /** Origin line of its checkpoints. */
  readonly origin: string;
  /** Ed25519, 32 bytes in hex. */
  readonly publicKey: string;
  readonly witnesses: readonly TrustedKey[];
  /** Cosignatures that a checkpoint needs; 0 means that the log alone is believed about its tree. */
  readonly witnessQuorum: number;
};

export type TrustedIssuer = {
  readonly name: string;
  /** Ed25519 key of the envelope, 32 bytes in hex. */
  readonly dsseKey: string;
  /** EIP-55 address of the contract signature. */
  readonly address: string;
};

/** Whose tokens show that an account is one person. */
export type TrustedPersonIssuer = {
  readonly name: string;
  /** Key of its tokens (RFC 9578, token type 2), 342 bytes in hex. */
  readonly tokenKey: string;
  /** `development`: gives a token to whoever asks, and shows nothing of anybody. */
  readonly environment: 'development' | 'production';
};

/** One operator's place on one chain: whether its money is real is said of it, not of the chain. */
export type TrustedNetwork = {
  readonly chainId: number;
  readonly receiptVerifier: string;
  /** EIP-55 address of the operator. */
  readonly operator: string;
  readonly settlement: string;
  readonly anchor: string;
  readonly environment: 'development' | 'production';
};

export type Trust = {
  readonly type: 'surety/trust/v1';
  readonly logs: readonly TrustedLog[];
  readonly issuers: readonly TrustedIssuer[];
  readonly networks: readonly TrustedNetwork[];
  /** Whether receipts of development networks may be trusted; they are labelled all the same. */
  readonly allowDevelopment: boolean;
  /** Names for askers' addresses; only for printing. */
  readonly askers?: readonly { readonly name: string; readonly address: string }[];
  /** None unless listed: then no panel is taken for one of distinct people. */
  readonly personIssuers?: readonly TrustedPersonIssuer[];
};

/** Believes in nothing: every receipt is "self-signed, not trusted". */
export const NO_TRUST: Trust = {
  type: 'surety/trust/v1',
  logs: [],
  issuers: [],
  networks: [],
  allowDevelopment: false,
};

export const TRUST_LIMITS = { bytes: 262_144, entries: 64 } as const;

const name = s.text({ min: 1, max: 128 });
const many = { max: TRUST_LIMITS.entries } as const;

const noteName: s.Shape<string> = s.where(name, (value) =>
  isNoteName(value)
    ? null
    : { code: 'input.malformed', field: '', what: 'holds a space or a plus', limit: 'a name without them' },
);

const log: s.Shape<TrustedLog> = s.where(
  s.object({
    origin: noteName,
    publicKey: s.hex(32),
    witnesses: s.list(s.object({ name: noteName, publicKey: s.hex(32) }), { max: 32 }),
    witnessQuorum: s.integer({ min: 0, max: 32 }),
  }),
  ({ origin, witnesses, witnessQuorum }) => {
    const limit = `0 .. ${witnesses.length}`;
    if (witnessQuorum > witnesses.length) {
      return { code: 'input.out-of-range', field: 'witnessQuorum', what: 'is above the number of witnesses', limit };
    }
    const names = new Set([origin, ...witnesses.map((witness) => witness.name)]);
    const keys = new Set(witnesses.map((witness) => witness.publicKey));
    if (keys.size === witnesses.length && names.size === witnesses.length + 1) return null;
    const what = 'names one key or name twice, or the log itself';
    return { code: 'input.malformed', field: 'witnesses', what, limit: 'distinct names and keys' };
  },
);

const trust: s.Shape<Trust> = s.object(
  {
    type: s.literal('surety/trust/v1'),
    logs: s.list(log, many),
    issuers: s.list(s.object({ name, dsseKey: s.hex(32), address: s.address }), many),
    networks: s.list(
      s.object({
        chainId: s.chainId,
        receiptVerifier: s.address,
        operator: s.address,
        settlement: s.address,
        anchor: s.address,
        environment: s.oneOf('development', 'production'),
      }),
      many,
    ),
    allowDevelopment: s.boolean,
  },
  {
    askers: s.list(s.object({ name, address: s.address }), { max: 1024 }),
    personIssuers: s.list(
      s.object({ name, tokenKey: s.hex(ISSUER_KEY_BYTES), environment: s.oneOf('development', 'production') }),
      many,
    ),
  },
);

/** Trust from plain data: every field known and within its limit, nothing else. */
export const readTrust = (value: unknown): Result<Trust> => trust(value, '');

/** Trust from the bytes of its file. People write it, so any JSON layout will do. */
export const parseTrust = (bytes: Uint8Array): Result<Trust> => {
  if (bytes.length > TRUST_LIMITS.bytes) {
    return refuse({
      code: 'input.too-large',
      message: `The trust file has ${bytes.length} bytes.`,
      next: 'Name a trust file.',
      field: '',
      limit: `${TRUST_LIMITS.bytes} bytes`,
    });
  }
  const text = fromUtf8(bytes, 'The trust file');
  if (!text.ok) return text;
  try {
    return readTrust(JSON.parse(text.value));
  } catch (error) {
    const message = `The trust file is not JSON: ${show(error instanceof Error ? error.message : error)}.`;
    return refuse({ code: 'input.malformed', message, next: 'Correct the file.', field: '' });
  }
};
