/** A real local chain for tests: anvil from npm on a free loopback port, ended with the test. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';

const binary = (): string => {
  const cpu = arch() === 'x64' ? 'amd64' : arch();
  const system = platform();
  const manifest = createRequire(import.meta.url).resolve(`@foundry-rs/anvil-${system}-${cpu}/package.json`);
  return join(dirname(manifest), 'bin', system === 'win32' ? 'anvil.exe' : 'anvil');
};

export type LocalChain = {
  readonly rpcUrl: string;
  readonly rpc: (method: string, params?: readonly unknown[]) => Promise<unknown>;
  readonly kill: (signal?: NodeJS.Signals) => Promise<void>;
};

/** Keys of anvil's own well-known accounts, worth nothing anywhere. */
export const KEYS = [
  'ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80',
  '59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d',
  '5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a',
] as const;

const listening = (child: ChildProcess): Promise<number> =>
  new Promise((resolve, reject) => {
    let text = '';
    const look = (chunk: Buffer): void => {
      text += chunk.toString();
      const port = /Listening on 127\.0\.0\.1:(\d+)/.exec(text)?.[1];
      if (port === undefined) return;
      // It goes on to tell of every transaction, which nobody reads.
      child.stdout?.off('data', look).resume();
      resolve(Number(port));
    };
    child.stdout?.on('data', look);
    child.once('exit', (code) => reject(new RangeError(`anvil ended with ${code}: ${text.slice(-500)}`)));
    child.once('error', reject);
  });

/** Starts a chain; further arguments go to anvil. */
export const startChain = async (...options: readonly string[]): Promise<LocalChain> => {
  const child = spawn(binary(), ['--port', '0', '--host', '127.0.0.1', ...options], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const rpcUrl = `http://127.0.0.1:${await listening(child)}`;
  const rpc = async (method: string, params: readonly unknown[] = []): Promise<unknown> => {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
    const response = await fetch(rpcUrl, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    const answer = (await response.json()) as { readonly result?: unknown; readonly error?: { message: string } };
    if (answer.error !== undefined) throw new RangeError(answer.error.message);
    return answer.result;
  };
  const kill = async (signal: NodeJS.Signals = 'SIGKILL'): Promise<void> => {
    child.kill(signal);
    await ended;
  };
  return { rpcUrl, rpc, kill };
};
