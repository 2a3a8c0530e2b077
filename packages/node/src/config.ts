/** What a node is told from outside: environment variables, each with its default and its limits. */
import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import type { LlmContext } from '@surety/analysts';
import { ok, parseDollars, type Result, refuse, show } from '@surety/core';
import { readLlm } from './llm-config.ts';
import { type MailConfig, readMail } from './mail-config.ts';

export type NodeConfig = {
  /** Folder of keys, data and logs. `SURETY_HOME`, default `.surety` in the working folder. */
  readonly home: string;
  /** Loopback port of the API and the page; 0 picks a free one. `SURETY_PORT`, default 4810. */
  readonly port: number;
  /** Address to listen on. `SURETY_HOST`, default 127.0.0.1. */
  readonly host: string;
  /**
   * Where people open the page, if not at http://localhost and the port: passkeys are bound to it, and links in notices lead to
   * it. An origin, https but for loopback. `SURETY_PAGE_URL`.
   */
  readonly pageOrigin: string | undefined;
  /** Addresses of proxies in front, which say for whom they speak. `SURETY_PROXY`, commas between, none by default. */
  readonly proxies: readonly string[];
  /** `development` labels everything and allows the faucet. `SURETY_ENVIRONMENT`, default development. */
  readonly environment: 'development' | 'production';
  /** Any PostgreSQL; embedded when absent. `DATABASE_URL`. */
  readonly databaseUrl: string | undefined;
  /** Any EVM chain; an embedded local one when absent. `RPC_URL`. */
  readonly rpcUrl: string | undefined;
  /** Seconds in which a panel's answer can be challenged before it is final. `SURETY_CHALLENGE_SECONDS`, default 300. */
  readonly challengeSeconds: number;
  /**
   * Windows of the court are divided by this: a rehearsal, on development networks only. `SURETY_COURT_SPEED`, default 60 there and 1 elsewhere.
   */
  readonly courtSpeed: number;
  /**
   * What the operator puts up for each of its built-in jurors that has no stake; those without are not drawn.
   * `SURETY_JUROR_STAKE` in whole dollars, default 100 in development and 0 elsewhere.
   */
  readonly jurorStakeMicroUsd: bigint;
  /** Relay that rounds of drand are fetched from; each is verified. `SURETY_DRAND_URL`, default https://api.drand.sh. */
  readonly drandUrl: string;
  /** Court of contracts whose cases are shown, an address on the node's chain. `SURETY_COURT`, default none. */
  readonly court: string | null;
  /**
   * What one coin of the chain is worth, so that cases whose fees do not pay for gas are named. `SURETY_COIN_USD` in dollars; by
   * default 0 on development chains and unknown on others.
   */
  readonly coinMicroUsd: bigint | null;
  /**
   * Who says that an account is one person: a JSON file, or `development`, where people's panels are to be drawn by person and not by
   * stake. `SURETY_PERSON_ISSUER`, none by default.
   */
  readonly personIssuer: string | undefined;
  /** One question in this many is drawn for people after it closes. `SURETY_AUDIT_ONE_IN`, default 50. */
  readonly auditOneIn: number;
  /**
   * Whether analysts may reach the network (DNS, TLS, pages). `SURETY_NETWORK` = auto | on | off; `auto`, the
   * default, stops trying for ten minutes whenever no name resolves.
   */
  readonly network: 'auto' | 'on' | 'off';
  /**
   * A language model that plays and judges. `SURETY_LLM_KEY`, `SURETY_LLM_URL`, `SURETY_LLM_MODEL`,
   * `SURETY_LLM_PROTOCOL` = openai | anthropic; none without a key.
   */
  readonly llm: LlmContext | undefined;
  /** Mail server by which people are told. `SURETY_SMTP_URL` and `SURETY_MAIL_FROM`; no mail without. */
  readonly mail: MailConfig | undefined;
  /** Folder of tensor programs and adapters that reports of others are run against. `SURETY_PROGRAMS`, none by default. */
  readonly programs: string | undefined;
  /** Names of adapters in that folder that play as built-in players. `SURETY_PROGRAM_PLAYERS`, commas between. */
  readonly programPlayers: readonly string[];
};

const integer = (
  name: string,
  text: string | undefined,
  fallback: number,
  low: number,
  high: number,
): Result<number> => {
  if (text === undefined || text === '') return ok(fallback);
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= low && value <= high) return ok(value);
  return refuse({
    code: 'config.invalid',
    message: `${name} is '${text}', which is not a whole number from ${low} to ${high}.`,
    next: `Set ${name} to a number in that range, or unset it for ${fallback}.`,
    field: name,
    value: text,
    limit: `${low} .. ${high}`,
  });
};

const choice = <T extends string>(name: string, text: string | undefined, options: readonly [T, ...T[]]): Result<T> => {
  if (text === undefined || text === '') return ok(options[0]);
  const found = options.find((option) => option === text);
  if (found !== undefined) return ok(found);
  return refuse({
    code: 'config.invalid',
    message: `${name} is '${text}', which is none of ${options.join(', ')}.`,
    next: `Set ${name} to one of them, or unset it for ${options[0]}.`,
    field: name,
    value: text,
    limit: options.join(' | '),
  });
};

const origin = (name: string, text: string | undefined): Result<string | undefined> => {
  if (text === undefined || text === '') return ok(undefined);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const secure = url?.protocol === 'https:' || (url?.protocol === 'http:' && url.hostname === 'localhost');
  if (url !== undefined && secure && isIP(url.hostname.replace(/^\[|\]$/g, '')) === 0 && `${url.origin}/` === url.href)
    return ok(url.origin);
  return refuse({
    code: 'config.invalid',
    message: `${name} is '${show(text)}', which is no origin that browsers let passkeys be made for.`,
    next: `Set ${name} to https://, a name and perhaps a port, without a path.`,
    field: name,
    value: show(text),
    limit: 'https://name or http://localhost',
  });
};

const listed = (text = ''): readonly string[] =>
  text
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean);

const addresses = (name: string, text: string | undefined): Result<readonly string[]> => {
  const all = listed(text);
  const wrong = all.find((each) => isIP(each) === 0);
  if (wrong === undefined) return ok(all);
  return refuse({
    code: 'config.invalid',
    message: `${name} has '${show(wrong)}', which is no address.`,
    next: `Set ${name} to the addresses from which your proxies call, commas between, or unset it.`,
    field: name,
    value: show(wrong),
    limit: 'IPv4 or IPv6 addresses',
  });
};

/** The configuration from an environment such as `process.env`, or the first thing that is wrong with it. */
export const readConfig = (env: Readonly<Record<string, string | undefined>>, cwd: string): Result<NodeConfig> => {
  const port = integer('SURETY_PORT', env.SURETY_PORT, 4810, 0, 65535);
  if (!port.ok) return port;
  const page = origin('SURETY_PAGE_URL', env.SURETY_PAGE_URL);
  if (!page.ok) return page;
  const proxies = addresses('SURETY_PROXY', env.SURETY_PROXY);
  if (!proxies.ok) return proxies;
  const challenge = integer('SURETY_CHALLENGE_SECONDS', env.SURETY_CHALLENGE_SECONDS, 300, 0, 30 * 86_400);
  if (!challenge.ok) return challenge;
  const audit = integer('SURETY_AUDIT_ONE_IN', env.SURETY_AUDIT_ONE_IN, 50, 1, 1_000_000);
  if (!audit.ok) return audit;
  const environment = choice('SURETY_ENVIRONMENT', env.SURETY_ENVIRONMENT, ['development', 'production']);
  if (!environment.ok) return environment;
  const usual = environment.value === 'development' ? 60 : 1;
  const speed = integer('SURETY_COURT_SPEED', env.SURETY_COURT_SPEED, usual, 1, 100_000);
  if (!speed.ok) return speed;
  if (speed.value > 1 && environment.value !== 'development') {
    return refuse({
      code: 'config.invalid',
      message: 'SURETY_COURT_SPEED shortens the time that people have, which only a development network may.',
      next: 'Unset SURETY_COURT_SPEED.',
      field: 'SURETY_COURT_SPEED',
      value: String(speed.value),
      limit: '1',
    });
  }
  const jurorStake = integer(
    'SURETY_JUROR_STAKE',
    env.SURETY_JUROR_STAKE,
    environment.value === 'development' ? 100 : 0,
    0,
    1_000_000,
  );
  if (!jurorStake.ok) return jurorStake;
  const personIssuer = env.SURETY_PERSON_ISSUER || undefined;
  if (personIssuer === 'development' && environment.value !== 'development') {
    return refuse({
      code: 'config.invalid',
      message: 'The issuer for development gives a token of a person to whoever asks.',
      next: 'Set SURETY_PERSON_ISSUER to the file of an issuer that knows people, or unset it.',
      field: 'SURETY_PERSON_ISSUER',
      value: personIssuer,
      limit: 'development networks only',
    });
  }
  const coin = env.SURETY_COIN_USD ? parseDollars(env.SURETY_COIN_USD, 'SURETY_COIN_USD') : ok(null);
  if (!coin.ok) return coin;
  const network = choice('SURETY_NETWORK', env.SURETY_NETWORK, ['auto', 'on', 'off']);
  if (!network.ok) return network;
  const llm = readLlm(env);
  if (!llm.ok) return llm;
  const mail = readMail(env, network.value);
  if (!mail.ok) return mail;
  return ok({
    home: env.SURETY_HOME ? resolve(cwd, env.SURETY_HOME) : join(cwd, '.surety'),
    port: port.value,
    host: env.SURETY_HOST || '127.0.0.1',
    pageOrigin: page.value,
    proxies: proxies.value,
    environment: environment.value,
    databaseUrl: env.DATABASE_URL || undefined,
    rpcUrl: env.RPC_URL || undefined,
    challengeSeconds: challenge.value,
    courtSpeed: speed.value,
    court: env.SURETY_COURT || null,
    coinMicroUsd: coin.value,
    jurorStakeMicroUsd: BigInt(jurorStake.value) * 1_000_000n,
    personIssuer: personIssuer === 'development' ? personIssuer : personIssuer && resolve(cwd, personIssuer),
    drandUrl: env.SURETY_DRAND_URL || 'https://api.drand.sh',
    auditOneIn: audit.value,
    network: network.value,
    llm: llm.value,
    mail: mail.value,
    programs: env.SURETY_PROGRAMS ? resolve(cwd, env.SURETY_PROGRAMS) : undefined,
    programPlayers: listed(env.SURETY_PROGRAM_PLAYERS),
  });
};
