/** Reading anchored log roots. */
import type { Result } from '@surety/core';
import type { Hex } from 'viem';

import { attempt, type Chain } from './client.ts';
import { Anchor } from './generated/index.ts';
import type { Contracts } from './plan.ts';

export type AnchoredRoot = {
  /** 0 when nothing was anchored yet. */
  readonly treeSize: bigint;
  readonly rootHash: Hex;
  /** Unix seconds. */
  readonly anchoredAt: number;
};

/** The newest root of a log; the next anchoring must prove consistency with it. */
export const readAnchored = (
  chain: Chain,
  contracts: Contracts,
  log: { readonly operator: Hex; readonly origin: Hex },
): Promise<Result<AnchoredRoot>> =>
  attempt(chain, async () => {
    const { treeSize, rootHash, anchoredAt } = await chain.reader.readContract({
      abi: Anchor.abi,
      address: contracts.anchor,
      functionName: 'latest',
      args: [log.operator, log.origin],
    });
    return { treeSize, rootHash, anchoredAt: Number(anchoredAt) };
  });

/** The root anchored at exactly `treeSize`, or `undefined`. */
export const readRootAt = (
  chain: Chain,
  contracts: Contracts,
  log: { readonly operator: Hex; readonly origin: Hex },
  treeSize: bigint,
): Promise<Result<Hex | undefined>> =>
  attempt(chain, async () => {
    const root = await chain.reader.readContract({
      abi: Anchor.abi,
      address: contracts.anchor,
      functionName: 'rootAt',
      args: [log.operator, log.origin, treeSize],
    });
    return /^0x0+$/.test(root) ? undefined : root;
  });
