/**
 * The provers that `../shared/peers` runs as they are: one layer y = relu(Wx + b) with private integer weights. None of the
 * three commits to the weights, so each does less than our statement. Absent where the folder or a package is.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { scratchFolder } from '../support/scratch.ts';

const SHARED = join(import.meta.dirname, '../../../shared/peers');

/** What a peer prints of one layer; seconds. */
export type PeerRun = {
  readonly holds: boolean;
  readonly witnessSeconds: number;
  readonly proveSeconds: number;
  readonly verifySeconds: number;
  readonly rssBytes: number;
};

type Peer = {
  readonly packages: readonly string[];
  readonly script: string;
  readonly layer: (a: number, b: number) => string;
};

const PEERS = {
  ezkl: { packages: ['@ezkljs/engine@21.0.0'], script: 'ezkl/run.cjs', layer: (a, b) => `${a}-${b}` },
  groth16: { packages: ['snarkjs@0.7.6'], script: 'groth16/run.cjs', layer: (a, b) => `${a}_${b}` },
  ultrahonk: {
    packages: ['@aztec/bb.js@0.87.9', '@noir-lang/noir_js@1.0.0-beta.7'],
    script: 'ultrahonk/run.mjs',
    layer: (a, b) => `${a}_${b}`,
  },
} as const satisfies Record<string, Peer>;

export type PeerName = keyof typeof PEERS;

export const PEER_NAMES = Object.keys(PEERS) as readonly PeerName[];

/** One layer by one peer; null where it is absent or fails, with the reason on standard error. */
export const runPeer = (name: PeerName, inputs: number, outputs: number): PeerRun | null => {
  const { packages, script, layer } = PEERS[name];
  const absent = (why: string): null => {
    process.stderr.write(`prove-peers: ${name} is n/a: ${why}\n`);
    return null;
  };
  if (!existsSync(join(SHARED, script))) return absent('../shared/peers is absent');
  const folder = scratchFolder(`${name}-prover`, packages);
  if (folder === null) return absent('its packages cannot be installed');
  const done = spawnSync(process.execPath, [join(SHARED, script), layer(inputs, outputs)], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 300_000,
  });
  const line = done.stdout.split('\n').find((text) => text.startsWith('{"peer"'));
  if (line === undefined) return absent(done.stderr.slice(-200));
  return JSON.parse(line) as PeerRun;
};
