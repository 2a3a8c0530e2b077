/** onnxruntime, installed by the benchmark into a scratch folder outside of the workspace; n/a where that fails. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { scratchFolder } from '../support/scratch.ts';

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

const folder = (): string | null =>
  scratchFolder(`onnxruntime-${VERSION}`, [`onnxruntime-node@${VERSION}`, `onnxruntime-web@${VERSION}`], {
    ONNXRUNTIME_NODE_INSTALL: 'skip',
  });

/** Whether both packages are there, installed if need be. */
export const installPeers = (): boolean => folder() !== null;

export type Peer = (input: Float32Array | Uint8Array, batch: number) => Promise<Float32Array | Uint8Array>;

/** A network in onnxruntime; null where it cannot be loaded. */
export const peer = async (
  name: 'onnxruntime-node' | 'onnxruntime-web',
  model: Uint8Array,
  type: 'float32' | 'uint8',
  threads: number,
): Promise<Peer | null> => {
  try {
    const ort = createRequire(join(folder()!, 'package.json'))(name) as Ort;
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
