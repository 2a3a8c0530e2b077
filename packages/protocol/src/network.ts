/** What a node says of itself, its network and the keys it uses. */
import * as z from 'zod';
import { address, chainId, json, microUsd, seconds, sessionKey } from './scalars.ts';
import type { Wire } from './wire.ts';

export const environment = z.enum(['development', 'production']);

export const health = z.strictObject({
  status: z.enum(['ok', 'degraded']),
  environment,
  chainId,
  version: z.string(),
  journal: z.record(z.string(), json),
  chain: z.record(z.string(), json),
});
export type Health = Wire<typeof health>;

export const network = z.strictObject({
  environment,
  chainId,
  contracts: z.strictObject({ dollar: address, settlement: address, anchor: address, receiptVerifier: address }),
  receiptVerifier: address,
  /** The operator: whom everything that is sent to this node must be signed for. */
  issuer: z.strictObject({ address, dsseKey: z.string() }),
  log: z.strictObject({ origin: z.string(), publicKey: z.string() }),
  /** What `surety verify --trust` pins. Taken from the node itself it shows consistency, not trust. */
  trust: json,
  faucet: z.boolean(),
  /** Where people open the page, e.g. `https://court.example`: passkeys work there alone. */
  pageOrigin: z.string(),
  /** How this node tells of cases: by web push under this key (P-256), by mail, or not. */
  notices: z.strictObject({ pushKey: sessionKey.nullable(), mail: z.boolean() }),
  assumes: z.array(z.string()),
  defaults: z.strictObject({ budgetMicroUsd: microUsd, closeSeconds: seconds }),
});
export type NetworkInfo = Wire<typeof network>;
