/** Anchoring the log's newest root when it has grown and the last anchoring is final. */
import { encodeIntent, originHash, readAnchored } from '@surety/chain';
import { to0x, unwrap } from '@surety/core';
import { kindOf } from '../chain-state.ts';
import type { ReceiptLog } from '../log.ts';
import type { ChainParts } from './parts.ts';

/** Journals the next anchoring; `pursue` sends it. Consistency starts from what the chain holds, not from memory. */
export const intendAnchor = async (parts: ChainParts, log: ReceiptLog): Promise<void> => {
  const { chain, contracts, operator, record, state } = parts;
  const { intents, refusals } = await state();
  if (intents.some((each) => !each.final && kindOf(each) === 'anchor')) return;
  const { size, root } = await log.checkpoint();
  const origin = originHash(log.origin);
  const from = Number(unwrap(await readAnchored(chain, contracts, { operator, origin })).treeSize);
  const id = `anchor/${from}-${size}`;
  // A log that the contract takes for forked is offered once for each size: nothing but growth could change its mind.
  if (size <= from || refusals.some((each) => each.id === id)) return;
  const proof = from === 0 ? [] : await log.consistency(from, size);
  const intent = encodeIntent({
    kind: 'anchor',
    origin,
    treeSize: BigInt(size),
    rootHash: to0x(root),
    consistency: proof.map((hash) => to0x(Buffer.from(hash, 'base64'))),
  });
  await record({ kind: 'intended', id, intent });
};
