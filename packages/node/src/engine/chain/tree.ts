/** The sum tree of journalled leaves. */
import { buildSumTree, type SumLeaf, type SumTree, ZERO_32 } from '@surety/chain';
import { unwrap } from '@surety/core';
import type { LeafJson } from '../chain-state.ts';
import type { Hex } from './parts.ts';

const leafOf = ({ account, authorised, withdrawn, cash, positions }: LeafJson): SumLeaf => ({
  account: account as Hex,
  authorisedMicroUsd: BigInt(authorised),
  withdrawnMicroUsd: BigInt(withdrawn),
  cashMicroUsd: BigInt(cash),
  positionsMicroUsd: BigInt(positions),
  positionsCommitment: ZERO_32,
});

/** @throws {SuretyError} `settlement.*` where the leaves make no tree, which would be a bug of the ledger */
export const treeOf = (leaves: readonly LeafJson[]): SumTree => unwrap(buildSumTree(leaves.map(leafOf)));
