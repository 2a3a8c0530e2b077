/** The tool `verify`: the four links of a receipt, each with what it proves, assumes and does not prove. */

import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { allFindings, type Receipt } from '@surety/core';
import type { RouteContext } from '@surety/protocol';
import { receipt } from '@surety/protocol';
import * as z from 'zod';
import type { McpOptions } from './options.ts';
import { answered, refusedTool } from './reply.ts';

export const verifyInput = {
  receipt: receipt.optional().describe('The receipt itself.'),
  receiptId: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional()
    .describe('Or the id of one that this node issued.'),
};

export const verifyOutput = {
  verdict: z.string(),
  trusted: z.boolean(),
  pinnedTo: z.string(),
  problems: z.array(z.string()),
  findings: z.array(
    z.object({
      link: z.string(),
      holds: z.string(),
      summary: z.string(),
      proves: z.array(z.string()),
      assumes: z.array(z.string()),
      doesNotProve: z.array(z.string()),
    }),
  ),
};

export type VerifyInput = { readonly receipt?: Receipt | undefined; readonly receiptId?: string | undefined };

const PINNED = "this node's own keys: it shows that this node issued the receipt, not that the node is honest";

export const verifyTool = async (
  input: VerifyInput,
  options: McpOptions,
  context: RouteContext,
): Promise<CallToolResult> => {
  let subject = input.receipt;
  if (subject === undefined && input.receiptId !== undefined) {
    const found = await options.handlers.receipt(
      { params: { receiptId: input.receiptId }, query: undefined, body: undefined },
      context,
    );
    if (!found.ok) return refusedTool(found.problem);
    subject = found.value;
  }
  if (subject === undefined) {
    const next = 'Send `receipt` or `receiptId`.';
    return refusedTool({
      code: 'input.missing-field',
      message: 'There is no receipt to verify.',
      next,
      field: 'receipt',
    });
  }
  const verification = await options.verify(subject);
  const findings = allFindings(verification).map((finding) => ({
    link: finding.link,
    holds: finding.holds,
    summary: finding.summary,
    proves: finding.proves.map(({ property, of }) => `${property} of ${of}`),
    assumes: finding.assumes,
    doesNotProve: finding.doesNotProve,
  }));
  const problems = verification.problems.map(({ code, message }) => `${code}: ${message}`);
  return answered(`${verification.verdict} (pinned to ${PINNED}). ${verification.sayings.join(' ')}`, {
    verdict: verification.verdict,
    trusted: verification.verdict === 'trusted',
    pinnedTo: PINNED,
    problems,
    findings,
  });
};
