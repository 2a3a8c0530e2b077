/** A whole node in a process of its own: database, chain, service. For tests. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { machine } from './testing.ts';

const NODE = join(import.meta.dirname, '..', '..', 'node', 'src', 'main.ts');

/** Starts one in a folder; nothing of it outlives `stop` and `ended`. */
export const startNode = async (home: string, extra: NodeJS.ProcessEnv = {}) => {
  const env = {
    ...machine(),
    SURETY_HOME: home,
    SURETY_PORT: '0',
    SURETY_NETWORK: 'off',
    SURETY_CHALLENGE_SECONDS: '0',
    ...extra,
  };
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', NODE], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const first = await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
  const url = /serves at (http\S+)/.exec(String(first[0]))?.[1];
  assert.ok(child.exitCode === null && url !== undefined, said);
  return { url, ended: once(child, 'exit'), stop: () => child.kill('SIGTERM') };
};
