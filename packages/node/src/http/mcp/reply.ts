/** Results of MCP tools: the same content as structured data and as text. */

import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import type { Problem } from '@surety/core';

export const answered = (summary: string, structured: Record<string, unknown>): CallToolResult => ({
  content: [{ type: 'text', text: summary }],
  structuredContent: structured,
});

/** A refusal that the model can read and act on; never a protocol error. */
export const refusedTool = (problem: Problem): CallToolResult => ({
  isError: true,
  content: [{ type: 'text', text: `${problem.code}: ${problem.message} ${problem.next}` }],
});
