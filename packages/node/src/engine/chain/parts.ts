/** What every part of the keeper works with. */
import type { Chain, Contracts, Delays, Finality } from '@surety/chain';
import { type Problem, SuretyError } from '@surety/core';
import type { Host } from '../../journal/host.ts';
import type { ChainEvent, ChainState } from '../chain-state.ts';

export type Hex = `0x${string}`;

export type ChainParts = {
  readonly chain: Chain;
  readonly contracts: Contracts;
  readonly delays: Delays;
  /** Address that posts roots and anchors the log. */
  readonly operator: Hex;
  readonly finality: Finality;
  readonly host: Host;
  /** Unix seconds. */
  readonly now: () => number;
  readonly onError: (cause: unknown) => void;
  readonly state: () => Promise<ChainState>;
  /** Whether the journal took the event; one that it knows already is not taken. */
  readonly record: (event: ChainEvent) => Promise<boolean>;
};

export const broken = (problem: Problem): SuretyError => new SuretyError(problem);
