/** What a route says of a run by a proof alone: asked of the contract before anything is paid. */
import type { Result } from '@surety/core';
import type { Hex } from 'viem';
import { attempt, type Chain } from '../client.ts';
import { ProofVerifier } from '../generated/index.ts';

/** A run in the words of its route: spec 14.2. */
export type RouteRun = { readonly program: Hex; readonly input: Hex; readonly output: Hex; readonly trace: Hex };

/** `IExecutionVerifier.Holds`, in its order. */
const HOLDS = ['not-shown', 'shown', 'refuted', 'doubted'] as const;

export type RouteSays = {
  readonly holds: (typeof HOLDS)[number];
  /** Of the call, calldata included: a little less than `prove` of the Arbiter takes. */
  readonly gas: bigint;
};

const NO_RECORD: Hex = `0x${'0'.repeat(64)}`;

/** Asks a route without a question; what it reverts with is a problem. */
export const askRoute = (chain: Chain, verifier: Hex, run: RouteRun, proof: Hex): Promise<Result<RouteSays>> =>
  attempt(chain, async () => {
    const call = {
      abi: ProofVerifier.abi,
      address: verifier,
      functionName: 'verify',
      args: [run, '0x', NO_RECORD, proof],
    } as const;
    const [holds] = await chain.reader.readContract(call);
    return { holds: HOLDS[holds] ?? 'not-shown', gas: await chain.reader.estimateContractGas(call) };
  });
