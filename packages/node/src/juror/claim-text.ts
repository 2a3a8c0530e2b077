/**
 * The claim behind a case's question, by its digest: a contract names 32 bytes, and a juror has to read words. Published on the
 * chain by whoever asked, or held by a node under the same id; believed only because it hashes to the question.
 */
import { type Chain, readPublished } from '@surety/chain';
import { claimIdOf, concatBytes, decode, from0x, parseClaim, type QuestionClaim } from '@surety/core';

type Hex = `0x${string}`;

export type ClaimText =
  | { readonly kind: 'found'; readonly claim: QuestionClaim; readonly from: 'chain' | 'node' }
  /** Nobody published it where this looks, or it is about something else. */
  | { readonly kind: 'missing'; readonly why: string };

export type ClaimTexts = {
  /** @param outcomes how many the case lists: a claim that lists another number is not what was asked */
  readonly find: (question: Hex, outcomes: number, toBlock: bigint) => Promise<ClaimText>;
};

export type ClaimTextOptions = {
  readonly chain: Chain;
  /** First block that can hold a published text. */
  readonly fromBlock: bigint;
  /** Addresses of nodes that are asked for a market of that id. */
  readonly nodes: readonly string[];
  /** A claim that is held here under that id, or anything else. */
  readonly held?: (id: string) => Promise<unknown>;
};

const TIMEOUT_MS = 5_000;
const MOST_BYTES = 1 << 20;
/** Blocks at the head that are searched again each time: a reorganisation may bring a text to where there was none. */
const AGAIN_BLOCKS = 128n;

/** A body as text, read no further than to the limit; `null` for a longer one. */
const textOf = async ({ body }: Response): Promise<string | null> => {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of body ?? []) {
    bytes += piece.length;
    if (bytes > MOST_BYTES) return null;
    pieces.push(piece);
  }
  return new TextDecoder().decode(concatBytes(...pieces));
};

const fromNode = async (node: string, id: string): Promise<unknown> => {
  try {
    const response = await fetch(`${node.replace(/\/$/, '')}/v1/markets/${id}`, {
      signal: AbortSignal.timeout(TIMEOUT_MS),
      redirect: 'error',
    });
    if (!response.ok) return null;
    const text = await textOf(response);
    return text === null ? null : (JSON.parse(text) as { readonly claim?: unknown }).claim;
  } catch {
    // A node that is away holds nothing just now.
    return null;
  }
};

/** A claim that hashes to the id, or nothing. */
const checked = (value: unknown, id: string): QuestionClaim | null => {
  const parsed = parseClaim(value);
  return parsed.ok && claimIdOf(parsed.value) === id ? parsed.value : null;
};

const fromBytes = (text: Hex, id: string): QuestionClaim | null => {
  const bytes = from0x(text);
  const value = bytes.ok ? decode(bytes.value) : bytes;
  return value.ok ? checked(value.value, id) : null;
};

export const createClaimTexts = ({ chain, fromBlock, nodes, held }: ClaimTextOptions): ClaimTexts => {
  const found = new Map<string, Extract<ClaimText, { readonly kind: 'found' }>>();

  /** Blocks through which there is no claim of a question. */
  const inVain = new Map<string, bigint>();

  /** Months of blocks are searched once, however often it is asked for what nobody publishes. */
  const findOnChain = async (question: Hex, id: string, toBlock: bigint): Promise<QuestionClaim | null> => {
    const through = inVain.get(question);
    if (through === toBlock) return null;
    const first = through === undefined || through > toBlock ? fromBlock : through - AGAIN_BLOCKS;
    const range = { fromBlock: first > fromBlock ? first : fromBlock, toBlock };
    const published = await readPublished(chain, question, range);
    if (!published.ok) return null;
    const claim = published.value === null ? null : fromBytes(published.value, id);
    if (claim === null) inVain.set(question, toBlock);
    return claim;
  };

  const search = async (question: Hex, toBlock: bigint): Promise<ClaimText> => {
    const id = question.slice(2).toLowerCase();
    const onChain = await findOnChain(question, id, toBlock);
    if (onChain !== null) return { kind: 'found', claim: onChain, from: 'chain' };
    const here = held === undefined ? null : checked(await held(id), id);
    if (here !== null) return { kind: 'found', claim: here, from: 'node' };
    for (const node of nodes) {
      const claim = checked(await fromNode(node, id), id);
      if (claim !== null) return { kind: 'found', claim, from: 'node' };
    }
    const places = nodes.length === 0 ? 'on the chain' : `on the chain or at ${nodes.join(', ')}`;
    return { kind: 'missing', why: `Nobody published a claim with the digest ${question} ${places}.` };
  };

  return {
    find: async (question, outcomes, toBlock) => {
      const text = found.get(question) ?? (await search(question, toBlock));
      if (text.kind === 'missing') return text;
      found.set(question, text);
      if (text.claim.outcomes.length === outcomes) return text;
      const why = `The claim lists ${text.claim.outcomes.length} outcomes and the case ${outcomes}: they are not one question.`;
      return { kind: 'missing', why };
    },
  };
};
