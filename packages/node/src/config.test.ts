import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from './config.ts';

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
