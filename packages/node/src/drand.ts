/** Rounds of drand from a relay, verified against the network's key: the relay can be late, and nothing else. */
import { QUICKNET, roundAt, verifyDrand } from '@surety/court/drand';
import type { NodeConfig } from './config.ts';

const TIMEOUT_MS = 3_000;
/** Bytes of a relay's answer. */
const MOST_BYTES = 4_096;

type Options = {
  readonly mode: NodeConfig['network'];
  readonly url: string;
  readonly onError: (cause: unknown) => void;
};

/** A round that the network's key signed. */
export type VerifiedRound = { readonly randomness: string; readonly signature: string };

/** Fetches the first round at or after a moment; `null` where it cannot be had. */
export const drandRounds =
  ({ mode, url, onError }: Options) =>
  async (at: number): Promise<VerifiedRound | null> => {
    if (mode === 'off') return null;
    const round = roundAt(QUICKNET, at);
    try {
      const response = await fetch(`${url}/${QUICKNET.chainHash}/public/${round}`, {
        signal: AbortSignal.timeout(TIMEOUT_MS),
        redirect: 'error',
      });
      // A round that is not out yet is no error.
      if (!response.ok) return null;
      const text = (await response.text()).slice(0, MOST_BYTES);
      const signature = String((JSON.parse(text) as { readonly signature?: unknown }).signature);
      const verified = verifyDrand(QUICKNET, { round, signature });
      if (verified.ok) return { randomness: verified.value, signature };
      onError(verified.problem);
    } catch {
      // Without a network there is no such beacon, and the chain's is taken later.
    }
    return null;
  };

/** As {@link drandRounds}, the randomness alone: 32 bytes of 0x-hex. */
export const drandFrom = (options: Options) => {
  const rounds = drandRounds(options);
  return async (at: number): Promise<string | null> => (await rounds(at))?.randomness ?? null;
};
