/**
 * The local chain's saved state. We ask the chain for a dump and write it whole (temporary file, sync, rename): a kill
 * at any instant leaves the last complete one. Blocks after it are gone: the chain is rewound, and the node's journal
 * puts back what it had sent.
 */
import { open, readFile, rename } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { rpc } from './rpc.ts';

const unzip = promisify(gunzip);

/** Writes a file so that it is either the old or the new one, also after a power cut. */
const replaceFile = async (path: string, bytes: Uint8Array): Promise<void> => {
  const part = `${path}.part`;
  const file = await open(part, 'w', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(part, path);
};

/** The state file if it is whole; a damaged one is set aside, so that the chain starts again rather than not at all. */
export const usableState = async (path: string): Promise<string | undefined> => {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    JSON.parse(text);
    return path;
  } catch {
    await rename(path, `${path}.damaged`);
    return undefined;
  }
};

export type StateSaver = { readonly save: () => Promise<void>; readonly stop: () => void };

/** Saves at intervals, when there are new blocks. `anvil_dumpState` answers gzipped JSON in hex. */
export const createStateSaver = (
  rpcUrl: string,
  path: string,
  options: { readonly intervalSeconds: number; readonly onError: (cause: unknown) => void },
): StateSaver => {
  let saved: string | undefined;
  let last: Promise<void> = Promise.resolve();
  let busy = false;

  const saveNow = async (): Promise<void> => {
    const { hash } = await rpc<{ hash: string }>(rpcUrl, 'eth_getBlockByNumber', ['latest', false]);
    if (hash === saved) return;
    const dump = await rpc<string>(rpcUrl, 'anvil_dumpState', []);
    await replaceFile(path, await unzip(Buffer.from(dump.slice(2), 'hex')));
    saved = hash;
  };

  /** After the one under way, whose dump may be older than the newest block: at the end nothing is left out. */
  const save = (): Promise<void> => {
    last = last.catch(() => undefined).then(saveNow);
    return last;
  };

  const saveIfIdle = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    await save().catch(options.onError);
    busy = false;
  };
  const timer = setInterval(() => void saveIfIdle(), options.intervalSeconds * 1_000);
  timer.unref();
  return { save, stop: () => clearInterval(timer) };
};
