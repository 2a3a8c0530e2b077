/** A client of the node that this command talks to, with the banner where it is due. */
import { type Client, createClient, type NetworkInfo } from '@surety/sdk';
import type { Context } from '../table.ts';
import { developmentBanner } from './banner.ts';
import { nodeUrl } from './environment.ts';

export type Connection = { readonly client: Client; readonly network: NetworkInfo };

/**
 * Connects.
 * @throws {SuretyError} `cli.no-node`, `http.unreachable`, `http.not-surety`
 */
export const connect = async (context: Context): Promise<Connection> => {
  const client = createClient({ url: nodeUrl(context), retries: 2 });
  const network = await client.network();
  developmentBanner(context, network.environment);
  return { client, network };
};
