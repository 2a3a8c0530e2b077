/** Every instruction of a proof's verifier in Solidity beside TypeScript: the shared vectors, and many more. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { after, before, test } from 'node:test';
import { to0x } from '@surety/core';
import { createHardhatRuntimeEnvironment } from 'hardhat/hre';
import { decodeFunctionResult, encodeFunctionData, type Hex } from 'viem';
import type { HidingVectors } from '../../../packages/proofs/test/step-hiding-vectors.ts';
import { STEP_RUN, type StepVector, stepVectors } from '../../../packages/proofs/test/step-vectors.ts';
import { CONTRACTS, compileContract } from '../support/compile.ts';

const ADDRESS = '0x00000000000000000000000000000000005ca1ab';
const { abi, code } = compileContract('test/verifiers/StepHarness.sol', 'StepHarness', { viaIR: true });

let request: (method: string, params: unknown[]) => Promise<unknown>;
let close: () => Promise<void>;

before(async () => {
  const networks = { steps: { type: 'edr-simulated', chainType: 'l1', allowUnlimitedContractSize: true } } as const;
  const hre = await createHardhatRuntimeEnvironment({ networks }, {}, dirname(CONTRACTS));
  const connection = await hre.network.connect('steps');
  request = (method, params) => connection.provider.request({ method, params });
  close = () => connection.close();
  await request('hardhat_setCode', [ADDRESS, code]);
});
after(() => close());

/** The record that the contract gives; null where it reverts. */
const recordOf = async (
  { step, loaded, stretch }: Pick<StepVector, 'step' | 'loaded' | 'stretch'>,
  ids: readonly string[] = [to0x(STEP_RUN.input), to0x(STEP_RUN.output)],
): Promise<string | null> => {
  const args = [`0x${step}`, loaded.map((word) => `0x${word}`), `0x${stretch}`, ...ids];
  const data = encodeFunctionData({ abi, functionName: 'run', args });
  const result = await request('eth_call', [{ to: ADDRESS, data, gas: '0xf42400' }, 'latest']).catch((error: Error) => {
    if (/revert/i.test(error.message)) return null;
    throw error;
  });
  if (result === null) return null;
  const [record] = decodeFunctionResult({ abi, functionName: 'run', data: result as Hex }) as [Hex[], bigint];
  return record.map((word) => word.slice(2)).join('');
};

test('vectors/proof-steps.json', async () => {
  const file = new URL('../../../vectors/proof-steps.json', import.meta.url);
  const { steps, hiding } = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly steps: readonly StepVector[];
    readonly hiding: HidingVectors;
  };
  for (const vector of steps) assert.equal(await recordOf(vector), vector.record, vector.op);
  const ids = [`0x${hiding.input}`, `0x${hiding.output}`];
  for (const vector of hiding.steps) assert.equal(await recordOf(vector, ids), vector.record, `step ${vector.number}`);
});

test('every instruction gives what it gives in TypeScript, or nothing where it gives nothing there', async (context) => {
  const vectors = stepVectors(25, 77);
  for (const vector of vectors) assert.equal(await recordOf(vector), vector.record, vector.op);
  context.diagnostic(
    `${vectors.length} steps, ${vectors.filter(({ record }) => record === null).length} of them wrong`,
  );
});

test('what lies outside registers, constants or the stretch is not read', async () => {
  const [vector] = stepVectors(1, 3).filter(({ op }) => op === 'element');
  assert.equal(await recordOf({ ...vector!, stretch: vector!.stretch.slice(0, -2) }), null);
  // An instruction that there is not, and half of one.
  const end = vector!.step.length - 16;
  assert.equal(
    await recordOf({ ...vector!, step: `${vector!.step.slice(0, end)}1f${vector!.step.slice(end + 2)}` }),
    null,
  );
  assert.equal(await recordOf({ ...vector!, step: vector!.step.slice(0, -2) }), null);
});
