/**
 * Session keys: P-256 keys that a wallet delegates to, so that an action costs its signer microseconds. The platform's
 * WebCrypto holds them, in browsers and in Node, and a fresh one cannot be extracted.
 */
import { actionBytes, fromHex, sessionKeyOf, toHex, unwrap } from '@surety/core';
import { type Action, type ActionType, LIMITS, type SignedAction, type WireDelegation } from '@surety/protocol';
import { randomHex } from './transport.ts';
import type { Wallet } from './wallet.ts';

export type Session = {
  /** 65-byte uncompressed point, hex. */
  readonly sessionKey: string;
  /** 64 bytes r ‖ s with low s, over any bytes (SHA-256 inside). */
  readonly sign: (bytes: Uint8Array) => Promise<Uint8Array>;
};

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' } as const;
/** Order n of the P-256 group (FIPS 186-5, SEC 2 section 2.4.2). */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

/** Signatures with high s are refused everywhere, so that each has one text. */
const lowS = (signature: Uint8Array): Uint8Array => {
  const s = BigInt(`0x${toHex(signature.subarray(32))}`);
  if (s <= ORDER >> 1n) return signature;
  const low = (ORDER - s).toString(16).padStart(64, '0');
  return new Uint8Array([...signature.subarray(0, 32), ...unwrap(fromHex(low))]);
};

const sessionOf = (privateKey: CryptoKey, publicKey: Uint8Array): Session => ({
  sessionKey: toHex(publicKey),
  sign: async (bytes) => {
    const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, new Uint8Array(bytes));
    return lowS(new Uint8Array(signature));
  },
});

/** A new session whose key never leaves the platform's key store. */
export const createSession = async (): Promise<Session> => {
  const pair = await crypto.subtle.generateKey(ALGORITHM, false, ['sign', 'verify']);
  const point = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  return sessionOf(pair.privateKey, point);
};

/**
 * The session of a secret key that the caller keeps, e.g. in a file with mode 0600.
 * @param secretKey 32 bytes as 64 hex digits
 */
export const loadSession = async (secretKey: string): Promise<Session> => {
  const d = unwrap(fromHex(secretKey, { bytes: 32, field: 'secretKey' }));
  const { x, y } = sessionKeyOf(d);
  const point = unwrap(fromHex(`04${x.slice(2)}${y.slice(2)}`));
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    d: base64url(d),
    x: base64url(point.subarray(1, 33)),
    y: base64url(point.subarray(33)),
  };
  return sessionOf(await crypto.subtle.importKey('jwk', jwk, ALGORITHM, false, ['sign']), point);
};

/** A secret key for {@link loadSession}. */
export const newSessionSecret = (): string => randomHex(32);

type Unsigned<T> = T extends { readonly type: ActionType }
  ? Omit<T, 'account' | 'chainId' | 'operator' | 'nonce' | 'expiresAt'>
  : never;

/** An action without what {@link signAction} fills in. */
export type ActionBody = Unsigned<Action>;

export type ActionContext = {
  /** EIP-55 address that delegated to the session key, or that a passkey has. */
  readonly account: string;
  readonly chainId: number;
  /** EIP-55 address of the operator it is for: the `issuer.address` of its node. */
  readonly operator: string;
  /** Seconds until the action is void; default 120. */
  readonly expiresInSeconds?: number;
  /** Unix seconds; default the local clock. */
  readonly now?: number;
  /** 16 bytes hex; default random. */
  readonly nonce?: string;
};

export type SignContext = ActionContext & { readonly session: Session };

/** The whole action: whose it is, where it holds, and until when. */
export const completeAction = (body: ActionBody, context: ActionContext): Action => {
  const { account, chainId, operator, expiresInSeconds = 120 } = context;
  const now = context.now ?? Math.floor(Date.now() / 1000);
  const lifetime = Math.min(expiresInSeconds, LIMITS.actionLifetimeSeconds);
  const nonce = context.nonce ?? randomHex(16);
  return { ...body, account, chainId, operator, nonce, expiresAt: now + lifetime } as Action;
};

/** Completes and signs an action; send it with `client.act`, `client.actBatch` or a socket. */
export const signAction = async (body: ActionBody, context: SignContext): Promise<SignedAction> => {
  const { account, session } = context;
  const action = completeAction(body, context);
  const signature = toHex(await session.sign(actionBytes(action)));
  return { action, account, sessionKey: session.sessionKey, signature };
};

export type DelegateOptions = {
  readonly wallet: Wallet;
  readonly session: Session;
  readonly chainId: number;
  /** The ReceiptVerifier that the EIP-712 domain names. */
  readonly receiptVerifier: string;
  /** EIP-55 address of the operator it is for: the `issuer.address` of its node. */
  readonly operator: string;
  /** Comma-separated; default `trade`. */
  readonly scope?: string;
  /** Cumulative net amount the key may move into markets, micro-USD. */
  readonly limitMicroUsd: bigint;
  /** Default one day. */
  readonly expiresInSeconds?: number;
  readonly now?: number;
};

/** A wallet's signed delegation to a session key; send it with `client.delegate`. */
export const signDelegation = async (options: DelegateOptions): Promise<WireDelegation> => {
  const { wallet, session, chainId, receiptVerifier, operator, scope = 'trade', limitMicroUsd } = options;
  const milliseconds = options.now === undefined ? Date.now() : options.now * 1000;
  const expiresAt = Math.floor(milliseconds / 1000) + (options.expiresInSeconds ?? 86_400);
  const message = {
    operator,
    wallet: wallet.address,
    sessionKeyX: `0x${session.sessionKey.slice(2, 66)}`,
    sessionKeyY: `0x${session.sessionKey.slice(66)}`,
    scope,
    limitMicroUsd,
    expiresAt,
    nonce: milliseconds,
  } as const;
  const signature = await wallet.signTyped('Delegation', message, { chainId, verifyingContract: receiptVerifier });
  return {
    operator,
    wallet: wallet.address,
    sessionKey: session.sessionKey,
    scope,
    limitMicroUsd: limitMicroUsd.toString(),
    expiresAt,
    nonce: milliseconds,
    signature,
  };
};
