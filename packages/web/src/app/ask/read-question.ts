import type { Reading, Result } from '@surety/sdk/page';
import { client } from '../client.ts';
import { ensureWallet } from '../state/wallet.ts';

/** What the asker may set before confirming. */
export type Terms = { readonly budgetMicroUsd: string; readonly closeSeconds: number };

export const DEFAULT_TERMS: Terms = { budgetMicroUsd: '50000', closeSeconds: 600 };

/** How the node reads a question; changes nothing and costs nothing. */
export const readQuestion = (question: string, terms: Terms): Promise<Result<Reading>> =>
  client.read({ question, asker: ensureWallet().address, ...terms });
