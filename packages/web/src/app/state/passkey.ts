/**
 * The passkey that this browser advises with. The key lies in the device or with whoever keeps the person's passkeys; here only
 * its names are kept, so that it can be asked for.
 */
import { signal } from '@preact/signals';
import {
  type ActionBody,
  type ActionResult,
  choosePasskey,
  createPasskey,
  ok,
  type Passkey,
  passkeyIdOf,
  type Result,
  refuse,
  signWithPasskey,
} from '@surety/sdk/page';
import { client } from '../client.ts';
import { network, signingNetwork } from './network.ts';
import { forget, keep, recall } from './storage.ts';

export type KeptPasskey = { readonly account: string; readonly credentialId: string };

const KEY = 'passkey';

const parse = (text: string | null): KeptPasskey | null => {
  const [account, credentialId] = text?.split(' ') ?? [];
  return account !== undefined && /^(?:[0-9a-f]{2})+$/.test(credentialId ?? '')
    ? { account, credentialId: credentialId ?? '' }
    : null;
};

export const passkey = signal<KeptPasskey | null>(parse(recall(KEY)));

/** Where passkeys work: `here`, at another address of this node, or not in this browser. */
export const passkeysWork = (): 'here' | 'nowhere' | { readonly at: string } => {
  const loaded = network.value;
  if (typeof PublicKeyCredential === 'undefined' && isSecureContext) return 'nowhere';
  if (loaded.kind !== 'ready' || loaded.value.pageOrigin === location.origin) return 'here';
  return { at: loaded.value.pageOrigin };
};

const use = (credentialId: string, { account }: Passkey): Result<true> => {
  keep(KEY, `${account} ${credentialId}`);
  passkey.value = { account, credentialId };
  return ok(true);
};

/** Makes a passkey and its account. */
export const makePasskey = async (): Promise<Result<true>> => {
  const at = signingNetwork();
  if (!at.ok) return at;
  const label = `Surety adviser, ${new Date().toISOString().slice(0, 10)}`;
  const created = await createPasskey({ ...at.value, label });
  if (!created.ok) return created;
  const made = await client.makePasskey(created.value.request);
  return made.ok ? use(created.value.credentialId, made.value) : made;
};

/** Takes up a passkey that was made before, here or on another device. */
export const findPasskey = async (): Promise<Result<true>> => {
  const chosen = await choosePasskey();
  if (!chosen.ok) return chosen;
  const found = await client.passkey({ passkeyId: passkeyIdOf(chosen.value) });
  return found.ok ? use(chosen.value, found.value) : found;
};

/** Forgets its names here. The passkey itself is deleted where the device keeps its passkeys. */
export const forgetPasskey = (): void => {
  forget(KEY);
  passkey.value = null;
};

/** Has the passkey sign one action, and sends it. */
export const actByPasskey = async (body: ActionBody): Promise<Result<ActionResult>> => {
  const at = signingNetwork();
  if (!at.ok) return at;
  const kept = passkey.value;
  if (kept === null) {
    const message = 'This browser has no passkey for this page.';
    return refuse({ code: 'passkey.not-used', message, next: 'Make one, or choose the one that you have.' });
  }
  const signed = await signWithPasskey(body, { ...at.value, ...kept });
  if (!signed.ok) return signed;
  const sent = await client.actByPasskey(signed.value, { idempotencyKey: signed.value.action.nonce });
  if (sent.ok) return ok(sent.value.result);
  // A node that was erased no longer knows it; the next one is made anew.
  if (sent.problem.code === 'passkey.unknown') forgetPasskey();
  return sent;
};
