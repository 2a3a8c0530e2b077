/** Public randomness that nobody could know before a time: the hash of the first block after it. */
import type { Chain } from '@surety/chain';
import { broken } from './parts.ts';

/** Steps back from the newest block in search of the first after a time. */
const BEACON_STEPS = 64;

/**
 * Hash of the first block whose time is after `after`: the same whenever it is asked for. A local chain that mines only
 * on demand is made to mine.
 * @throws {SuretyError} `question.too-early` while there is no such block
 */
export const firstBlockAfter = async (chain: Chain, after: number, embedded: boolean): Promise<string> => {
  const late = BigInt(after);
  let found = await chain.reader.getBlock();
  if (found.timestamp <= late && embedded) {
    await chain.reader.request({ method: 'evm_mine' as never, params: [] as never });
    found = await chain.reader.getBlock();
  }
  if (found.timestamp <= late || found.hash === null) {
    throw broken({
      code: 'question.too-early',
      message: 'No block since the close is there yet, so nobody can draw.',
      next: 'Try again when the chain has moved on.',
      field: 'beacon',
      limit: `> ${after}`,
    });
  }
  for (let step = 0; step < BEACON_STEPS && found.number > 0n; step += 1) {
    const before = await chain.reader.getBlock({ blockNumber: found.number - 1n });
    if (before.timestamp <= late) break;
    found = before;
  }
  return found.hash;
};
