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
