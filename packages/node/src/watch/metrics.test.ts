import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noFigures, serveMetrics } from './metrics.ts';

test('figures are served as Prometheus reads them, and nothing else is', async () => {
  const figures = { ...noFigures(), claimsSeen: 3, feesWei: 12n ** 20n };
  const server = await serveMetrics(0, () => figures);
  const at = (path: string) => fetch(`http://127.0.0.1:${server.port}${path}`);
  const text = await (await at('/metrics')).text();
  assert.match(text, /# TYPE surety_watch_claims_seen_total counter\nsurety_watch_claims_seen_total 3\n/);
  assert.match(text, /surety_watch_fees_wei_total 3833759992447475122176\n/);
  assert.match(text, /surety_watch_seconds_to_deadline NaN\n/);
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  assert.ok(lines.every((line) => /^[a-z_]+ (?:NaN|\d+)$/.test(line)));
  assert.equal((await at('/')).status, 404);
  await server.close();
});
