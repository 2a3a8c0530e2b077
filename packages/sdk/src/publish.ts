/** Publishing models: files go to the node in parts, then the publisher signs what it commits to (spec 13). */
import { type ModelCommitment, type Problem, SuretyError } from '@surety/core';
import type { ActionResult, FileKind } from '@surety/protocol';
import type { OpenAccount } from './account.ts';
import type { Client } from './client.ts';
import { problemOfBody } from './transport.ts';

/** Bytes that are read where they lie, part by part. */
export type Bytes = {
  readonly size: number;
  readonly read: (offset: number, length: number) => Uint8Array | Promise<Uint8Array>;
};

export type StoreOptions = {
  readonly kind: FileKind;
  /** Id of the file, which the node recomputes. */
  readonly id: string;
  readonly file: Bytes;
  /** Told how many bytes are there. */
  readonly onProgress?: (received: number) => void;
  readonly signal?: AbortSignal;
};

/** How often a broken connection is taken up again. */
const ATTEMPTS = 5;

type Stored = Extract<ActionResult, { kind: 'store' }>;

const lost = (url: string, cause: unknown): SuretyError => {
  const problem: Problem = {
    code: 'http.unreachable',
    message: `The connection to ${url} broke while a file was sent.`,
    next: 'Send it again: it goes on where it stopped.',
  };
  return new SuretyError(problem, { cause });
};

const sendPart = async (
  url: string,
  part: Uint8Array,
  signal: AbortSignal | undefined,
): Promise<{ received: number; stored: boolean }> => {
  let response: Response;
  let body: string;
  try {
    response = await fetch(url, {
      method: 'PUT',
      body: new Uint8Array(part),
      headers: { 'content-type': 'application/octet-stream' },
      ...(signal && { signal }),
    });
    body = await response.text();
  } catch (cause) {
    throw lost(url, cause);
  }
  if (!response.ok) throw new SuretyError(problemOfBody(response.status, body));
  return JSON.parse(body) as { received: number; stored: boolean };
};

/**
 * Stores a file at the node, going on where an earlier attempt stopped; nothing is sent of what is there already.
 * @throws {SuretyError} `file.*`, `input.too-large`, or the problem that the node found in the bytes
 */
export const storeFile = async (client: Client, account: OpenAccount, options: StoreOptions): Promise<void> => {
  const { kind, id, file, onProgress, signal } = options;
  const announce = async (): Promise<Stored> =>
    (await account.act({ type: 'surety/action/store/v1', kind, id, bytes: file.size })) as Stored;
  for (let attempt = 1; ; attempt += 1) {
    const { stored, received, partBytes } = await announce();
    try {
      for (let [offset, done] = [received, stored]; !done; ) {
        onProgress?.(offset);
        const part = await file.read(offset, Math.min(partBytes, file.size - offset));
        const answer = await sendPart(`${client.url}/v1/${kind}/${id}?offset=${offset}`, part, signal);
        [offset, done] = [answer.received, answer.stored];
      }
      onProgress?.(file.size);
      return;
    } catch (error) {
      const again = error instanceof SuretyError && error.code === 'http.unreachable';
      if (!again || attempt >= ATTEMPTS || signal?.aborted) throw error;
    }
  }
};

export type PublishModel = {
  readonly name: string;
  readonly commitment: ModelCommitment;
  /** Unix seconds; `null` if and only if the program is open. */
  readonly revealBy: number | null;
  readonly bondMicroUsd: bigint;
  readonly probes?: string;
  readonly bundle?: string;
};

type Published = Extract<ActionResult, { kind: 'publish' }>;
type Revealed = Extract<ActionResult, { kind: 'reveal' }>;

/** Publishes a version of a model; its files are stored before. The session needs the scope `publish`. */
export const publishModel = async (account: OpenAccount, model: PublishModel): Promise<Published> => {
  const { name, commitment, revealBy, bondMicroUsd, probes, bundle } = model;
  const done = await account.act({
    type: 'surety/action/publish/v1',
    name,
    commitment,
    revealBy,
    bondMicroUsd: bondMicroUsd.toString(),
    probes: probes ?? null,
    bundle: bundle ?? null,
    delegation: account.delegation,
  });
  return done as Published;
};

/** Reveals a hidden version; its program is stored before. */
export const revealModel = async (
  account: OpenAccount,
  reveal: { readonly publicationId: string; readonly program: string; readonly salt: string },
): Promise<Revealed> => (await account.act({ type: 'surety/action/reveal/v1', ...reveal })) as Revealed;
