/** Making an account of a passkey, and finding it again from another device of its owner. */
import {
  checkRegistration,
  fromHex,
  offerChallenge,
  type Result,
  refuse,
  sha256Hex,
  toHex,
  unwrap,
} from '@surety/core';
import type { NewPasskeyRequest, Passkey } from '@surety/protocol';
import { checkAddressed } from '../addressed.ts';
import type { Context } from '../context.ts';
import { isMade, type PasskeyEvent, type PasskeyState, passkeyStream, unknownPasskey } from './game.ts';

/** Registers a passkey; one that is known already is answered as when it was made. */
export const makePasskey = async (context: Context, request: NewPasskeyRequest): Promise<Result<Passkey>> => {
  const due = checkAddressed(request, context, '');
  if (!due.ok) return due;
  const ceremony = {
    authenticatorData: unwrap(fromHex(request.authenticatorData)),
    clientDataJson: unwrap(fromHex(request.clientDataJson)),
  };
  const made = checkRegistration(ceremony, {
    challenge: offerChallenge(request),
    origin: context.pageOrigin(),
    userVerification: 'required',
  });
  if (!made.ok) return made;
  const { credentialId, account, signCount, backedUp } = made.value;
  const publicKey = toHex(made.value.publicKey);
  const passkeyId = sha256Hex(credentialId);
  const stream = passkeyStream(passkeyId);
  const known = await context.host.state<PasskeyState>(stream);
  if (known.publicKey !== publicKey) {
    const event: PasskeyEvent = { kind: 'made', account, publicKey, signCount, backedUp, at: context.now() };
    const done = await context.host.transact([{ stream, event }]);
    if (!done.ok) return done;
  }
  return { ok: true, value: { passkeyId, account, publicKey } };
};

export const findPasskey = async (context: Context, passkeyId: string): Promise<Result<Passkey>> => {
  const state = await context.host.state<PasskeyState>(passkeyStream(passkeyId));
  if (!isMade(state)) return refuse(unknownPasskey());
  const { account, publicKey } = state;
  return { ok: true, value: { passkeyId, account, publicKey } };
};
