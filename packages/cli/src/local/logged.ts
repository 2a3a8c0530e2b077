/** Commitments in the log of the node that the command line talks to. */
import { openAccount } from '@surety/sdk';
import type { Logged } from '@surety/sdk/training';
import type { Context } from '../table.ts';
import { connect } from './connect.ts';
import { ensureKey } from './keys.ts';

/**
 * Enters commitments in their order, unless they are there already.
 * @param commitments 32 bytes each, hex
 * @returns where each stands, in the order of the log, with all that shows it offline
 */
export const logRoots = async (context: Context, commitments: readonly string[]): Promise<Logged> => {
  const { client } = await connect(context);
  const wallet = ensureKey(context.home, 'cli');
  const account = await openAccount({ client, wallet, scope: 'publish', limitMicroUsd: 0n });
  await account.act({ type: 'surety/action/log/v1', commitments: [...commitments] });
  return client.logged({ commitments: commitments.join(',') });
};
