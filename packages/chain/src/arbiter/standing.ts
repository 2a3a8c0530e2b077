/** Whether a signed request can still be answered: what the Arbiter would find if somebody claimed it now. */
import { ERRORS, from0x, ok, type Result, recoverDigest, unwrap } from '@surety/core';
import { encodeFunctionData, type Hex, isAddressEqual, parseAbi } from 'viem';
import { attempt, type Chain } from '../client.ts';
import { Arbiter } from '../generated/index.ts';
import type { Contracts } from '../plan.ts';
import type { Request } from './claim.ts';
import { requestDigest } from './request.ts';

const ERC1271 = parseAbi(['function isValidSignature(bytes32 hash, bytes signature) view returns (bytes4)']);
/** What a contract returns that stands to a signature. */
const STANDS = '0x1626ba7e'.padEnd(66, '0');

/** As the contract's `SignatureChecker`: an account without code signs with its key, one with code is asked (EIP-1271). */
const isSigned = async (chain: Chain, requester: Hex, digest: Hex, signature: Hex): Promise<Result<boolean>> => {
  const code = await attempt(chain, () => chain.reader.getCode({ address: requester }));
  if (!code.ok) return code;
  if (code.value === undefined || code.value === '0x') {
    const signer = recoverDigest(unwrap(from0x(digest)), signature);
    return ok(signer.ok && isAddressEqual(signer.value as Hex, requester));
  }
  const data = encodeFunctionData({ abi: ERC1271, functionName: 'isValidSignature', args: [digest, signature] });
  const asked = await attempt(chain, () => chain.reader.call({ to: requester, data }));
  if (asked.ok) return ok(asked.value.data?.slice(0, 66) === STANDS);
  // A contract that refuses, in whatever words, has not signed.
  return ERRORS[asked.problem.code].retryable ? asked : ok(false);
};

export type RequestStanding = {
  readonly signed: boolean;
  /** It was answered or taken back. */
  readonly used: boolean;
  /** What the requester has in the Arbiter, out of which the price is locked. */
  readonly balanceMicroUsd: bigint;
  /** The chain's time, unix seconds: that of the next block so far as it says. */
  readonly now: number;
};

/** Whether a nonce of a requester was used: by a claim, or by taking the request back. */
export const readNonceUsed = (
  chain: Chain,
  { arbiter }: Pick<Contracts, 'arbiter'>,
  { requester, nonce }: Pick<Request, 'requester' | 'nonce'>,
): Promise<Result<boolean>> =>
  attempt(chain, () =>
    chain.reader.readContract({
      abi: Arbiter.abi,
      address: arbiter,
      functionName: 'nonceUsed',
      args: [requester, nonce],
    }),
  );

/** The time that the next block will have at least, unix seconds. */
export const readChainTime = (chain: Chain): Promise<Result<number>> =>
  attempt(chain, async () => Number((await chain.reader.getBlock({ blockTag: 'pending' })).timestamp));

/** How a request stands at the newest block. */
export const readRequest = async (
  chain: Chain,
  { arbiter }: Pick<Contracts, 'arbiter'>,
  request: Request,
  signature: Hex,
): Promise<Result<RequestStanding>> => {
  const { requester } = request;
  const digest = requestDigest(request, { chainId: chain.chainId, arbiter });
  const signed = await isSigned(chain, requester, digest, signature);
  if (!signed.ok) return signed;
  const used = await readNonceUsed(chain, { arbiter }, request);
  if (!used.ok) return used;
  const balance = await attempt(chain, () =>
    chain.reader.readContract({ abi: Arbiter.abi, address: arbiter, functionName: 'balanceOf', args: [requester] }),
  );
  if (!balance.ok) return balance;
  const now = await readChainTime(chain);
  if (!now.ok) return now;
  return ok({ signed: signed.value, used: used.value, balanceMicroUsd: balance.value, now: now.value });
};
