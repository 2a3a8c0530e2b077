import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { SuretyError, unwrap } from '@surety/core';
import { readConfig } from '../src/config.ts';
import { startNode } from '../src/start-node.ts';

test('a taken port is refused before database, chain or page are started', async () => {
  const home = mkdtempSync(join(tmpdir(), 'surety-port-'));
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const port = String((other.address() as AddressInfo).port);
  const steps: string[] = [];
  try {
    const config = unwrap(readConfig({ SURETY_HOME: home, SURETY_PORT: port }, home));
    await assert.rejects(
      startNode({ config, onStep: (step) => steps.push(step) }),
      (error) => error instanceof SuretyError && error.code === 'process.port-taken',
    );
    assert.deepEqual(steps, []);
    assert.ok(!readdirSync(home).includes('postgres'));
  } finally {
    other.close();
    rmSync(home, { recursive: true, force: true });
  }
});
