/** The libraries of the proof route beside what they are twins of in `packages/proofs`. */
import assert from 'node:assert/strict';
import { dirname } from 'node:path';
import { after, before, test } from 'node:test';
import { to0x, utf8 } from '@surety/core';
import { createHardhatRuntimeEnvironment } from 'hardhat/hre';
import { decodeFunctionResult, encodeFunctionData, type Hex } from 'viem';
import { Random } from '../../../packages/programs/test/random.ts';
import { extBytes } from '../../../packages/proofs/src/zk/channel/open.ts';
import { Transcript } from '../../../packages/proofs/src/zk/channel/transcript.ts';
import { queriesOf } from '../../../packages/proofs/src/zk/commit/soundness.ts';
import {
  add,
  type Ext,
  ext,
  inverse,
  mul,
  ONE,
  P,
  scale,
  sub,
  ZERO,
} from '../../../packages/proofs/src/zk/field/ext.ts';
import { below, eqAt } from '../../../packages/proofs/src/zk/field/multilinear.ts';
import { ProofMemory } from '../../../packages/proofs/src/zk/memory.ts';
import { CONTRACTS, compileContract } from '../support/compile.ts';

const ADDRESS = '0x00000000000000000000000000000000005ca1ab';
const { abi, code } = compileContract('test/verifiers/ProofHarness.sol', 'ProofHarness', { viaIR: true });

let request: (method: string, params: unknown[]) => Promise<unknown>;
let close: () => Promise<void>;

before(async () => {
  const networks = { proof: { type: 'edr-simulated', chainType: 'l1', allowUnlimitedContractSize: true } } as const;
  const hre = await createHardhatRuntimeEnvironment({ networks }, {}, dirname(CONTRACTS));
  const connection = await hre.network.connect('proof');
  request = (method, params) => connection.provider.request({ method, params });
  close = () => connection.close();
  await request('hardhat_setCode', [ADDRESS, code]);
});
after(() => close());

const call = async <T>(functionName: string, ...args: readonly unknown[]): Promise<T> => {
  const data = encodeFunctionData({ abi, functionName, args });
  const result = (await request('eth_call', [{ to: ADDRESS, data, gas: '0xf42400' }, 'latest'])) as Hex;
  return decodeFunctionResult({ abi, functionName, data: result }) as T;
};

const random = new Random(5);
const EDGES = [0, 1, 2, P - 1, P - 2, 2 ** 30, 2 ** 16 - 1];
const coordinate = (): number => (random.chance(40) ? random.pick(EDGES) : random.bits() % P);
const anyExt = (): Ext => [coordinate(), coordinate(), coordinate(), coordinate()];
const exts = (count: number): Ext[] => Array.from({ length: count }, anyExt);
const hex = (values: readonly Ext[]): Hex => to0x(extBytes(values));
/** As a contract holds an element: lanes of 64 bits, the first in the highest. */
const lanes = (value: Ext): bigint => value.reduce((word, x) => (word << 64n) | BigInt(x), 0n);

test('elements add, subtract, multiply, invert and scale alike, at the edges too', async () => {
  for (let round = 0; round < 4; round++) {
    const values = [ZERO, ONE, ...exts(98)];
    const s = coordinate();
    const expected = Array.from({ length: 50 }, (_, k) => {
      const [a, b] = [values[2 * k]!, values[2 * k + 1]!];
      return [add(a, b), sub(a, b), mul(a, b), inverse(a), scale(a, s)].map(lanes);
    });
    assert.deepEqual(await call('arithmetic', hex(values), s), expected.flat());
  }
  const a = anyExt();
  assert.deepEqual(await call('arithmeticOfZeros', lanes(a)), [0n, 0n, 0n, 0n]);
});

test('what is no element is refused', async () => {
  for (let word = 0; word < 4; word++) {
    for (const value of [P, 2 ** 31, 2 ** 32 - 1]) {
      const bytes = new Uint8Array(32);
      new DataView(bytes.buffer).setUint32(4 * word, value, true);
      await assert.rejects(call('arithmetic', to0x(bytes), 1), /ProofNoElement|revert/, `${word} ${value}`);
    }
  }
});

test('transcripts draw alike', async () => {
  const statement = utf8('a statement of any length, as long as it is one');
  for (const [count, limit] of [
    [41, 64],
    [75, 128],
    [130, 1024],
  ] as const) {
    const messages = exts(6);
    const [challenges, indices]: [bigint[], bigint[]] = [[], []];
    for (let k = 0; k < 3; k++) {
      // Behind indices a contract draws nothing: each time a transcript of all that was said before.
      const transcript = new Transcript();
      transcript.absorb(statement);
      for (let i = 0; i <= k; i++) transcript.absorb(extBytes(messages.slice(2 * i, 2 * i + 2)));
      challenges.push(lanes(transcript.challenge()), lanes(transcript.challenge()));
      indices.push(...transcript.indices(count, limit).map(BigInt));
    }
    assert.deepEqual(await call('transcript', to0x(statement), hex(messages), count, limit), [challenges, indices]);
  }
});

test('rows are encoded alike, at every width that a contract takes', async (context) => {
  const memory = await ProofMemory.create();
  for (let rowVars = 4; rowVars <= 9; rowVars++) {
    const row = exts(2 ** rowVars);
    const length = 4 * row.length;
    const mark = memory.mark();
    const table = memory.base((3 * length) / 4);
    memory.kernels.makeTwiddles(table.address, Math.log2(length));
    const planes = [0, 1, 2, 3].map((c) => {
      const [source, out] = [memory.base(row.length), memory.base(length)];
      memory.words(source).set(row.map((value) => value[c]!));
      memory.kernels.encode(out.address, source.address, rowVars, 2, 0, table.address, 0, 0, 4);
      return memory.words(out).slice();
    });
    memory.release(mark);
    const expected = Array.from({ length }, (_, i) => lanes(planes.map((plane) => plane[i]!) as unknown as Ext));
    const [word, gas] = await call<[bigint[], bigint]>('encode', hex(row), rowVars);
    assert.deepEqual(word, expected, `${rowVars}`);
    context.diagnostic(`2^${rowVars}: ${gas} gas`);
  }
});

test('extensions at points are the same', async () => {
  for (let vars = 0; vars <= 6; vars++) {
    const size = 2 ** vars;
    const [values, point] = [exts(size), exts(vars)];
    const table = values.map((_, i) => eqAt(point, i));
    const value = values.reduce((sum, each, i) => add(sum, mul(each, table[i]!)), ZERO);
    const belows = Array.from({ length: size + 1 }, (_, s) => [
      below(point, s),
      table.slice(0, s).reduce((sum, each, i) => add(sum, mul(each, ext(i))), ZERO),
    ]);
    const expected = [table.map(lanes), lanes(value), belows.flat().map(lanes)];
    assert.deepEqual(await call('extensions', hex(values), hex(point), vars), expected);
  }
});

test('as many columns are opened as the bound asks for', async () => {
  for (let rowVars = 4; rowVars <= 9; rowVars++) {
    assert.equal(await call('queriesOf', rowVars), BigInt(queriesOf({ rowVars, randomness: 0 })));
  }
});
