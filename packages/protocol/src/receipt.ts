/** Receipts on the wire, sealed; what is inside the envelope is checked by the verifier, not by the transport. */
import * as z from 'zod';
import { address, label, sentence, walletSignature } from './scalars.ts';

const base64 = z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/);

export const receiptStatus = z.enum(['provisional', 'final', 'superseded', 'overturned']);

export const decidedBy = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('market') }),
  z.strictObject({
    kind: z.literal('panel'),
    votesFor: z.int().min(0),
    votesAgainst: z.int().min(0),
    abstained: z.int().min(0),
    audited: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('official'), source: label }),
  z.strictObject({ kind: z.literal('people'), note: sentence }),
  z.strictObject({
    kind: z.literal('court'),
    round: z.int().min(1).max(4),
    jurors: z.enum(['ai', 'people']),
    said: z.enum(['outcome', 'undecidable', 'too-early', 'invalid']),
    votesFor: z.int().min(0),
    votesAgainst: z.int().min(0),
    silent: z.int().min(0),
  }),
  z.strictObject({ kind: z.literal('undecided'), reason: sentence }),
]);

export const receipt = z.strictObject({
  type: z.literal('surety/receipt/v1'),
  envelope: z.strictObject({
    payloadType: z.literal('application/vnd.in-toto+json'),
    payload: base64,
    signatures: z.tuple([z.strictObject({ keyid: label, sig: base64 })]),
  }),
  eip712: z.strictObject({ issuer: address, signature: walletSignature }),
  log: z.strictObject({
    index: z.int().min(0),
    inclusion: z.array(base64).max(64),
    checkpoint: z.string().min(1).max(16_384),
  }),
});
