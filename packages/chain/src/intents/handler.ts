/** How one kind of intent is put on chain, and how one sees that it is there. */
import type { Hex } from 'viem';

import type { Chain } from '../client.ts';
import type { Contracts } from '../plan.ts';
import type { Call } from '../send.ts';

/** Where effects are looked for: at the newest block, or at an older one. */
export type View = {
  readonly chain: Chain;
  readonly contracts: Contracts;
  readonly at: { readonly blockNumber?: bigint };
  /** The address that submits, where the effect depends on it. */
  readonly sender: Hex;
};

export type Handler<I> = {
  readonly call: (intent: I, contracts: Contracts, sender: Hex) => Call;
  /** Whether the intent has taken effect, by whatever transaction. */
  readonly effective: (intent: I, view: View) => Promise<boolean>;
};
