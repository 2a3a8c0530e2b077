/** First answers of a real node, one question after the other, and the checking of a receipt it gave. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Receipt } from '@surety/core';
import { ask, createClient, createWallet } from '@surety/sdk';
import { receiptBytes, verify } from '@surety/sdk/verify';
import type { Figure } from '../figure.ts';
import { runCommand } from './commands.ts';
import { QUESTIONS } from './names.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const WARM = 5;
const VERIFIED = 100;

const quantile = (values: readonly number[], part: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? Number.NaN;

const round = (ms: number): number => Math.round(ms * 10) / 10;

const figure = (name: string, ms: number | null, most: number | null, peer: string): Figure => ({
  name,
  value: ms === null ? null : round(ms),
  unit: 'ms',
  goal: most === null ? '' : `<= ${most}`,
  holds: ms === null || most === null ? null : ms <= most,
  peer,
});

type Taken = { readonly times: readonly number[]; readonly receipt: Receipt; readonly bytes: Uint8Array };

/** From the words to a receipt that verifies: reading, signature, market, players, receipt, log. */
const takeAnswers = async (url: string): Promise<Taken> => {
  const client = createClient({ url });
  const wallet = createWallet();
  await client.faucet({ address: wallet.address });
  const times: number[] = [];
  let receipt: Receipt | undefined;
  for (const question of QUESTIONS) {
    const start = performance.now();
    const asked = await ask(question, { client, wallet });
    times.push(performance.now() - start);
    if (asked.kind === 'answered') receipt = asked.receipt as Receipt;
  }
  return { times: times.slice(WARM), receipt: receipt!, bytes: receiptBytes(receipt!) };
};

const timeVerify = async (url: string, { bytes }: Taken): Promise<readonly number[] | null> => {
  const { trust } = await createClient({ url }).network();
  const now = Math.floor(Date.now() / 1_000);
  const times: number[] = [];
  for (let i = 0; i < VERIFIED + WARM; i += 1) {
    const start = performance.now();
    const { verdict } = await verify(bytes, { trust: trust as never, now });
    times.push(performance.now() - start);
    if (verdict !== 'trusted') return null;
  }
  return times.slice(WARM);
};

export const answerFigures = async (): Promise<Figure[]> => {
  const home = await mkdtemp(join(tmpdir(), 'surety-ask-'));
  const env = { SURETY_HOME: home, SURETY_PORT: '0' };
  const node = runCommand(process.execPath, ['packages/node/src/main.ts'], { cwd: ROOT, env });
  try {
    const serves = await node.line(/serves at http/, 120);
    const url = /http\S+/.exec(serves?.text ?? '')?.[0];
    if (url === undefined) return [figure('first answer, p50', null, 1_500, node.said())];
    const taken = await takeAnswers(url);
    const checked = await timeVerify(url, taken);
    const asked = `${taken.times.length} questions about names, one after the other`;
    const size = `${Math.round(taken.bytes.length / 1_024)} KiB, every program of it run again`;
    return [
      figure('first answer, p50', quantile(taken.times, 0.5), 1_500, asked),
      figure('first answer, p95', quantile(taken.times, 0.95), null, asked),
      figure('verify, p50', checked && quantile(checked, 0.5), 50, size),
      figure('verify, p95', checked && quantile(checked, 0.95), null, size),
    ];
  } finally {
    await node.stop();
    await rm(home, { recursive: true, force: true });
  }
};
