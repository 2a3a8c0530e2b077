/**
 * The keys this browser believes in. The node's own keys are pinned the first time it is visited; from then on
 * another answer of the node is shown and not followed, until the reader says so.
 */
import { signal } from '@preact/signals';
import { ok, type Result } from '@surety/sdk/page';
import { idOf, readTrust, type Trust } from '@surety/sdk/page-verify';
import { network } from './network.ts';
import { keep, recall } from './storage.ts';

export type Pinned = {
  readonly trust: Trust;
  /** Where the keys came from: this node when first visited, or a file that the reader gave. */
  readonly from: 'node' | 'file';
  /** Unix seconds. */
  readonly since: number;
};

const KEY = 'trust';

const read = (): Pinned | null => {
  try {
    const value = JSON.parse(recall(KEY) ?? 'null') as { trust?: unknown; from?: unknown; since?: unknown } | null;
    const trust = readTrust(value?.trust);
    if (!trust.ok || typeof value?.since !== 'number') return null;
    return { trust: trust.value, from: value.from === 'file' ? 'file' : 'node', since: value.since };
  } catch {
    return null;
  }
};

export const pinned = signal<Pinned | null>(read());

/** Believes in these keys from now on. */
export const pin = (trust: Trust, from: Pinned['from']): void => {
  pinned.value = { trust, from, since: Math.floor(Date.now() / 1000) };
  keep(KEY, JSON.stringify(pinned.value));
};

/** The keys that the node names now, if it answers. */
export const trustOfNode = (): Result<Trust> | null => {
  const loaded = network.value;
  return loaded.kind === 'ready' ? readTrust(loaded.value.trust) : null;
};

/** Pins what the node says on the first visit. */
export const pinOnFirstVisit = (): void => {
  const offered = trustOfNode();
  if (pinned.value === null && offered?.ok === true) pin(offered.value, 'node');
};

/** Whether the node now names other keys than those pinned from it. */
export const nodeChangedItsKeys = (): boolean => {
  const offered = trustOfNode();
  return (
    pinned.value?.from === 'node' &&
    offered !== null &&
    (!offered.ok || idOf(offered.value) !== idOf(pinned.value.trust))
  );
};

export const trustNow = (): Result<Trust> | null => (pinned.value === null ? trustOfNode() : ok(pinned.value.trust));
