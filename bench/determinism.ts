/**
 * `determinism`: random programs on random inputs, every value of every node compared bit by bit between the reference and the
 * kernels: one thread and several, one sample and a batch, in Node and in Chromium.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build } from 'esbuild';
import { startNodeThread } from '../packages/programs/src/engine/node-threads.ts';
import { Machine } from '../packages/programs/src/index.ts';
import { conform, type Difference } from '../packages/programs/test/conformance.ts';
import { startBrowser } from '../packages/web/test/chromium.ts';
import { ROOT } from '../scripts/repo/workspace.ts';
import type { Figure } from './figure.ts';

const PROGRAMS = 10_000;
/** Programs between two lines of progress. */
const STEP = 500;

type Suite = (from: number, to: number) => Promise<Difference | null>;

/** How many programs agree, and the first that does not. */
const agreeing = async (place: string, suite: Suite) => {
  for (let from = 0; from < PROGRAMS; from += STEP) {
    const difference = await suite(from, from + STEP);
    if (difference !== null) return { agree: difference.seed, difference };
    process.stderr.write(`determinism: ${place}, ${from + STEP} of ${PROGRAMS}\n`);
  }
  return { agree: PROGRAMS, difference: null };
};

const inNode = async () => {
  const threads = await Machine.create({ threads: 3, startThread: startNodeThread });
  const tiers = [
    { name: 'Node, one thread', machine: await Machine.create() },
    { name: 'Node, three threads', machine: threads },
  ];
  const result = await agreeing('Node', async (from, to) => {
    for (let seed = from; seed < to; seed++) {
      const difference = await conform(tiers, seed);
      if (difference !== null) return difference;
    }
    return null;
  });
  await threads.close();
  return result;
};

/** A page that shares memory between its workers: cross-origin isolated, as browsers demand. */
const servePage = async () => {
  const entry = join(ROOT, 'packages', 'programs', 'test', 'conformance-page.ts');
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, format: 'iife', write: false });
  const script = outputFiles[0]!.text;
  const isolated = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' };
  const server = createServer((request, response) => {
    const page = request.url === '/';
    response.writeHead(200, { ...isolated, 'content-type': page ? 'text/html' : 'text/javascript' });
    response.end(page ? '<!doctype html><title>conformance</title><script src="/page.js"></script>' : script);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server };
};

const inChromium = async () => {
  const { url, server } = await servePage();
  const browser = await startBrowser();
  try {
    const page = await browser.newPage();
    await page.goto(url);
    const suite: Suite = (from, to) =>
      page.evaluate(([a, b]) => (globalThis as unknown as { conformIn: Suite }).conformIn(a, b), [from, to] as const);
    return { ...(await agreeing('Chromium', suite)), version: browser.version() };
  } finally {
    await browser.close();
    server.close();
  }
};

const figure = (name: string, agree: number, difference: Difference | null, peer: string): Figure => ({
  name,
  value: agree,
  unit: 'programs',
  goal: `${PROGRAMS}`,
  holds: agree === PROGRAMS,
  peer: difference === null ? peer : `seed ${difference.seed}: ${difference.tier}, ${difference.op} differs`,
});

export const run = async (): Promise<Figure[]> => {
  const node = await inNode();
  const chromium = await inChromium();
  const how = 'each on 3 inputs: one by one, as a batch, memory used again and not';
  return [
    figure('equal to the reference in Node, one thread and three', node.agree, node.difference, how),
    figure(
      'equal to the reference in Chromium, one thread and two',
      chromium.agree,
      chromium.difference,
      `Chromium ${chromium.version}, ${how}`,
    ),
  ];
};
