/** The envelope's Ed25519 signature over the statement. */

import { verifyDsse } from '../../dsse.ts';
import type { Receipt } from '../../receipt.ts';
import { PAYLOAD_TYPE } from '../../receipt-build.ts';
import { broken, type Check, checkOf } from '../check.ts';

export const checkEnvelope = (receipt: Receipt, payload: Uint8Array): Check => {
  const [signature] = receipt.envelope.signatures;
  const verified = verifyDsse(PAYLOAD_TYPE, payload, signature);
  if (!verified.ok) return broken('envelope', verified.problem);
  return checkOf('envelope', {
    holds: 'shown',
    summary: `The statement is signed by the Ed25519 key ${signature.keyid}.`,
    proves: [
      { property: 'integrity', of: 'the statement: no byte of it was changed since it was signed' },
      { property: 'authenticity', of: `the statement: the key ${signature.keyid} signed it` },
    ],
    doesNotProve: ['whose key it is: see the issuer', 'that what the statement says is so'],
  });
};
