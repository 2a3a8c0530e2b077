/**
 * `prove-browser`: the same proofs in a worker of a tab of headless Chromium as in Node: byte for byte, under fixed randomness
 * where they hide something, and the time of both in the same run, each on one thread. In a page that is cross-origin isolated, on
 * two threads as well.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { startBrowser } from '../packages/web/test/chromium.ts';
import { ROOT } from '../scripts/repo/workspace.ts';
import type { Figure } from './figure.ts';
import { type Case, type Hidden, measure, type Network } from './prove-browser/case.ts';

const CASES: readonly (readonly [network: Network, hidden: Hidden, times: number])[] = [
  ['small', 'nothing', 10],
  ['small', 'input', 10],
  ['small', 'both', 10],
  ['mlp', 'nothing', 3],
  ['mlp', 'weights', 3],
  ['vgg', 'nothing', 1],
];

const NAMES: Readonly<Record<Network, string>> = {
  small: '784 to 10, relu',
  mlp: 'perceptron, 18.9 M',
  vgg: 'VGG-16, 15 M',
};

/** Those that are proved on two threads too: others are done before a thread has started. */
const ON_THREADS = CASES.filter(
  ([network, hidden]) => network === 'vgg' || (network === 'mlp' && hidden === 'weights'),
);

/** What isolates a page. */
const ISOLATION = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

/** A page that is not cross-origin isolated, as pages mostly are, and `/isolated`, which is. */
const servePage = async () => {
  const entry = join(ROOT, 'bench', 'prove-browser', 'page.ts');
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, format: 'iife', write: false });
  const script = outputFiles[0]!.text;
  const server = createServer((request, response) => {
    const page = request.url !== '/worker.js';
    const type = { 'content-type': page ? 'text/html' : 'text/javascript' };
    response.writeHead(200, { ...type, ...(request.url === '/' ? {} : ISOLATION) });
    response.end(page ? '<!doctype html><title>proofs</title>' : script);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server };
};

type Answer = { readonly measured?: Case; readonly failed?: string };

type Task = readonly [network: Network, hidden: Hidden, times: number, threads: number];

const inPage = async (page: Page, task: Task): Promise<Case> => {
  process.stderr.write(`prove-browser: ${task[0]} in Chromium, ${task[1]} hidden, threads: ${task[3]}\n`);
  const { measured, failed } = await page.evaluate(
    (given): Promise<Answer> =>
      new Promise((resolve, reject) => {
        const worker = new Worker('/worker.js');
        worker.onmessage = ({ data }) => {
          worker.terminate();
          resolve(data as Answer);
        };
        worker.onerror = ({ message }) => reject(new Error(message));
        worker.postMessage(given);
      }),
    task,
  );
  if (measured === undefined) throw new Error(failed ?? 'no answer');
  return measured;
};

type InChromium = { readonly cases: readonly Case[]; readonly onTwo: readonly Case[]; readonly version: string };

const inChromium = async (): Promise<InChromium> => {
  const { url, server } = await servePage();
  const browser = await startBrowser();
  const measured = async (path: string, tasks: readonly Task[]): Promise<Case[]> => {
    const page = await browser.newPage();
    await page.goto(`${url}${path}`);
    const cases: Case[] = [];
    for (const task of tasks) cases.push(await inPage(page, task));
    await page.close();
    return cases;
  };
  try {
    return {
      cases: await measured(
        '',
        CASES.map((each): Task => [...each, 1]),
      ),
      onTwo: await measured(
        'isolated',
        ON_THREADS.map((each): Task => [...each, 2]),
      ),
      version: browser.version(),
    };
  } finally {
    await browser.close();
    server.close();
  }
};

const inNode = async (): Promise<readonly Case[]> => {
  const cases: Case[] = [];
  for (const [network, hidden, times] of CASES) {
    process.stderr.write(`prove-browser: ${network} in Node, ${hidden} hidden\n`);
    cases.push(await measure(network, hidden, times));
  }
  return cases;
};

const time = (name: string, value: number, node: number): Figure => ({
  name,
  value,
  unit: 'ms',
  goal: '',
  holds: null,
  peer: `Node ${node.toFixed(1)} ms: ${(value / node).toFixed(2)} times`,
});

export const run = async (): Promise<Figure[]> => {
  const node = await inNode();
  const { cases, onTwo, version } = await inChromium();
  const equal = cases.filter(({ digest }, i) => digest === node[i]!.digest).length;
  const oneOf = (i: number): number => CASES.indexOf(ON_THREADS[i]!);
  const equalOnTwo = onTwo.filter(({ digest }, i) => digest === node[oneOf(i)]!.digest).length;
  return [
    {
      name: 'proofs with the same bytes in Chromium as in Node',
      value: equal,
      unit: 'proofs',
      goal: `${CASES.length}`,
      holds: equal === CASES.length,
      peer: `Chromium ${version}, a worker of a tab; Node ${process.version}`,
    },
    {
      name: 'proofs with the same bytes on two threads of the tab',
      value: equalOnTwo,
      unit: 'proofs',
      goal: `${ON_THREADS.length}`,
      holds: equalOnTwo === ON_THREADS.length,
      peer: 'a page that is cross-origin isolated',
    },
    ...cases.flatMap(({ bytes, prove, verify }, i) => {
      const [network, hidden] = CASES[i]!;
      const name = `${NAMES[network]}, hidden: ${hidden} (${Math.ceil(bytes / 1024)} KiB)`;
      return [time(`${name}: prove`, prove, node[i]!.prove), time(`${name}: verify`, verify, node[i]!.verify)];
    }),
    ...onTwo.map(({ prove }, i): Figure => {
      const [network, hidden] = ON_THREADS[i]!;
      const alone = cases[oneOf(i)]!.prove;
      return {
        ...time(`${NAMES[network]}, hidden: ${hidden}, 2 threads: prove`, prove, alone),
        peer: `one thread of the tab ${alone.toFixed(1)} ms: ${(alone / prove).toFixed(2)} times as fast`,
      };
    }),
  ];
};
