/**
 * A process for a test that kills it: asks mailboxes one after the other through a journal, and says on standard output what came of
 * each. No mail leaves: that one is to be sent is what counts.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync, writeSync } from 'node:fs';
import { addressOfSecretKey, refuse } from '@surety/core';
import { registryGame } from '../../engine/court/registry.ts';
import { accountGame } from '../../engine/games.ts';
import { createHost } from '../../journal/host.ts';
import { createStandings } from '../../places/standing.ts';
import { createNotices, registerNotices } from '../notices.ts';
import { fileTargets } from '../targets.ts';

/** Mailboxes that each process asks for, from the first. */
export const MAILBOXES = 60;

const NOW = 1_750_000_000;
const SECRET = '0b'.repeat(32);

const main = async (databaseUrl: string, folder: string): Promise<void> => {
  const now = (): number => NOW;
  const onError = (): void => undefined;
  const host = await createHost({ databaseUrl, node: 'asks', onError });
  registerNotices(host);
  host.register(registryGame);
  host.register(accountGame);
  const nowhere = async () =>
    refuse({ code: 'court.case-unknown', message: 'No case is open.', next: 'Nothing needs to be done.' });
  const notices = createNotices({
    host,
    handlers: () => ({ case: nowhere, juror: nowhere }),
    openCases: () => [],
    targets: fileTargets(folder),
    senders: { mail: { ask: async () => ({ kind: 'sent' }), send: async () => ({ kind: 'sent' }), close: onError } },
    standings: createStandings({ host, persons: null, secret: SECRET, now }),
    secret: SECRET,
    pageOrigin: () => 'https://court.example',
    environment: 'development',
    now,
    onError,
  });
  await notices.start(3_600);
  for (let n = 0; n < MAILBOXES; n += 1) {
    const account = addressOfSecretKey(new Uint8Array(32).fill(n + 1));
    const action = {
      type: 'surety/action/notices/v1',
      ...{ account, chainId: 1, operator: account, nonce: randomBytes(16).toString('hex'), expiresAt: NOW + 60 },
      ...{ to: { kind: 'mail', address: `n${n}@people.example` } as const, cases: [] },
    } as const;
    const done = await notices.set({ ...action, cases: [] }, { remote: `198.51.${n}.1` });
    writeSync(1, `${JSON.stringify({ n, code: done.ok ? 'ok' : done.problem.code })}\n`);
  }
};

if (process.argv[1] === import.meta.filename) {
  const { databaseUrl, folder } = JSON.parse(readFileSync(0, 'utf8')) as { databaseUrl: string; folder: string };
  await main(databaseUrl, folder);
  process.exit(0);
}
