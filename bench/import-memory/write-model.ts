/**
 * Writes a perceptron as ONNX without ever holding it: weights follow from a small generator, layer by layer, into the
 * model itself or into a data file beside it.
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { random } from '../../packages/programs/training/random.ts';

const FLOAT = 1;
const DATA = 'weights.bin';
const PIECE_NUMBERS = 2 ** 18;

const message = (w: BinaryWriter, field: number, write: (w: BinaryWriter) => void): void => {
  w.tag(field, WireType.LengthDelimited).fork();
  write(w);
  w.join();
};
const text = (w: BinaryWriter, field: number, value: string): void => {
  w.tag(field, WireType.LengthDelimited).string(value);
};
const number = (w: BinaryWriter, field: number, value: number): void => {
  w.tag(field, WireType.Varint).int64(value);
};
const bytesOf = (write: (w: BinaryWriter) => void): Uint8Array => {
  const w = new BinaryWriter();
  write(w);
  return w.finish();
};

/** Tag and length of a field, whose bytes follow from elsewhere. */
const head = (field: number, length: number): Uint8Array =>
  bytesOf((w) => w.tag(field, WireType.LengthDelimited).uint32(length));

const port = (field: number, name: string, width: number): Uint8Array =>
  bytesOf((w) =>
    message(w, field, (p) => {
      text(p, 1, name);
      message(p, 2, (t) =>
        message(t, 1, (tensor) => {
          number(tensor, 1, FLOAT);
          message(tensor, 2, (s) => {
            for (const size of [1, width]) message(s, 1, (d) => number(d, 1, size));
          });
        }),
      );
    }),
  );

const gemm = (layer: number, layers: number): Uint8Array =>
  bytesOf((w) => {
    const sum = layer + 1 === layers ? 'y' : `s${layer}`;
    message(w, 1, (n) => {
      text(n, 1, layer === 0 ? 'x' : `x${layer}`);
      text(n, 1, `w${layer}`);
      text(n, 2, sum);
      text(n, 4, 'Gemm');
      message(n, 5, (a) => {
        text(a, 1, 'transB');
        number(a, 3, 1);
        number(a, 20, 2);
      });
    });
    if (layer + 1 === layers) return;
    message(w, 1, (n) => {
      text(n, 1, sum);
      text(n, 2, `x${layer + 1}`);
      text(n, 4, 'Relu');
    });
  });

/** The initializer of a layer but for its raw bytes, if it has them itself. */
const initializer = (layer: number, dims: readonly number[], offset: number | null, length: number): Uint8Array =>
  bytesOf((w) => {
    for (const size of dims) number(w, 1, size);
    number(w, 2, FLOAT);
    text(w, 8, `w${layer}`);
    if (offset === null) return;
    for (const [key, value] of Object.entries({ location: DATA, offset: `${offset}`, length: `${length}` })) {
      message(w, 13, (pair) => {
        text(pair, 1, key);
        text(pair, 2, value);
      });
    }
    number(w, 14, 1);
  });

/** `widths[0]` numbers to `widths.at(-1)`; returns the bytes of all weights. */
export const writeModel = (folder: string, widths: readonly number[], external: boolean): number => {
  const layers = widths.length - 1;
  const graph = [port(11, 'x', widths[0]!), port(12, 'y', widths.at(-1)!)];
  const sizes = Array.from({ length: layers }, (_, i) => 4 * widths[i]! * widths[i + 1]!);
  let offset = 0;
  const tensors = sizes.map((size, i) => {
    const front = initializer(i, [widths[i + 1]!, widths[i]!], external ? offset : null, size);
    offset += size;
    return { front, raw: external ? new Uint8Array(0) : head(9, size), size: external ? 0 : size };
  });
  const nodes = sizes.map((_, i) => gemm(i, layers));
  const model = openSync(join(folder, 'model.onnx'), 'w');
  const data = external ? openSync(join(folder, DATA), 'w') : model;
  const put = (bytes: Uint8Array): number => writeSync(model, bytes);
  const inner = tensors.map(({ front, raw, size }) => front.length + raw.length + size);
  const heads = inner.map((length) => head(5, length));
  const total =
    [...graph, ...nodes, ...heads].reduce((sum, { length }) => sum + length, 0) + inner.reduce((a, b) => a + b, 0);
  put(
    bytesOf((w) => {
      number(w, 1, 8);
      message(w, 8, (o) => number(o, 2, 17));
    }),
  );
  put(head(7, total));
  for (const part of [...graph, ...nodes]) put(part);
  const next = random(1);
  sizes.forEach((size, i) => {
    for (const part of [heads[i]!, tensors[i]!.front, tensors[i]!.raw]) put(part);
    const scale = Math.sqrt(6 / widths[i]!);
    for (let left = size / 4; left > 0; left -= PIECE_NUMBERS) {
      writeSync(
        data,
        Float32Array.from({ length: Math.min(left, PIECE_NUMBERS) }, () => (2 * next() - 1) * scale),
      );
    }
  });
  closeSync(model);
  if (external) closeSync(data);
  return offset;
};
