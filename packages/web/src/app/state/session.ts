/**
 * The session key: a P-256 key of this browser that the wallet lets trade, contest, judge and advise, up to a limit and until an end,
 * so that a trade or a vote needs no wallet.
 */
import { signal } from '@preact/signals';
import {
  type ActionBody,
  type ActionResult,
  loadSession,
  newSessionSecret,
  ok,
  type Result,
  signAction,
  signDelegation,
} from '@surety/sdk/page';
import { client } from '../client.ts';
import { signingNetwork } from './network.ts';
import { forget, keep, recall } from './storage.ts';
import { ensureWallet } from './wallet.ts';

/** What is remembered of a delegated key. */
export type KeptSession = {
  readonly account: string;
  readonly secret: string;
  readonly limitMicroUsd: string;
  readonly expiresAt: number;
};

const KEY = 'session-key';
/** Trade, contest answers, judge, advise. */
const SCOPE = 'trade,challenge,judge,advise';
const LIMIT_MICRO_USD = 100_000_000n;
const LIFE_SECONDS = 7 * 86_400;
/** A key that ends within this time is replaced before it is used. */
const MARGIN_SECONDS = 120;

const parse = (text: string | null): KeptSession | null => {
  const [account, secret, limitMicroUsd, end] = text?.split(' ') ?? [];
  if (
    account === undefined ||
    limitMicroUsd === undefined ||
    !/^[0-9a-f]{64}$/.test(secret ?? '') ||
    !/^\d+$/.test(end ?? '')
  )
    return null;
  return { account, secret: secret ?? '', limitMicroUsd, expiresAt: Number(end) };
};

export const session = signal<KeptSession | null>(parse(recall(KEY)));

/** Forgets the key in this browser. The node honours it until it expires, which is why the account view says so. */
export const forgetSession = (): void => {
  forget(KEY);
  session.value = null;
};

const delegate = async (): Promise<Result<KeptSession>> => {
  const wallet = ensureWallet();
  const network = signingNetwork();
  if (!network.ok) return network;
  const secret = newSessionSecret();
  const delegation = await signDelegation({
    wallet,
    session: await loadSession(secret),
    ...network.value,
    scope: SCOPE,
    limitMicroUsd: LIMIT_MICRO_USD,
    expiresInSeconds: LIFE_SECONDS,
  });
  const accepted = await client.delegate(delegation);
  if (!accepted.ok) return accepted;
  const { limitMicroUsd, expiresAt } = delegation;
  keep(KEY, [wallet.address, secret, limitMicroUsd, expiresAt].join(' '));
  session.value = { account: wallet.address, secret, limitMicroUsd, expiresAt };
  return ok(session.value);
};

const ensureSession = async (): Promise<Result<KeptSession>> => {
  const known = session.value;
  const fresh =
    known !== null && known.account === ensureWallet().address && known.expiresAt > Date.now() / 1000 + MARGIN_SECONDS;
  return fresh ? ok(known) : delegate();
};

/** Signs one action with the session key, which is delegated first if need be, and sends it. */
export const act = async (body: ActionBody): Promise<Result<ActionResult>> => {
  const kept = await ensureSession();
  if (!kept.ok) return kept;
  const network = signingNetwork();
  if (!network.ok) return network;
  const { account, secret } = kept.value;
  const signed = await signAction(body, { ...network.value, account, session: await loadSession(secret) });
  const sent = await client.act(signed, { idempotencyKey: signed.action.nonce });
  if (sent.ok) return ok(sent.value.result);
  // A node that was erased no longer knows the key; the next attempt delegates a new one.
  if (sent.problem.code.startsWith('session.') || sent.problem.code.startsWith('delegation.')) forgetSession();
  return sent;
};
