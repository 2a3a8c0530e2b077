/** Texts of claims that contracts published as events (`CourtConsumer.ClaimPublished`). */
import type { Result } from '@surety/core';
import { decodeEventLog, type Hex, parseAbi, sha256, toEventSelector } from 'viem';
import { attempt, type Chain } from '../client.ts';
import { readLogs } from '../log-book.ts';

const abi = parseAbi(['event ClaimPublished(bytes32 indexed question, bytes claim)']);

/** First topic of the event. */
export const CLAIM_PUBLISHED: Hex = toEventSelector(abi[0]);

/**
 * The text whose SHA-256 is the question, whichever contract published it: the digest says that it is the right one.
 * @returns `null` where nobody did since `fromBlock`
 */
export const readPublished = (
  chain: Chain,
  question: Hex,
  { fromBlock, toBlock }: { readonly fromBlock: bigint; readonly toBlock: bigint },
): Promise<Result<Hex | null>> =>
  attempt(chain, async () => {
    const topics = [CLAIM_PUBLISHED, question] as const;
    for (const { data } of await readLogs(chain, { topics }, fromBlock, toBlock)) {
      try {
        const { claim } = decodeEventLog({ abi, topics: [...topics], data }).args;
        if (sha256(claim) === question.toLowerCase()) return claim;
      } catch {
        // Anybody may emit an event of that name with other data.
      }
    }
    return null;
  });
