/** onnxruntime, installed by the benchmark into a scratch folder outside of the workspace; n/a where that fails. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

const VERSION = '1.30.0';

type OrtTensor = { readonly data: Float32Array | Uint8Array };

type Ort = {
  readonly Tensor: new (type: string, data: Float32Array | Uint8Array, dims: readonly number[]) => OrtTensor;
  readonly InferenceSession: {
    readonly create: (
      model: Uint8Array,
      options: object,
    ) => Promise<{
      readonly outputNames: readonly string[];
      readonly run: (feeds: Record<string, OrtTensor>) => Promise<Record<string, OrtTensor>>;
    }>;
  };
  readonly env: { readonly wasm: { numThreads?: number } };
};

const folder = join(tmpdir(), `surety-bench-onnxruntime-${VERSION}-${userInfo().uid}`);

/** Whether both packages are there, installed if need be. */
export const installPeers = (): boolean => {
  const done = join(folder, 'done');
  if (existsSync(done)) return true;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private": true}\n');
  const packages = [`onnxruntime-node@${VERSION}`, `onnxruntime-web@${VERSION}`];
  const installed = spawnSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...packages], {
    cwd: folder,
    env: { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' },
    stdio: 'ignore',
    timeout: 600_000,
  });
  if (installed.status !== 0) return false;
  writeFileSync(done, '');
  return true;
};

export type Peer = (input: Float32Array | Uint8Array, batch: number) => Promise<Float32Array | Uint8Array>;

/** A network in onnxruntime; null where it cannot be loaded. */
export const peer = async (
  name: 'onnxruntime-node' | 'onnxruntime-web',
  model: Uint8Array,
  type: 'float32' | 'uint8',
  threads: number,
): Promise<Peer | null> => {
  try {
    const ort = createRequire(join(folder, 'package.json'))(name) as Ort;
    if (name === 'onnxruntime-web') ort.env.wasm.numThreads = threads;
    const provider = name === 'onnxruntime-web' ? 'wasm' : 'cpu';
    const options = { executionProviders: [provider], intraOpNumThreads: threads, interOpNumThreads: 1 };
    const session = await ort.InferenceSession.create(model, options);
    return async (input, batch) => {
      const x = new ort.Tensor(type, input, [batch, input.length / batch]);
      const outputs = await session.run({ x });
      return outputs[session.outputNames[0]!]!.data;
    };
  } catch (error) {
    process.stderr.write(`inference: ${name} is n/a: ${error instanceof Error ? error.message : error}\n`);
    return null;
  }
};
