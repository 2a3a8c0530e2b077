/** Requests and claims as the Arbiter's structs: arguments of calls, ids, and what a requester signs. */
import { encodeAbiParameters, type Hex, hashTypedData, keccak256 } from 'viem';
import type { PrivateKeyAccount } from 'viem/accounts';
import type { Claim, Request } from './claim.ts';

/** Fields of `Request` in the order of the contract; they are the EIP-712 type as well. */
const REQUEST = [
  { name: 'requester', type: 'address' },
  { name: 'provider', type: 'address' },
  { name: 'program', type: 'bytes32' },
  { name: 'input', type: 'bytes32' },
  { name: 'verifier', type: 'address' },
  { name: 'price', type: 'uint128' },
  { name: 'bond', type: 'uint128' },
  { name: 'deadline', type: 'uint64' },
  { name: 'window', type: 'uint32' },
  { name: 'clock', type: 'uint32' },
  { name: 'premiumPpm', type: 'uint32' },
  { name: 'proofRequired', type: 'bool' },
  { name: 'callback', type: 'address' },
  { name: 'nonce', type: 'uint256' },
] as const;

const CLAIM = [
  { name: 'request', type: 'tuple', components: REQUEST },
  { name: 'provider', type: 'address' },
  { name: 'output', type: 'bytes32' },
  { name: 'trace', type: 'bytes32' },
] as const;

/** A request as viem passes it to the contract. */
export const requestArgument = ({ priceMicroUsd, bondMicroUsd, windowSeconds, clockSeconds, ...request }: Request) => ({
  ...request,
  price: priceMicroUsd,
  bond: bondMicroUsd,
  window: windowSeconds,
  clock: clockSeconds,
});

export type RequestArgument = ReturnType<typeof requestArgument>;

/** A claim as viem passes it to the contract. */
export const claimArgument = (claim: Claim) => ({ ...claim, request: requestArgument(claim.request) });

export type ClaimArgument = ReturnType<typeof claimArgument>;

/** The claim that an event or a call carries. */
export const readClaimArgument = ({ request, provider, output, trace }: ClaimArgument): Claim => {
  const { price, bond, window, clock, ...rest } = request;
  return {
    request: { ...rest, priceMicroUsd: price, bondMicroUsd: bond, windowSeconds: window, clockSeconds: clock },
    provider,
    output,
    trace,
  };
};

/** The id of a claim: it binds chain and contract, so it cannot be replayed elsewhere. */
export const claimIdOf = (claim: Claim, at: { readonly chainId: number; readonly arbiter: Hex }): Hex =>
  keccak256(
    encodeAbiParameters(
      [{ type: 'uint256' }, { type: 'address' }, { type: 'tuple', components: CLAIM }],
      [BigInt(at.chainId), at.arbiter, claimArgument(claim)],
    ),
  );

/** The EIP-712 domain of an Arbiter. */
export type ArbiterDomain = { readonly chainId: number; readonly arbiter: Hex };

export const arbiterDomain = ({ chainId, arbiter }: ArbiterDomain) => ({
  name: 'Surety',
  version: '1',
  chainId,
  verifyingContract: arbiter,
});

/** All that EIP-712 hashes of a request. */
const typedRequest = (request: Request, domain: ArbiterDomain) =>
  ({
    domain: arbiterDomain(domain),
    types: { Request: REQUEST },
    primaryType: 'Request',
    message: requestArgument(request),
  }) as const;

/** The 32 bytes that a requester signs. */
export const requestDigest = (request: Request, domain: ArbiterDomain): Hex =>
  hashTypedData(typedRequest(request, domain));

/** What a requester signs, so that a provider may send the claim. */
export const signRequest = (account: PrivateKeyAccount, request: Request, domain: ArbiterDomain): Promise<Hex> =>
  account.signTypedData(typedRequest(request, domain));
