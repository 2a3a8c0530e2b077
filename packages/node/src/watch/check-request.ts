/** Whether somebody's signed request can be answered here: every refusal comes before anything is run, locked or posted. */
import { type Chain, type Contracts, type DeployedTerms, NOBODY, readRequest } from '@surety/chain';
import { formatDollars, ok, type Problem, type Result, refuse } from '@surety/core';
import type { SignedRequest } from './request-file.ts';
import { same } from './sides.ts';
import { checkTerms } from './terms.ts';

type Hex = `0x${string}`;

const ASK_AGAIN = 'Ask the requester for a new request.';

const refusal = (
  code: Problem['code'],
  field: string,
  message: string,
  next: string,
  more: { readonly value?: string; readonly limit?: string } = {},
): Result<never> => refuse({ code, message, next, field, ...more });

/** Money is sent to the Arbiter, and the route judges about it: both are the own choice, never the file's. */
const checkPlaces = ({ chainId, arbiter, request, prove }: SignedRequest, chain: Chain, contracts: Contracts) => {
  if (chainId !== chain.chainId)
    return refusal(
      'chain.wrong-chain',
      'chainId',
      `The request is for chain ${chainId}; this is chain ${chain.chainId}.`,
      'Name the RPC address of that chain (--rpc-url).',
      { value: String(chainId), limit: String(chain.chainId) },
    );
  const { tensorVerifier, proofVerifier, proofStepVerifier } = contracts;
  const isWhole = same(request.verifier, proofVerifier);
  const places: readonly (readonly [option: string, name: string, wanted: Hex, own: Hex])[] = [
    ['arbiter', 'Arbiter', arbiter, contracts.arbiter],
    prove === 'optimistic'
      ? ['verifier', 'route', request.verifier, tensorVerifier]
      : ['step-verifier', 'route', request.verifier, isWhole ? proofVerifier : proofStepVerifier],
  ];
  for (const [option, name, wanted, own] of places)
    if (!same(wanted, own))
      return refusal(
        'arbiter.request-differs',
        option,
        `The request names the ${name} ${wanted}, which is not the one used here.`,
        `Only if you know that contract to be good, name it: --${option} ${wanted}.`,
        { value: wanted, limit: own },
      );
  return ok(undefined);
};

/** Only where a contract checks whole proofs is anything proved at once: elsewhere a request that needs that would never be paid. */
const checkProof = ({ request }: SignedRequest, { proofVerifier }: Contracts): Result<void> =>
  request.proofRequired && !same(request.verifier, proofVerifier)
    ? refusal(
        'route.unavailable',
        'proofRequired',
        'The request pays only for a proof on the chain, and its route takes none.',
        'Ask the requester for a request without "proofRequired".',
      )
    : ok(undefined);

/** As for own terms, but that somebody else has to change them. */
const checkTermsOf = ({ request }: SignedRequest, terms: DeployedTerms): Result<void> => {
  const checked = checkTerms(request, terms);
  if (checked.ok) return checked;
  const { problem } = checked;
  return refuse({ ...problem, field: (problem.field ?? '').replace(/^--/, ''), next: ASK_AGAIN });
};

const dateOf = (seconds: bigint | number): string =>
  new Date(Number(seconds) * 1_000).toISOString().slice(0, 19).concat('Z');

const checkOnChain = async (signed: SignedRequest, chain: Chain, contracts: Contracts, me: Hex) => {
  const { request, signature } = signed;
  const { requester, provider, deadline, priceMicroUsd } = request;
  if (!same(provider, NOBODY) && !same(provider, me))
    return refusal(
      'arbiter.request-for-another',
      'provider',
      `The request names the provider ${provider}; your key is ${me}.`,
      'Use the key of that address (--key), or ask the requester for a request to yours.',
      { value: me, limit: provider },
    );
  const standing = await readRequest(chain, contracts, request, signature);
  if (!standing.ok) return standing;
  const { signed: isSigned, used, balanceMicroUsd, now } = standing.value;
  // The Arbiter asks nobody to sign what he sends himself.
  if (!isSigned && !same(requester, me))
    return refusal(
      'signature.wrong-signer',
      'signature',
      `The request is not signed by its requester ${requester}: what was signed, or who signed it, differs.`,
      'Ask the requester for the file as it was signed, with every amount and time as they are in it.',
    );
  if (used)
    return refusal(
      'action.replayed',
      'nonce',
      'The request was answered before, or its requester took it back.',
      `See "surety claims", or ask for another one: each is answered once.`,
    );
  if (BigInt(now) > deadline)
    return refusal(
      'arbiter.request-expired',
      'deadline',
      `The request could be answered until ${dateOf(deadline)}; on the chain it is ${dateOf(now)}.`,
      ASK_AGAIN,
      { value: dateOf(now), limit: dateOf(deadline) },
    );
  if (balanceMicroUsd < priceMicroUsd && !same(requester, me))
    return refusal(
      'account.insufficient-funds',
      'price',
      `The requester ${requester} has ${formatDollars(balanceMicroUsd)} in the Arbiter; the price is ${formatDollars(priceMicroUsd)}.`,
      'Ask the requester to deposit it: nothing was run or paid.',
      { value: formatDollars(balanceMicroUsd), limit: formatDollars(priceMicroUsd) },
    );
  return ok(undefined);
};

/**
 * Checks a request for the provider `me`: chain, contracts, terms, named provider, signature, one use, deadline, and that the
 * price is there. Problems: `chain.wrong-chain`, `arbiter.request-differs`, `route.unavailable`, `input.out-of-range`,
 * `arbiter.request-for-another`, `signature.wrong-signer`, `action.replayed`, `arbiter.request-expired`,
 * `account.insufficient-funds`, and what the chain refuses
 */
export const checkRequest = async (
  signed: SignedRequest,
  by: { readonly chain: Chain; readonly contracts: Contracts; readonly terms: DeployedTerms; readonly me: Hex },
): Promise<Result<void>> => {
  const places = checkPlaces(signed, by.chain, by.contracts);
  if (!places.ok) return places;
  const proof = checkProof(signed, by.contracts);
  if (!proof.ok) return proof;
  const terms = checkTermsOf(signed, by.terms);
  return terms.ok ? checkOnChain(signed, by.chain, by.contracts, by.me) : terms;
};
