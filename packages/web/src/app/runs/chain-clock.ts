/** The chain's time on the page: what the node said, and what has passed since. */
import { chainTime, type RunChain } from '@surety/sdk/page';
import { useRef } from 'preact/hooks';
import { now } from '../state/clock.ts';

/** Ticks once a second. Starts anew whenever the node says a time again. */
export const useChainNow = (chain: Pick<RunChain, 'now'>): number => {
  const heard = useRef({ chain, at: now.value });
  if (heard.current.chain !== chain) heard.current = { chain, at: now.value };
  return chainTime(chain, now.value - heard.current.at);
};
