/** A market by the first characters of its id. */
import type { Market } from '@surety/sdk';
import type { Connection } from './connect.ts';
import { fail } from './fail.ts';

/** Pages of the list that a short id is looked for in. */
const MAX_PAGES = 10;

/** The one market whose id starts so. */
export const findMarket = async ({ client }: Connection, id: string): Promise<Market> => {
  if (/^[0-9a-f]{64}$/.test(id)) return client.market({ marketId: id });
  const bad = (message: string): never =>
    fail({ code: 'question.unknown', message, next: 'See "surety markets".', field: 'ID', value: id });
  if (!/^[0-9a-f]{4,63}$/.test(id)) return bad(`"${id}" is not an id: at least four hexadecimal digits.`);
  const found: string[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < MAX_PAGES && (page === 0 || cursor !== null); page += 1) {
    const list: { readonly markets: readonly { readonly marketId: string }[]; readonly next: string | null } =
      await client.markets(cursor === null ? {} : { cursor });
    found.push(...list.markets.flatMap(({ marketId }) => (marketId.startsWith(id) ? [marketId] : [])));
    cursor = list.next;
  }
  if (found.length > 1) return bad(`"${id}" fits ${found.length} markets.`);
  return found.length === 1
    ? client.market({ marketId: found[0]! })
    : bad(`No market has an id that starts with "${id}".`);
};
