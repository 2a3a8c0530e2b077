import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { createAlerts } from './alerts.ts';
import type { Alert } from './moves.ts';

const claim = (n: number) => `0x${String(n).padStart(64, '0')}` as const;
const late = (n: number): Alert => ({ kind: 'too-late', claimId: claim(n) });

test('an alert is said once while it holds, again after ten minutes, and anew after it ceased', () => {
  const said: string[] = [];
  const alerts = createAlerts({ say: (alert) => said.push('claimId' in alert ? alert.claimId : '') });
  alerts.raise([late(1), late(2)], 1_000);
  alerts.raise([late(1), late(2)], 1_599);
  assert.deepEqual(said, [claim(1), claim(2)]);
  alerts.raise([late(1)], 1_600);
  assert.deepEqual(said.slice(2), [claim(1)]);
  alerts.raise([late(2)], 1_601);
  assert.deepEqual(said.slice(3), [claim(2)]);
});

test('an address that fails is tried again, so often and no more', async (t) => {
  const bodies: string[] = [];
  let refusals = 2;
  const server = createServer(async (request, response) => {
    bodies.push(Buffer.concat(await request.toArray()).toString());
    response.statusCode = refusals-- > 0 ? 503 : 204;
    response.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const alerts = createAlerts({ say: () => undefined, url, pauseMs: 1 });
  alerts.raise([late(1)], 0);
  await alerts.drain();
  assert.deepEqual([bodies.length, alerts.undelivered()], [3, 0]);
  assert.deepEqual(JSON.parse(bodies[2]!), { kind: 'too-late', claimId: claim(1) });
  refusals = 1_000;
  alerts.raise([late(1), late(2)], 1);
  await alerts.drain();
  assert.deepEqual([bodies.length, alerts.undelivered()], [8, 1]);
});

test('alerts that cannot be delivered do not pile up', async () => {
  const alerts = createAlerts({ say: () => undefined, url: 'http://127.0.0.1:9/', pauseMs: 0 });
  alerts.raise(
    Array.from({ length: 250 }, (_, i) => late(i)),
    0,
  );
  await alerts.drain();
  assert.equal(alerts.undelivered(), 250);
});
