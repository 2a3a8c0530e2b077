/** Running the watcher as a process and telling what it says. */

import { resolve } from 'node:path';
import { parseDollars, SuretyError, unwrap } from '@surety/sdk/base';
import { parseDuration } from '../duration.ts';
import { UsageError } from '../refusal.ts';
import type { Context, Values } from '../table.ts';
import { afterOnce, changedSince, printWatch, type WatchedClaim, type WatchMessage } from '../watch-words.ts';
import { chainKey, rpcUrlOf, startProgram } from './chain-program.ts';
import { nodeUrl } from './environment.ts';
import { fail } from './fail.ts';

/** Largest file of a signed request that is read. */
export const MAX_REQUEST_BYTES = 64 * 2 ** 20;

/** Where contracts are, as options say. */
export const placesOf = (values: Values): { readonly [name: string]: string } =>
  Object.fromEntries(
    (
      [
        ['token', 'token'],
        ['arbiter', 'arbiter'],
        ['verifier', 'verifier'],
        ['proof-verifier', 'proofVerifier'],
        ['step-verifier', 'stepVerifier'],
      ] as const
    ).flatMap(([name, place]) => (typeof values[name] === 'string' ? [[place, values[name]]] : [])),
  );

const wholeNumber = (values: Values, name: string, fallback: number, most: number): number => {
  const text = values[name];
  if (text === undefined) return fallback;
  if (typeof text === 'string' && /^\d{1,7}$/.test(text) && Number(text) <= most) return Number(text);
  throw new UsageError(`--${name} cannot be ${text}.`, `Give a whole number up to ${most}.`, `--${name}`);
};

/** Ether and the like, as wei. */
const wei = (text: string): bigint => {
  const [, whole = '', part = ''] = /^(\d{1,9})(?:\.(\d{1,18}))?$/.exec(text) ?? [];
  if (whole !== '') return BigInt(whole + part.padEnd(18, '0'));
  throw new UsageError(
    `--max-prepay cannot be ${text}.`,
    "Give an amount of the chain's own currency, such as 0.05.",
    '--max-prepay',
  );
};

const percentPpm = (text: string): number => {
  const value = /^\d{1,3}(?:\.\d{1,4})?$/.test(text) ? Number(text) : Number.NaN;
  if (value >= 0 && value <= 100) return Math.round(value * 10_000);
  throw new UsageError(`--audit cannot be ${text}.`, 'Give a percentage from 0 to 100.', '--audit');
};

const seconds = (values: Values, name: string, fallback: number): number =>
  typeof values[name] === 'string' ? unwrap(parseDuration(values[name], `--${name}`)) : fallback;

/** Nodes that may have published the data of claims: the one that commands talk to, if there is one. */
const nodeUrls = (context: Context): readonly string[] => {
  try {
    return [nodeUrl(context).replace(/\/+$/, '')];
  } catch (error) {
    if (error instanceof SuretyError && error.code === 'cli.no-node') return [];
    throw error;
  }
};

const dollars = (values: Values, name: string, fallback: string): string =>
  String(unwrap(parseDollars(typeof values[name] === 'string' ? values[name] : fallback, `--${name}`)));

const taskOf = (values: Values, context: Context, until: readonly string[]) => ({
  ...placesOf(values),
  home: context.home,
  programs:
    typeof values.programs === 'string' ? values.programs.split('\n').map((each) => resolve(context.cwd, each)) : [],
  nodeUrls: nodeUrls(context),
  once: values.once === true,
  until,
  maxStakeMicroUsd: dollars(values, 'max-stake', '100'),
  maxDataStakeMicroUsd: dollars(values, 'max-data-stake', '20'),
  maxPrepayWei: String(wei(typeof values['max-prepay'] === 'string' ? values['max-prepay'] : '0.1')),
  skewSeconds: seconds(values, 'clock-skew', 300),
  riskSeconds: seconds(values, 'warn', 120),
  auditPpm: typeof values.audit === 'string' ? percentPpm(values.audit) : 1_000_000,
  pollSeconds: wholeNumber(values, 'poll', 2, 3_600),
  outbidSeconds: wholeNumber(values, 'outbid', 15, 3_600),
  withdraw: values.withdraw === true,
  alertUrl: typeof values['alert-url'] === 'string' ? values['alert-url'] : null,
  metricsPort: values['metrics-port'] === undefined ? null : wholeNumber(values, 'metrics-port', 0, 65_535),
});

/**
 * Watches until Ctrl-C, or until these claims are decided; under `--json` each message is one line.
 * @returns the exit status
 */
export const watch = async (values: Values, context: Context, until: readonly string[]): Promise<number> => {
  const { out, env, signal } = context;
  const task = taskOf(values, context, until);
  const url = values['alert-url'];
  if (typeof url === 'string' && !/^https?:\/\/[^\s/]+/i.test(url))
    throw new UsageError(`"${url}" is no address.`, 'Write it like https://example.org/alerts.', '--alert-url');
  const { messages } = startProgram<WatchMessage>(
    'watch',
    {
      ...env,
      RPC_URL: rpcUrlOf(values, context, 'watch'),
      SURETY_CHAIN_KEY: chainKey(values, context, 'cli'),
      SURETY_TASK: JSON.stringify(task),
    },
    signal,
  );
  let last: readonly WatchedClaim[] = [];
  for await (const message of messages) {
    if (message.kind === 'refused') return fail(message.problem);
    if (out.json) process.stdout.write(`${JSON.stringify(message)}\n`);
    else if (message.kind !== 'claims') printWatch(out, message);
    else printWatch(out, { ...message, claims: changedSince(last, message.claims) });
    if (message.kind === 'claims') last = message.claims;
  }
  if (task.once && last.length === 0 && !signal.aborted) out.line(out.style.dim('  There are no claims yet.'));
  const after = task.once ? afterOnce(last) : null;
  if (after !== null) out.line(out.style.yellow(after));
  return signal.aborted ? 130 : 0;
};
