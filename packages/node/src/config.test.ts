import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from './config.ts';

const pageOf = (url: string): string | undefined => {
  const read = readConfig({ SURETY_PAGE_URL: url }, '/');
  if (!read.ok) return `${read.problem.code} ${read.problem.field}`;
  return read.value.pageOrigin;
};

test('the page is at an origin that browsers make passkeys for, or the node does not start', () => {
  assert.equal(pageOf(''), undefined);
  assert.equal(pageOf('https://court.example'), 'https://court.example');
  assert.equal(pageOf('https://court.example:8443/'), 'https://court.example:8443');
  assert.equal(pageOf('http://localhost:4810'), 'http://localhost:4810');
  for (const url of [
    'court.example',
    'http://court.example',
    'https://192.0.2.1',
    'https://[2001:db8::1]',
    'https://court.example/court',
    'https://user@court.example',
    'https://court.example/?a',
    'ftp://court.example',
  ])
    assert.equal(pageOf(url), 'config.invalid SURETY_PAGE_URL', url);
});

const mailOf = (url: string, from = 'court@court.example', network = 'auto'): string => {
  const env = { SURETY_SMTP_URL: url, SURETY_MAIL_FROM: from, SURETY_NETWORK: network };
  const read = readConfig(env, '/');
  if (read.ok) return read.value.mail?.from ?? 'none';
  assert.doesNotMatch(JSON.stringify(read.problem), /secret/);
  return `${read.problem.code} ${read.problem.field}`;
};

test('mail is off without a server, needs an address to come from, and stays here where the network is off', () => {
  assert.equal(mailOf(''), 'none');
  assert.equal(mailOf('smtps://court:secret@mail.example'), 'court@court.example');
  assert.equal(mailOf('smtp://127.0.0.1:2525', 'court@court.example', 'off'), 'court@court.example');
  for (const url of ['mail.example', 'https://mail.example', 'smtp://'])
    assert.equal(mailOf(url), 'config.invalid SURETY_SMTP_URL', url);
  assert.equal(
    mailOf('smtp://court:secret@mail.example', 'court@court.example', 'off'),
    'config.invalid SURETY_SMTP_URL',
  );
  for (const from of ['', 'court', 'Court <court@court.example>', 'a@b.example\r\nBcc: x@y.example'])
    assert.equal(mailOf('smtp://mail.example', from), 'config.invalid SURETY_MAIL_FROM', from);
});

const read = (env: Readonly<Record<string, string>>) => readConfig(env, '/home/node');
const refusal = (env: Readonly<Record<string, string>>): string => {
  const config = read(env);
  return config.ok ? 'taken' : `${config.problem.code} ${config.problem.field}`;
};
const PRODUCTION = { SURETY_ENVIRONMENT: 'production' } as const;

test('what is for development alone is refused outside it', () => {
  assert.equal(refusal({ SURETY_PERSON_ISSUER: 'development' }), 'taken');
  assert.equal(refusal({ ...PRODUCTION, SURETY_PERSON_ISSUER: 'development' }), 'config.invalid SURETY_PERSON_ISSUER');
  assert.equal(refusal({ ...PRODUCTION, SURETY_PERSON_ISSUER: 'issuer.json' }), 'taken');
  assert.equal(refusal({ SURETY_COIN_USD: '3000.50' }), 'taken');
  assert.equal(refusal({ SURETY_COIN_USD: 'dear' }), 'input.malformed SURETY_COIN_USD');
  assert.equal(refusal({ SURETY_COURT_SPEED: '60' }), 'taken');
  assert.equal(refusal({ ...PRODUCTION, SURETY_COURT_SPEED: '60' }), 'config.invalid SURETY_COURT_SPEED');
});

test('the operator stakes its jurors by default in development alone', () => {
  const stakeOf = (env: Readonly<Record<string, string>>): bigint | undefined => {
    const config = read(env);
    return config.ok ? config.value.jurorStakeMicroUsd : undefined;
  };
  assert.deepEqual(
    [stakeOf({}), stakeOf(PRODUCTION), stakeOf({ ...PRODUCTION, SURETY_JUROR_STAKE: '25' })],
    [100_000_000n, 0n, 25_000_000n],
  );
  assert.equal(refusal({ SURETY_JUROR_STAKE: '2.5' }), 'config.invalid SURETY_JUROR_STAKE');
});

test('files are named from where the node starts', () => {
  const config = read({ SURETY_PERSON_ISSUER: 'issuer.json', SURETY_HOME: 'data' });
  assert.ok(config.ok);
  assert.deepEqual([config.value.personIssuer, config.value.home], ['/home/node/issuer.json', '/home/node/data']);
});

test('proxies are addresses, and nobody else is believed', () => {
  const proxiesOf = (text?: string) => {
    const read = readConfig({ SURETY_PROXY: text }, '/');
    return read.ok ? read.value.proxies : `${read.problem.code} ${read.problem.field}`;
  };
  assert.deepEqual(proxiesOf(), []);
  assert.deepEqual(proxiesOf('127.0.0.1, 2001:db8::1'), ['127.0.0.1', '2001:db8::1']);
  for (const text of ['proxy.example', '10.0.0.0/8', '*']) assert.equal(proxiesOf(text), 'config.invalid SURETY_PROXY');
});
