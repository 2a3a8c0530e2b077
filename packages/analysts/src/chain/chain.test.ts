import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { after, before, test } from 'node:test';
import type { ReadContext } from '../analyst.ts';
import { BUILT_IN_REGISTRY } from '../registry/analyst.ts';
import { chainAnalyst } from './analyst.ts';
import { readChainState } from './state.ts';

type Solc = { compile: (input: string) => string };

/** A token whose whole supply goes to its creator, who may mint; and a proxy in EIP-1967 slots. */
const SOURCE = `// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.20;
contract Token {
  string public name = "Tether USD"; string public symbol = "USDT"; uint8 public decimals = 6;
  uint256 public totalSupply; mapping(address => uint256) public balanceOf; address public owner = msg.sender;
  event Transfer(address indexed from, address indexed to, uint256 value);
  constructor() { mint(msg.sender, 1e12); }
  function mint(address to, uint256 v) public { totalSupply += v; balanceOf[to] += v; emit Transfer(address(0), to, v); }
}
contract Proxy {
  constructor(address logic, address admin) {
    assembly {
      sstore(0x360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc, logic)
      sstore(0xb53127684a568b3173ae13b9f8a6016e243e63b6e8ee1178d6a717850b5d6103, admin)
    }
  }
  fallback() external {}
}`;

const require = createRequire(import.meta.url);
let anvil: ChildProcess;
let url = '';
let token = '';
let proxy = '';
let owner = '';

const rpc = async (method: string, params: readonly unknown[]): Promise<unknown> => {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const json = (await response.json()) as { result?: unknown; error?: { message: string } };
  if (json.error !== undefined) throw new TypeError(json.error.message);
  return json.result;
};

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

const deploy = async (data: string): Promise<string> => {
  const hash = await rpc('eth_sendTransaction', [{ from: owner, data, gas: '0x2dc6c0' }]);
  // The receipt may be a moment behind the transaction.
  for (let tries = 0; tries < 100; tries += 1) {
    const receipt = (await rpc('eth_getTransactionReceipt', [hash])) as { contractAddress: string } | null;
    if (receipt !== null) return receipt.contractAddress;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return assert.fail('the contract was not mined');
};

before(async () => {
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  anvil = spawn(process.execPath, [require.resolve('@foundry-rs/anvil/bin.mjs'), '--port', String(port), '--silent'], {
    stdio: 'ignore',
  });
  for (let ready = false, tries = 0; !ready; tries += 1) {
    assert.ok(tries < 400, 'the chain does not answer');
    await new Promise((resolve) => setTimeout(resolve, 50));
    ready = await rpc('eth_chainId', []).then(
      () => true,
      () => false,
    );
  }
  owner = ((await rpc('eth_accounts', [])) as string[])[0]!;
  const solc = require('solc') as Solc;
  const settings = { outputSelection: { '*': { '*': ['evm.bytecode.object'] } } };
  const out = JSON.parse(
    solc.compile(JSON.stringify({ language: 'Solidity', sources: { a: { content: SOURCE } }, settings })),
  ) as {
    contracts: { a: Record<'Token' | 'Proxy', { evm: { bytecode: { object: string } } }> };
  };
  const word = (address: string) => address.slice(2).padStart(64, '0');
  await rpc('anvil_mine', ['0x40']);
  token = await deploy(`0x${out.contracts.a.Token.evm.bytecode.object}`);
  proxy = await deploy(`0x${out.contracts.a.Proxy.evm.bytecode.object}${word(token)}${word(owner)}`);
  await rpc('anvil_mine', ['0x10']);
});
after(() => anvil.kill('SIGTERM'));

const context = (): ReadContext => ({
  nowSeconds: Math.floor(Date.now() / 1000),
  rpc: (_chain, method, params) => rpc(method, params),
});
const nobody = '0x1111111111111111111111111111111111111111';

test('reads code, creation, supply, holders and powers of a token', async () => {
  const state = await readChainState(rpc, token, { token: true });
  assert.deepEqual(
    [state.token?.symbol, state.token?.name, state.token?.totalSupply],
    ['USDT', 'Tether USD', 1_000_000_000_000n],
  );
  assert.deepEqual(
    [state.token?.largestHolderPpm, state.token?.owner?.toLowerCase()],
    [1_000_000, owner.toLowerCase()],
  );
  assert.deepEqual(state.powers, ['create new tokens (mint)']);
  const created = (await rpc('eth_getBlockByNumber', ['0x41', false])) as { timestamp: string };
  assert.equal(state.createdAt, Number(created.timestamp));
});

test('reads a proxy: what it runs and who may change it', async () => {
  const state = await readChainState(rpc, proxy, { token: false });
  assert.deepEqual(
    [state.implementation, state.admin, state.adminIsContract],
    [token.toLowerCase(), owner.toLowerCase(), false],
  );
});

test('an impostor on chain is called one; nothing there is no token; an account is undecided', async () => {
  const impostor = await chainAnalyst.read({ kind: 'token', chainId: 1, address: token }, context());
  assert.ok((impostor.probabilityPpm ?? 0) > 850_000, JSON.stringify(impostor));
  assert.match(impostor.reasons.map((r) => r.text).join(' '), new RegExp(BUILT_IN_REGISTRY.tokens[0]!.address));
  const nothing = await chainAnalyst.read({ kind: 'token', chainId: 1, address: nobody, symbol: 'X' }, context());
  assert.equal(nothing.probabilityPpm, 900_000);
  const account = await chainAnalyst.read({ kind: 'address', chainId: 1, address: owner }, context());
  assert.equal(account.probabilityPpm, null);
});

test('abstains without a chain and where the chain fails', async () => {
  const subject = { kind: 'token', chainId: 5, address: nobody } as const;
  assert.equal((await chainAnalyst.read(subject, { nowSeconds: 0 })).probabilityPpm, null);
  const failing = await chainAnalyst.read(subject, {
    nowSeconds: 0,
    rpc: () => Promise.reject(new TypeError('chain 5 is not served')),
  });
  assert.match(failing.reasons[0]?.text ?? '', /chain 5 is not served/);
});

test('a chain that is not connected is an abstention, never an address without code', async () => {
  const context: ReadContext = { nowSeconds: 1_700_000_000, rpc: async () => null };
  const reading = await chainAnalyst.read({ kind: 'token', chainId: 1, address: token, symbol: 'USDC' }, context);
  assert.equal(reading.probabilityPpm, null);
  assert.equal(
    reading.reasons[0]?.text,
    'Chain 1 could not be read. This chain is not connected here. Ask a node that serves this chain.',
  );
});
