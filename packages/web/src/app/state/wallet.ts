/**
 * A development wallet kept in this browser. It signs the reading of a question and, once, a session key
 * that trades for it. Its key lies in the browser's storage in the clear, which is fit for play money only.
 */
import { signal } from '@preact/signals';
import { createWallet, type LocalWallet, loadWallet } from '@surety/sdk/page';
import { keep, recall } from './storage.ts';

const KEY = 'development-wallet';

const fromStorage = (): LocalWallet | null => {
  const kept = recall(KEY);
  return kept !== null && /^[0-9a-f]{64}$/.test(kept) ? loadWallet(kept) : null;
};

export const wallet = signal<LocalWallet | null>(fromStorage());

/** Whether the wallet will still be there after this page is closed. */
export const walletIsKept = signal(wallet.value !== null);

/** This browser's wallet, made on first use. */
export const ensureWallet = (): LocalWallet => {
  if (wallet.value !== null) return wallet.value;
  const made = createWallet();
  walletIsKept.value = keep(KEY, made.secretKey);
  wallet.value = made;
  return made;
};
