/** Figures of a running watcher in Prometheus' text format, on the loopback interface only. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What each figure means, its kind, and its name. */
const FIGURES = {
  claimsSeen: ['counter', 'surety_watch_claims_seen_total', 'Claims that were found on the chain'],
  claimsOpen: ['gauge', 'surety_watch_claims_open', 'Claims that are neither final nor void'],
  claimsChecked: ['counter', 'surety_watch_claims_checked_total', 'Claims whose program was run again'],
  claimsWrong: ['counter', 'surety_watch_claims_wrong_total', 'Checked claims that the own run contradicts'],
  claimsUnheld: ['gauge', 'surety_watch_claims_unheld', 'Open claims whose program, input or route is not held here'],
  claimsNotDrawn: ['gauge', 'surety_watch_claims_not_drawn', 'Open claims that the random audit leaves out'],
  disputes: ['gauge', 'surety_watch_disputes', 'Disputes under way that this address is a side of'],
  moves: ['counter', 'surety_watch_moves_total', 'Transactions that took effect'],
  movesRefused: ['counter', 'surety_watch_moves_refused_total', 'Moves that the chain refused or lost; tried again'],
  gasUsed: ['counter', 'surety_watch_gas_used_total', 'Gas that own transactions used'],
  feesWei: ['counter', 'surety_watch_fees_wei_total', 'Native currency paid for gas, wei'],
  stakedMicroUsd: ['gauge', 'surety_watch_staked_micro_usd', 'At stake in own disputes, micro-dollars'],
  bondedMicroUsd: ['gauge', 'surety_watch_bonded_micro_usd', 'Bonds of own open claims, micro-dollars'],
  alertsUndelivered: ['counter', 'surety_watch_alerts_undelivered_total', 'Alerts that --alert-url did not take'],
  secondsToDeadline: [
    'gauge',
    'surety_watch_seconds_to_deadline',
    'Until the next deadline of an own move; NaN for none',
  ],
  lastBlock: ['gauge', 'surety_watch_last_block', 'Newest block that was looked at'],
  lastBlockSeconds: ['gauge', 'surety_watch_last_block_timestamp_seconds', 'Its time, unix seconds'],
} as const satisfies Readonly<Record<string, readonly ['counter' | 'gauge', string, string]>>;

export type Figures = { -readonly [name in keyof typeof FIGURES]: number | bigint };

export const noFigures = (): Figures => ({
  ...(Object.fromEntries(Object.keys(FIGURES).map((name) => [name, 0])) as Figures),
  secondsToDeadline: Number.NaN,
});

export const prometheus = (figures: Figures): string =>
  Object.entries(FIGURES)
    .map(([key, [kind, name, help]]) => {
      const value = figures[key as keyof Figures];
      return `# HELP ${name} ${help}\n# TYPE ${name} ${kind}\n${name} ${value}\n`;
    })
    .join('');

export type MetricsServer = { readonly port: number; readonly close: () => Promise<void> };

/** Serves the figures at `/metrics` of a loopback port; 0 picks a free one. */
export const serveMetrics = async (port: number, figures: () => Figures): Promise<MetricsServer> => {
  const server = createServer((request, response) => {
    const found = request.method === 'GET' && request.url === '/metrics';
    response.writeHead(found ? 200 : 404, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' });
    response.end(found ? prometheus(figures()) : 'The figures are at /metrics.\n');
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  server.unref();
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
};
