/** What the MCP server needs: the same handlers as HTTP, streams for progress, a verifier, and who pays. */
import type { Receipt, Verification } from '@surety/core';
import type { Handlers } from '@surety/protocol';
import type { StreamSource } from '../streams/source.ts';
import type { McpAgent } from './agent.ts';

export type McpOptions = {
  readonly handlers: Handlers;
  readonly streams: StreamSource;
  /** Verifies a receipt against this node's pinned keys; pure and offline. */
  readonly verify: (receipt: Receipt) => Promise<Verification>;
  /** Whose money `ask` and `trade` spend. Without it they answer that nobody pays. */
  readonly agent?: McpAgent;
  readonly version: string;
  /** Address from which the session was opened. */
  readonly remote: string;
};
