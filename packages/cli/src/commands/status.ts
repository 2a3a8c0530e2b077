/** `surety status`: what runs here. Exit 69 when nothing does. */

import { createClient } from '@surety/sdk';
import { formatDollars } from '@surety/sdk/base';
import { spoken } from '../duration.ts';
import { connect } from '../local/connect.ts';
import { runningNode } from '../local/environment.ts';
import { balanceOf } from '../local/purse.ts';
import { ownAddress } from '../local/receipt-file.ts';
import type { Run } from '../table.ts';
import { safe } from '../terminal/safe.ts';

const NOT_RUNNING = 69;

export const run: Run = async ({ context }) => {
  const { out, home, url, env } = context;
  const here = runningNode(home);
  if (here === null && url === undefined && !env.SURETY_URL) {
    if (out.json) out.data({ running: false, home });
    else out.line(`Not running. Start it with ${out.style.bold('npm start')}.  ${out.style.dim(home)}`);
    return NOT_RUNNING;
  }
  const connection = await connect(context);
  const health = await createClient({ url: connection.client.url, retries: 0 }).health();
  const open = await connection.client.markets({ status: 'open', limit: 500 });
  const address = ownAddress(home);
  const balance = address === null ? 0n : await balanceOf(connection, address);
  if (out.json) {
    out.data({
      running: true,
      url: connection.client.url,
      home,
      ...health,
      openMarkets: open.markets.length,
      account: address,
      balanceMicroUsd: balance.toString(),
    });
    return 0;
  }
  const { bold, dim, green, yellow } = out.style;
  const paint = health.status === 'ok' ? green : yellow;
  const age = here === null ? '' : `, up ${spoken(Math.floor(Date.now() / 1_000) - here.startedAt)}`;
  out.line(
    `${paint('●')} ${bold(health.status)} ${dim(`${health.environment}, version ${safe(health.version)}, chain ${health.chainId}${age}`)}`,
  );
  out.line(`  page     ${connection.client.url}`);
  out.line(`  markets  ${open.markets.length}${open.next === null ? '' : '+'} open`);
  out.line(
    `  you      ${address === null ? dim('no key yet; the first question makes one') : `${address}, ${formatDollars(balance)}`}`,
  );
  out.line(`  folder   ${home}`);
  return 0;
};
