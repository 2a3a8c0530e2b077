/** What the node says of itself, and whether it answers. */
import { signal } from '@preact/signals';
import { type NetworkInfo, ok, type Result, refuse } from '@surety/sdk/page';
import { client } from '../client.ts';
import { LOADING, type Loaded, loadedFrom } from '../loaded.ts';

export type SigningNetwork = Pick<NetworkInfo, 'chainId' | 'receiptVerifier'> & { readonly operator: string };

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

/** What this page signs for: the chain, its ReceiptVerifier and the operator of the node it came from. */
export const signingNetwork = (): Result<SigningNetwork> => {
  const loaded = network.value;
  if (loaded.kind === 'ready')
    return ok({
      chainId: loaded.value.chainId,
      receiptVerifier: loaded.value.receiptVerifier,
      operator: loaded.value.issuer.address,
    });
  const waiting = {
    code: 'internal',
    message: 'The node has not answered yet.',
    next: 'Try again in a moment.',
  } as const;
  return refuse(loaded.kind === 'failed' ? loaded.problem : waiting);
};
