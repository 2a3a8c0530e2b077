/**
 * The chain: whatever `RPC_URL` names, else a local development chain (anvil, from npm) supervised as a child process,
 * its state saved at intervals. It may lose the last seconds when killed; nobody may rely on it not to.
 */
import { access, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createStateSaver, type StateSaver, usableState } from './anvil-state.ts';
import type { StopStep } from './child.ts';
import { failureOf, notInstalled, translate } from './failures.ts';
import { freePort, isPortFree } from './ports.ts';
import { chainIdOf } from './rpc.ts';
import type { Supervisor } from './supervisor.ts';

export type AnvilOptions = {
  /** Any EVM chain to use instead; nothing is started then. */
  readonly rpcUrl?: string | undefined;
  /** Id of the local chain; 31337 unless stated. */
  readonly chainId?: number;
  /** A block every so many seconds; without it each transaction gets its own block at once. */
  readonly blockSeconds?: number;
  /** How often the state is saved; 5 unless stated. */
  readonly saveSeconds?: number;
  readonly onError: (cause: unknown) => void;
  /** It died and runs again, rewound to the last saved state. */
  readonly onRestarted?: () => void;
};

export type ChainService = {
  readonly rpcUrl: string;
  readonly chainId: number;
  readonly embedded: boolean;
  /** Saves the local chain's state now; nothing to do for another chain. */
  readonly save: () => Promise<void>;
};

const NAME = 'anvil';
const DEFAULT_CHAIN_ID = 31_337;
const DEFAULT_PORT = 8_545;
const STOP: readonly StopStep[] = [{ signal: 'SIGTERM', waitMs: 5_000 }];

const PLATFORM: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

/**
 * The platform's binary, found through the package that depends on it.
 * @throws {SuretyError} `process.not-installed`
 */
const findAnvil = async (): Promise<string> => {
  const name = `@foundry-rs/anvil-${process.platform}-${PLATFORM[process.arch] ?? process.arch}`;
  try {
    const binary = join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), 'bin', 'anvil');
    await access(binary);
    return binary;
  } catch {
    throw notInstalled('RPC_URL', 'The local chain (anvil)');
  }
};

/** The port of the last start while it is free or our own orphan has it, so that wallets keep their setting. */
const choosePort = async (portFile: string, orphaned: boolean): Promise<number> => {
  const recorded = Number(await readFile(portFile, 'utf8').catch(() => ''));
  const usable = Number.isInteger(recorded) && recorded > 0 && recorded <= 65_535;
  if (usable && (orphaned || (await isPortFree(recorded)))) return recorded;
  const port = await freePort(DEFAULT_PORT);
  await writeFile(portFile, `${port}\n`);
  return port;
};

const external = async (rpcUrl: string): Promise<ChainService> => {
  const chainId = await chainIdOf(rpcUrl);
  if (chainId === undefined) throw failureOf('the chain', `RPC_URL does not answer: ${rpcUrl}`);
  return { rpcUrl, chainId, embedded: false, save: () => Promise.resolve() };
};

const startLocal = async (supervisor: Supervisor, options: AnvilOptions): Promise<ChainService> => {
  const chainId = options.chainId ?? DEFAULT_CHAIN_ID;
  const home = join(supervisor.dataDir, 'chain');
  await mkdir(home, { recursive: true });
  const executable = await findAnvil();
  const port = await choosePort(join(home, 'port'), await supervisor.hasOrphan(NAME));
  const rpcUrl = `http://127.0.0.1:${port}`;
  const stateFile = join(home, 'state.json');
  const mining = options.blockSeconds === undefined ? [] : ['--block-time', `${options.blockSeconds}`];
  let saver: StateSaver | undefined;

  await supervisor.run({
    name: NAME,
    command: async () => {
      const state = await usableState(stateFile);
      const loading = state === undefined ? [] : ['--load-state', state];
      const args = ['--host', '127.0.0.1', '--port', `${port}`, '--chain-id', `${chainId}`, '--quiet', ...mining];
      return { executable, args: [...args, ...loading], cwd: home, sameAs: [executable, ...args].join(' ') };
    },
    ready: async () => (await chainIdOf(rpcUrl)) === chainId,
    readyTimeoutMs: 30_000,
    stopSteps: STOP,
    beforeStop: async () => {
      saver?.stop();
      await saver?.save();
    },
    ...(options.onRestarted === undefined ? {} : { onRestarted: options.onRestarted }),
  });
  saver = createStateSaver(rpcUrl, stateFile, {
    intervalSeconds: options.saveSeconds ?? 5,
    onError: options.onError,
  });
  return { rpcUrl, chainId, embedded: true, save: saver.save };
};

/**
 * Starts (or adopts) the local chain, or checks that `rpcUrl` answers.
 * @throws {SuretyError} `process.*`: port taken, not installed, did not start
 */
export const startAnvil = async (supervisor: Supervisor, options: AnvilOptions): Promise<ChainService> => {
  try {
    return options.rpcUrl ? await external(options.rpcUrl) : await startLocal(supervisor, options);
  } catch (cause) {
    throw translate('the chain', cause);
  }
};
