/** Threads that prove: as `--threads` says, else as many as pay. */
import type { ThreadOptions } from '@surety/sdk/proofs';
import { UsageError } from '../refusal.ts';
import type { Values } from '../table.ts';

/** `--threads` of commands that prove. */
export const threadsIn = async ({ threads: given }: Values): Promise<ThreadOptions> => {
  const { MOST_THREADS } = await import('@surety/sdk/proofs');
  const { nodeThreads } = await import('@surety/sdk/threads');
  if (given === undefined) return { pool: nodeThreads };
  const threads = typeof given === 'string' && /^[1-9]\d?$/.test(given) ? Number(given) : 0;
  if (threads >= 1 && threads <= MOST_THREADS) return { pool: nodeThreads, threads };
  throw new UsageError(`--threads cannot be ${given}.`, `Give a number from 1 to ${MOST_THREADS}.`, '--threads');
};
