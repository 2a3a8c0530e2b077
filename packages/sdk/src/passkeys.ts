/**
 * Passkeys in a browser: an account without a wallet, a file or a password, which may advise. Every action is a ceremony of
 * its own, confirmed at the device. See `spec/11-protocol.md`, 11.4.
 */
import {
  actionChallenge,
  fromHex,
  offerChallenge,
  ok,
  type Result,
  refuse,
  sha256Hex,
  toHex,
  unwrap,
} from '@surety/core';
import { type AssertedAction, LIMITS, type NewPasskeyRequest } from '@surety/protocol';
import { type ActionBody, type ActionContext, completeAction } from './session.ts';
import { randomHex } from './transport.ts';

/** The part of `navigator.credentials` that is used. */
export type Credentials = Pick<CredentialsContainer, 'create' | 'get'>;

/** COSE's number of ECDSA with SHA-256, on P-256. */
const ES256 = -7;

const hex = (bytes: ArrayBuffer): string => toHex(new Uint8Array(bytes));

const notUsed = (message: string, cause: string): Result<never> =>
  refuse({
    code: 'passkey.not-used',
    message,
    next: 'Try again, and confirm at the device when it asks.',
    value: cause.slice(0, 120),
  });

/** What the ceremony gave, or why it gave nothing: who calls it off is told nothing more by the browser. */
const held = async (ceremony: Promise<Credential | null>): Promise<Result<PublicKeyCredential>> => {
  try {
    const credential = await ceremony;
    return credential === null ? notUsed('No passkey was chosen.', 'null') : ok(credential as PublicKeyCredential);
  } catch (cause) {
    return notUsed('The passkey was not used.', String(cause));
  }
};

/**
 * The id under which a node knows a passkey.
 * @param credentialId lower-case hex
 */
export const passkeyIdOf = (credentialId: string): string => sha256Hex(unwrap(fromHex(credentialId)));

export type OfferContext = {
  readonly chainId: number;
  /** EIP-55 address of the operator: the `issuer.address` of its node. */
  readonly operator: string;
  /** What the device shows beside the passkey. */
  readonly label: string;
};

export type CreatedPasskey = {
  /** Lower-case hex; what the browser knows the passkey by. Not secret. */
  readonly credentialId: string;
  readonly request: NewPasskeyRequest;
};

/**
 * Makes a passkey for the page that this runs on; send its request with `client.makePasskey`. Needs a click before it.
 *
 * Refuses with `passkey.not-used`.
 */
export const createPasskey = async (
  { chainId, operator, label }: OfferContext,
  credentials: Credentials = navigator.credentials,
): Promise<Result<CreatedPasskey>> => {
  const expiresAt = Math.floor(Date.now() / 1_000) + LIMITS.actionLifetimeSeconds;
  const offer = { chainId, operator, nonce: randomHex(16), expiresAt };
  const publicKey: PublicKeyCredentialCreationOptions = {
    challenge: new Uint8Array(offerChallenge(offer)),
    rp: { name: 'Surety' },
    user: { id: crypto.getRandomValues(new Uint8Array(16)), name: label, displayName: label },
    pubKeyCredParams: [{ type: 'public-key', alg: ES256 }],
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    attestation: 'none',
    timeout: LIMITS.actionLifetimeSeconds * 1_000,
  };
  const made = await held(credentials.create({ publicKey }));
  if (!made.ok) return made;
  const response = made.value.response as AuthenticatorAttestationResponse;
  return ok({
    credentialId: hex(made.value.rawId),
    request: {
      ...offer,
      authenticatorData: hex(response.getAuthenticatorData()),
      clientDataJson: hex(response.clientDataJSON),
    },
  });
};

const assertion = (
  challenge: Uint8Array,
  allowed: readonly string[],
  credentials: Credentials,
): Promise<Result<PublicKeyCredential>> =>
  held(
    credentials.get({
      publicKey: {
        challenge: new Uint8Array(challenge),
        allowCredentials: allowed.map((id) => ({ type: 'public-key', id: new Uint8Array(unwrap(fromHex(id))) })),
        userVerification: 'required',
        timeout: LIMITS.actionLifetimeSeconds * 1_000,
      },
    }),
  );

/**
 * Has a passkey chosen that was made before, perhaps on another device, and gives its credential's id; its account is then found
 * by `client.passkey`. What it signs here is random and goes nowhere.
 *
 * Refuses with `passkey.not-used`.
 */
export const choosePasskey = async (credentials: Credentials = navigator.credentials): Promise<Result<string>> => {
  const chosen = await assertion(crypto.getRandomValues(new Uint8Array(32)), [], credentials);
  return chosen.ok ? ok(hex(chosen.value.rawId)) : chosen;
};

/**
 * Has a passkey sign an action; send it with `client.actByPasskey`. Needs a click before it.
 * @param context the passkey's account and credential: the node refuses the signature of another one
 *
 * Refuses with `passkey.not-used`.
 */
export const signWithPasskey = async (
  body: ActionBody,
  context: ActionContext & { readonly credentialId: string },
  credentials: Credentials = navigator.credentials,
): Promise<Result<AssertedAction>> => {
  const lifetime = { expiresInSeconds: LIMITS.actionLifetimeSeconds };
  const action = completeAction(body, { ...lifetime, ...context });
  const signed = await assertion(actionChallenge(action), [context.credentialId], credentials);
  if (!signed.ok) return signed;
  const response = signed.value.response as AuthenticatorAssertionResponse;
  return ok({
    action,
    passkeyId: passkeyIdOf(hex(signed.value.rawId)),
    authenticatorData: hex(response.authenticatorData),
    clientDataJson: hex(response.clientDataJSON),
    signature: hex(response.signature),
  });
};
