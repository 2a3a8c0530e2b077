/**
 * Malformed requests against a whole running node: bodies, headers, paths, queries, raw bytes and WebSocket messages.
 * Every answer must carry a listed code with its status; nothing may answer 500, hang, or pile up memory.
 */
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { ERRORS, type Json, utf8 } from '../../packages/core/src/index.ts';
import { parseJson } from '../../packages/node/src/http/body.ts';
import { SAMPLES } from '../../packages/node/src/http/testing/samples.ts';
import {
  clientMessage,
  problemOf,
  ROUTE_NAMES,
  type Route,
  type RouteName,
  routes,
} from '../../packages/protocol/src/index.ts';
import type { Figure } from '../figure.ts';
import { type BenchNode, startBenchNode } from '../markets/node.ts';
import { mutateBytes, mutateValue } from './mutate.ts';
import { type Random, seeded } from './random.ts';

const AT_ONCE = 32;
const HANG_MS = 20_000;
const MESSAGE = { op: 'act', id: 'a1', signedAction: SAMPLES.act.body } as unknown as Json;

type Request = {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body?: Uint8Array;
};
type Tally = { cases: number; accepted: number; wrong: string[]; slowestMs: number };

const spoil = (text: string, random: Random): string =>
  random.below(3) === 0 ? new TextDecoder().decode(mutateBytes(utf8(text), random)) : text;

const HEADER_VALUES = [
  '',
  'text/plain',
  'application/json; charset=utf-16',
  'gzip',
  '*/*',
  'x'.repeat(8_000),
  '-1',
  '%00',
];

/** One request of a route's sample with something wrong in it. */
const badRequest = (random: Random): Request => {
  const name = random.pick(ROUTE_NAMES);
  const route: Route = routes[name];
  const sample = SAMPLES[name];
  const path = route.path.replace(/:([A-Za-z]+)/g, (_, key: string) =>
    encodeURIComponent(spoil(sample.params?.[key] ?? '', random)).slice(0, 2_000),
  );
  const query = Object.entries(sample.query ?? {}).map(([key, value]) => [spoil(key, random), spoil(value, random)]);
  const headers: Record<string, string> = {
    ...(sample.body && { 'content-type': 'application/json' }),
    ...(route.write && { 'idempotency-key': `fuzz-${random.below(2 ** 31)}` }),
  };
  if (random.below(8) === 0) {
    const header = random.pick(['content-type', 'content-encoding', 'idempotency-key', 'authorization', 'accept']);
    headers[header] = random.pick(HEADER_VALUES);
  }
  const good = sample.body as unknown as Json;
  const body =
    sample.body === undefined
      ? undefined
      : random.below(2) === 0
        ? utf8(JSON.stringify(mutateValue(good, random)))
        : mutateBytes(utf8(JSON.stringify(good)), random);
  const search = query.length > 0 ? `?${new URLSearchParams(query as [string, string][])}` : '';
  const method = random.below(20) === 0 ? random.pick(['PUT', 'DELETE', 'PATCH', 'OPTIONS']) : route.method;
  return { method, path: `${path}${search}`, headers, ...(body && { body }) };
};

const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });

const send = (url: string, { method, path, headers, body }: Request): Promise<{ status: number; text: string }> =>
  new Promise((resolve, reject) => {
    const sent = request(`${url}${path}`, { method, agent, headers, timeout: HANG_MS }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
    });
    sent.on('timeout', () => sent.destroy(new TypeError('no answer in time')));
    sent.on('error', reject);
    sent.end(body);
  });

/** What is wrong with an answer, or `undefined`. */
const fault = ({ status, text }: { status: number; text: string }): string | undefined => {
  if (status < 400) return undefined;
  try {
    const { code } = (JSON.parse(text) as { error: { code: string } }).error;
    if (!Object.hasOwn(ERRORS, code)) return `unlisted ${code}`;
    const listed = ERRORS[code as keyof typeof ERRORS].http;
    if (code === 'internal' || status === 500) return `500: ${text.slice(0, 200)}`;
    return listed === status ? undefined : `${code} with ${status} instead of ${listed}`;
  } catch {
    return `status ${status} without a code: ${text.slice(0, 100)}`;
  }
};

const residentBytes = (pid: number): number | null => {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
  } catch {
    return null;
  }
};

const requests = async (node: BenchNode, cases: number, tally: Tally): Promise<void> => {
  const random = seeded(20_261_121);
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (tally.cases < cases) {
        tally.cases += 1;
        const bad = badRequest(random);
        const start = performance.now();
        try {
          const answer = await send(node.url, bad);
          if (answer.status < 400) tally.accepted += 1;
          const wrong = fault(answer);
          if (wrong !== undefined) tally.wrong.push(`${bad.method} ${bad.path.slice(0, 80)}: ${wrong}`);
        } catch (cause) {
          tally.wrong.push(`${bad.method} ${bad.path.slice(0, 80)}: ${String(cause)}`);
        }
        tally.slowestMs = Math.max(tally.slowestMs, performance.now() - start);
      }
    }),
  );
};

/** Bytes that are hardly HTTP at all: the server may close the connection, and must go on. */
const rawBytes = async (node: BenchNode, cases: number): Promise<void> => {
  const random = seeded(7);
  const { port } = new URL(node.url);
  const text = utf8(
    'POST /v1/actions HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}',
  );
  for (let n = 0; n < cases; n += 1) {
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () => socket.end(mutateBytes(text, random)));
      socket.on('data', () => socket.destroy()).on('error', () => undefined);
      socket.on('close', () => resolve());
      setTimeout(() => socket.destroy(), 1_000).unref();
    });
  }
};

/** The readers of bodies and socket messages alone, without the cost of a connection for each case. */
const readers = (cases: number, tally: Tally): void => {
  const random = seeded(42);
  const withBody = ROUTE_NAMES.filter((name) => SAMPLES[name].body !== undefined);
  const text = new Map<RouteName, Uint8Array>(withBody.map((name) => [name, utf8(JSON.stringify(SAMPLES[name].body))]));
  const message = utf8(JSON.stringify(MESSAGE));
  for (let n = 0; n < cases; n += 1) {
    const name = random.pick(withBody);
    const asMessage = random.below(8) === 0;
    const source = asMessage ? message : text.get(name)!;
    const value = asMessage ? MESSAGE : (SAMPLES[name].body as unknown as Json);
    const bytes =
      random.below(2) === 0 ? mutateBytes(source, random) : utf8(JSON.stringify(mutateValue(value, random)));
    tally.cases += 1;
    const start = performance.now();
    try {
      const json = parseJson(bytes);
      const schema = asMessage ? clientMessage : (routes[name] as Route).body!;
      const parsed = json.ok ? schema.safeParse(json.value) : undefined;
      const problem = json.ok
        ? parsed!.success
          ? undefined
          : problemOf(parsed!.error, json.value, 'body')
        : json.problem;
      if (problem === undefined) tally.accepted += 1;
      else if (!Object.hasOwn(ERRORS, problem.code) || problem.code === 'internal') tally.wrong.push(problem.code);
    } catch (cause) {
      tally.wrong.push(`${name}: ${String(cause)}`);
    }
    tally.slowestMs = Math.max(tally.slowestMs, performance.now() - start);
  }
};

const none = (): Tally => ({ cases: 0, accepted: 0, wrong: [], slowestMs: 0 });

export type HttpFuzzOptions = { readonly requests?: number; readonly bodies?: number; readonly raw?: number };

export const httpFuzzFigures = async (options: HttpFuzzOptions = {}): Promise<Figure[]> => {
  const bodies = none();
  readers(options.bodies ?? 600_000, bodies);
  const sent = none();
  const node = await startBenchNode();
  let growth: number | null = null;
  let alive = false;
  try {
    const wanted = options.requests ?? 60_000;
    await requests(node, Math.floor(wanted / 3), sent);
    const before = residentBytes(node.pid);
    await requests(node, wanted, sent);
    const after = residentBytes(node.pid);
    growth = before === null || after === null ? null : Math.ceil((after - before) / 2 ** 20);
    await rawBytes(node, options.raw ?? 2_000);
    alive = (await send(node.url, { method: 'GET', path: '/v1/health', headers: {} })).status === 200;
  } finally {
    await node.stop();
  }
  for (const line of [...bodies.wrong, ...sent.wrong].slice(0, 20)) process.stderr.write(`fuzz: ${line}\n`);
  const wrong = bodies.wrong.length + sent.wrong.length + (alive ? 0 : 1);
  return [
    {
      name: 'malformed bodies and socket messages read',
      value: bodies.cases,
      unit: 'cases',
      goal: '',
      holds: null,
      peer: `${bodies.accepted} happened to be valid`,
    },
    {
      name: 'malformed requests answered by a whole node',
      value: sent.cases,
      unit: 'requests',
      goal: '',
      holds: null,
      peer: `${sent.accepted} happened to be valid`,
    },
    {
      name: 'of these: 500, unlisted code, wrong status, no answer',
      value: wrong,
      unit: 'cases',
      goal: '0',
      holds: wrong === 0,
      peer: '',
    },
    {
      name: 'slowest answer to a malformed request',
      value: Math.ceil(sent.slowestMs),
      unit: 'ms',
      goal: `< ${HANG_MS}`,
      holds: sent.slowestMs < HANG_MS,
      peer: '',
    },
    {
      name: 'memory gained over the last two thirds of the requests',
      value: growth,
      unit: 'MiB',
      goal: '< 200',
      holds: growth === null ? null : growth < 200,
      peer: '',
    },
  ];
};
