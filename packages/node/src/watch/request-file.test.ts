import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NOBODY } from '@surety/chain';
import { to0x, toHex, unwrap } from '@surety/core';
import { commitProgram, iteratedId, listRoot } from '@surety/programs';
import { randomInputs, randomProgram } from '../../../programs/test/random-program.ts';
import { readRequestFile, type SignedRequest, writeRequestFile } from './request-file.ts';

const PROGRAM = randomProgram(3, 6);
const INPUTS = randomInputs(PROGRAM, 3);
const { id } = commitProgram(PROGRAM);
const ADDRESS = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';

const SIGNED: SignedRequest = {
  chainId: 31337,
  arbiter: ADDRESS,
  request: {
    requester: ADDRESS,
    provider: NOBODY,
    program: to0x(id),
    input: to0x(listRoot(INPUTS)),
    verifier: ADDRESS,
    priceMicroUsd: 2_000_000n,
    bondMicroUsd: 50_000_000n,
    deadline: 1_900_000_000n,
    windowSeconds: 600,
    clockSeconds: 600,
    premiumPpm: 0,
    proofRequired: false,
    callback: NOBODY,
    nonce: 2n ** 255n + 7n,
  },
  signature: `0x${'ab'.repeat(65)}`,
  program: toHex(id),
  steps: null,
  inputs: INPUTS,
  prove: 'optimistic',
};

const written = (): Record<string, unknown> => JSON.parse(unwrap(writeRequestFile(SIGNED)));

const problemOf = (value: unknown): string => {
  const read = readRequestFile(typeof value === 'string' ? value : JSON.stringify(value));
  return read.ok ? 'ok' : `${read.problem.code} ${read.problem.field}`;
};

test('a request is read as it was written, once or many times run', () => {
  assert.deepEqual(unwrap(readRequestFile(unwrap(writeRequestFile(SIGNED)))), SIGNED);
  const many = { ...SIGNED, steps: 3, request: { ...SIGNED.request, program: to0x(iteratedId(id, 3)) } };
  assert.deepEqual(unwrap(readRequestFile(unwrap(writeRequestFile(many)))), many);
  // What a proof is about has another id, which follows from more than this file.
  const proof: SignedRequest = {
    ...SIGNED,
    prove: 'zk',
    request: { ...SIGNED.request, program: to0x(new Uint8Array(32)) },
  };
  assert.deepEqual(unwrap(readRequestFile(unwrap(writeRequestFile(proof)))), proof);
});

test('what is not of its form, or not what was signed, is refused with the field', () => {
  const file = written();
  const request = file.request as Record<string, unknown>;
  const other = '12'.repeat(32);
  const cases: readonly (readonly [unknown, string])[] = [
    ['no json', 'input.malformed --request'],
    [{ ...file, format: 'surety:request:v2' }, 'input.malformed format'],
    [{ ...file, more: 1 }, 'input.unknown-field more'],
    [{ ...file, request: { ...request, more: 1 } }, 'input.unknown-field request.more'],
    [{ ...file, request: { ...request, priceMicroUsd: 2 } }, 'input.malformed request.priceMicroUsd'],
    [{ ...file, request: { ...request, bondMicroUsd: '-1' } }, 'amount.negative request.bondMicroUsd'],
    [{ ...file, request: { ...request, requester: ADDRESS.toLowerCase() } }, 'input.malformed request.requester'],
    [{ ...file, request: { ...request, windowSeconds: 2 ** 32 } }, 'input.out-of-range request.windowSeconds'],
    [{ ...file, signature: '0xabc' }, 'input.malformed signature'],
    [{ ...file, prove: 'enclave' }, 'input.malformed prove'],
    [{ ...file, steps: 1 }, 'input.out-of-range steps'],
    [{ ...file, steps: 2 }, 'arbiter.request-differs program'],
    [{ ...file, program: other }, 'arbiter.request-differs program'],
    [{ ...file, request: { ...request, input: `0x${other}` } }, 'arbiter.request-differs inputs'],
    [{ ...file, inputs: [] }, 'arbiter.request-differs inputs'],
    [{ ...file, inputs: 'none' }, 'input.malformed tensors'],
  ];
  for (const [value, wanted] of cases) assert.equal(problemOf(value), wanted);
});
