import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AnalystReport, Evidence, QuestionClaim, Receipt } from '@surety/core';
import { questionClaim } from './claim.ts';
import type { analystReport, evidence } from './evidence.ts';
import { openapi } from './openapi.ts';
import type { receipt } from './receipt.ts';
import type { Route } from './route.ts';
import { routes } from './routes.ts';
import { ROUTE_NAMES, SHAPES } from './shapes.ts';
import type { Wire } from './wire.ts';
import { problemOf } from './zod-problem.ts';

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
const claimsAgree: Same<Wire<typeof questionClaim>, QuestionClaim> = true;
const reportsAgree: Same<Wire<typeof analystReport>, AnalystReport> = true;
const evidenceAgrees: Same<Wire<typeof evidence>, Evidence> = true;
const receiptsAgree: [Wire<typeof receipt>] extends [Receipt] ? true : false = true;

test('schemas have the types of core', () => {
  assert.ok(claimsAgree && reportsAgree && evidenceAgrees && receiptsAgree);
});

test('the table without schemas is that of the routes', () => {
  const shapes = Object.entries<Route>(routes).map(([name, route]) => [
    name,
    {
      method: route.method,
      path: route.path,
      query: Object.keys(route.query?.shape ?? {}),
      body: route.body !== undefined,
      write: route.write,
      operator: route.auth === 'operator',
    },
  ]);
  assert.deepEqual(SHAPES, Object.fromEntries(shapes));
});

test('no two routes share method and path; every path parameter has a schema', () => {
  const table: { readonly [name: string]: Route } = routes;
  const seen = new Set<string>();
  for (const name of ROUTE_NAMES) {
    const route = table[name]!;
    const key = `${route.method} ${route.path}`;
    assert.ok(!seen.has(key), key);
    seen.add(key);
    const named = [...route.path.matchAll(/:([A-Za-z]+)/g)].map((match) => match[1]);
    assert.deepEqual(named, Object.keys(route.params?.shape ?? {}), name);
    if (route.write) assert.notEqual(route.method, 'GET', name);
  }
});

test('OpenAPI has one operation per route', () => {
  const document = openapi(routes, { version: '0.0.0', serverUrl: 'http://127.0.0.1' });
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
  assert.deepEqual(operations.map((operation) => operation.operationId).sort(), [...ROUTE_NAMES].sort());
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]*)"/g)].map((match) => match[1]);
  assert.deepEqual([...new Set(references)].sort(), ['#/components/responses/Refused', '#/components/schemas/Error']);
  const markets = document.paths['/v1/markets']?.get?.parameters as readonly {
    name: string;
    required: boolean;
  }[];
  assert.deepEqual(
    markets.map((parameter) => [parameter.name, parameter.required]),
    [
      ['status', false],
      ['cursor', false],
      ['limit', false],
    ],
  );
});

const cases: readonly (readonly [body: unknown, code: string, field: string])[] = [
  [undefined, 'input.missing-field', 'body'],
  [{}, 'input.missing-field', 'type'],
  [[], 'input.malformed', 'body'],
  [{ ...claim(), extra: 1 }, 'input.unknown-field', 'extra'],
  [{ ...claim(), budgetMicroUsd: '-1' }, 'amount.negative', 'budgetMicroUsd'],
  [{ ...claim(), budgetMicroUsd: '0.05' }, 'amount.not-integer', 'budgetMicroUsd'],
  [{ ...claim(), budgetMicroUsd: 0.05 }, 'amount.not-integer', 'budgetMicroUsd'],
  [{ ...claim(), budgetMicroUsd: '1e6' }, 'amount.not-integer', 'budgetMicroUsd'],
  [{ ...claim(), budgetMicroUsd: '01' }, 'input.malformed', 'budgetMicroUsd'],
  [{ ...claim(), budgetMicroUsd: '' }, 'input.empty', 'budgetMicroUsd'],
  [{ ...claim(), outcomes: ['yes'] }, 'input.out-of-range', 'outcomes'],
  [{ ...claim(), outcomes: [] }, 'input.empty', 'outcomes'],
  [{ ...claim(), outcomes: Array.from({ length: 17 }, String) }, 'input.too-large', 'outcomes'],
  [{ ...claim(), asker: `0x${'ab'.repeat(20)}` }, 'input.malformed', 'asker'],
  [{ ...claim(), predicate: 'x'.repeat(257) }, 'input.too-large', 'predicate'],
  [{ ...claim(), closesAt: -1 }, 'input.out-of-range', 'closesAt'],
  [{ ...claim(), closesAt: 1.5 }, 'input.malformed', 'closesAt'],
  [{ ...claim(), subject: { kind: 'planet' } }, 'input.malformed', 'subject.kind'],
  [{ ...claim(), subject: { kind: 'site', host: '' } }, 'input.empty', 'subject.host'],
];

test('a bad field becomes a problem naming code, field, value and what to do', () => {
  for (const [body, code, field] of cases) {
    const parsed = questionClaim.safeParse(body);
    assert.ok(!parsed.success, field);
    const found = problemOf(parsed.error, body, 'body');
    assert.deepEqual([found.code, found.field], [code, field], JSON.stringify(found));
    assert.ok(found.next.endsWith('.'));
  }
});

function claim(): QuestionClaim {
  return {
    type: 'surety/claim/question/v1',
    subject: { kind: 'site', host: 'example.com' },
    predicate: 'scam',
    outcomes: ['yes', 'no'],
    rule: { kind: 'panel', seats: 3, quorum: 2, lossGainRatio: 9 },
    budgetMicroUsd: '50000',
    valueAtStakeMicroUsd: '0',
    closesAt: 1_800_000_000,
    asker: `0x${'11'.repeat(20)}`,
    nonce: '00'.repeat(16),
  };
}
