/**
 * `npm start` in a fresh clone: cold, with everything to install and every key to make, to the first answer; and warm,
 * to the page and to a first answer. Only what is committed counts.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { ask, createClient, createWallet } from '@surety/sdk';
import type { Figure } from '../figure.ts';
import { runCommand } from './commands.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const COLD_SECONDS = 420;
const WARM_SECONDS = 90;
const POLL_MS = 50;

const figure = (name: string, ms: number | null, most: number | null, peer: string): Figure => ({
  name,
  value: ms === null ? null : Math.round(ms / 100) / 10,
  unit: 's',
  goal: most === null ? '' : `<= ${most}`,
  holds: ms === null || most === null ? null : ms <= most * 1_000,
  peer,
});

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

const pageIsThere = (url: string): Promise<boolean> =>
  fetch(url).then(
    async (response) => response.ok && (await response.text()).includes('<html'),
    () => false,
  );

const cold = async (clone: string, env: Readonly<Record<string, string>>): Promise<Figure> => {
  const start = runCommand('npm', ['start'], { cwd: clone, env });
  try {
    const answered = await start.line(/first answer .* after launch/, COLD_SECONDS);
    const peer = answered === null ? start.said() : 'fresh clone, npm cache as it was';
    return figure('cold npm start to the first answer', answered?.ms ?? null, 180, peer);
  } finally {
    await start.stop();
  }
};

const warm = async (clone: string, env: Readonly<Record<string, string>>, url: string): Promise<Figure[]> => {
  const launched = performance.now();
  const start = runCommand('npm', ['start'], { cwd: clone, env });
  let page: number | null = null;
  let answer: number | null = null;
  try {
    while (page === null && performance.now() - launched < WARM_SECONDS * 1_000) {
      if (await pageIsThere(url)) page = performance.now() - launched;
      else await sleep(POLL_MS);
    }
    if (page !== null) {
      const client = createClient({ url });
      const wallet = createWallet();
      await client.faucet({ address: wallet.address });
      const asked = await ask('Is uniswap-warm-start.app a scam?', { client, wallet });
      if (asked.kind === 'answered') answer = performance.now() - launched;
    }
    return [
      figure(
        'warm npm start to the page',
        page,
        null,
        page === null ? start.said() : 'the same folder, stopped before',
      ),
      figure('warm npm start to a first answer', answer, 8, 'a new account and a new question'),
    ];
  } finally {
    await start.stop();
  }
};

export const startFigures = async (): Promise<Figure[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'surety-clone-'));
  const clone = join(folder, 'surety');
  try {
    await promisify(execFile)('git', ['clone', '--quiet', '--local', ROOT, clone]);
    const port = await freePort();
    const env = { SURETY_PORT: String(port) };
    const first = await cold(clone, env);
    if (first.value === null) return [first, figure('warm npm start to a first answer', null, 8, 'no cold start')];
    return [first, ...(await warm(clone, env, `http://127.0.0.1:${port}`))];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
