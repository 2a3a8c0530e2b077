/** What the node says of itself, and whether it answers. */
import { signal } from '@preact/signals';
import { type NetworkInfo, ok, type Result, refuse, type SigningDomain } from '@surety/sdk/page';
import { client } from '../client.ts';
import { LOADING, type Loaded, loadedFrom } from '../loaded.ts';

export const network = signal<Loaded<NetworkInfo>>(LOADING);

/** `false` while the browser is offline or the node does not answer. */
export const reachable = signal(true);

export const loadNetwork = async (): Promise<void> => {
  const result = await client.network();
  reachable.value = result.ok;
  if (result.ok || network.value.kind !== 'ready') network.value = loadedFrom(result);
};

/** Keeps {@link reachable} true to life: asks again when the browser changes its mind, and every few seconds while down. */
export const startNetwork = (): void => {
  void loadNetwork();
  addEventListener('online', () => void loadNetwork());
  addEventListener('offline', () => {
    reachable.value = false;
  });
  setInterval(() => {
    if (!reachable.value && !document.hidden) void loadNetwork();
  }, 3_000);
};

/** The EIP-712 domain that this page signs for. */
export const pinnedDomain = (): Result<SigningDomain> => {
  const loaded = network.value;
  if (loaded.kind === 'ready')
    return ok({ chainId: loaded.value.chainId, verifyingContract: loaded.value.receiptVerifier });
  const waiting = {
    code: 'internal',
    message: 'The node has not answered yet.',
    next: 'Try again in a moment.',
  } as const;
  return refuse(loaded.kind === 'failed' ? loaded.problem : waiting);
};
