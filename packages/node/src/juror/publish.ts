/** Publishing what a vote rests on, once it is opened: nodes keep the text under the digest that the vote committed to. */
import type { Problem } from '@surety/core';
import { readingOf } from '@surety/court';
import { groundsPath } from '../chain-court/grounds-store.ts';

const TIMEOUT_MS = 5_000;

const putAt = async (node: string, text: string): Promise<Problem | null> => {
  const url = `${node.replace(/\/$/, '')}${groundsPath(readingOf(text))}`;
  const next = 'The vote counts without it. It is tried again.';
  try {
    const response = await fetch(url, { method: 'PUT', body: text, signal: AbortSignal.timeout(TIMEOUT_MS) });
    await response.body?.cancel();
    if (response.ok) return null;
    const message = `${node} did not store what the vote rests on (status ${response.status}).`;
    return { code: 'http.not-surety', message, next };
  } catch {
    return { code: 'http.unreachable', message: `${node} is not there to store what the vote rests on.`, next };
  }
};

/** @returns what kept it from being stored at the first node that has it not, though others may; `null` where each has it */
export const publishTo =
  (nodes: readonly string[]) =>
  async (text: string): Promise<Problem | null> => {
    const problems = await Promise.all(nodes.map((node) => putAt(node, text)));
    return problems.find((problem) => problem !== null) ?? null;
  };

/** The same for a person's own vote, who is told too where no node is known. */
export const publishOwn = async (nodes: readonly string[], text: string): Promise<Problem | null> => {
  if (nodes.length > 0) return publishTo(nodes)(text);
  const next = 'The vote counts without it. Name one with --url, and run it again.';
  return { code: 'http.unreachable', message: 'No node is known that shows why you voted so.', next };
};
