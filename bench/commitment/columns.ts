/**
 * The hashing that polynomial commitments are made of: columns of a matrix that lies row by row, and the nodes of the tree over
 * them, beside Node's own SHA-256 called once for each. A column has to be gathered for that; its time without is shown too.
 */
import { hash } from 'node:crypto';
import { fromBase64, sameBytes, unwrap } from '../../packages/core/src/index.ts';
import { KERNELS_BASE64 } from '../../packages/proofs/src/generated/kernels.ts';
import type { HashKernels } from '../../packages/proofs/src/hash-kernels.ts';
import type { Figure } from '../figure.ts';
import { takeTurns } from '../inference/turns.ts';

const ROWS = 576;
const COLUMNS = 16_384;
const PREFIX_BYTES = 64;
const START = 65_536;

const native = (bytes: Uint8Array): Uint8Array => hash('sha256', bytes, 'buffer');

export const columnFigures = async (): Promise<Figure[]> => {
  const stride = 4 * COLUMNS;
  const pages = 64 + Math.ceil((ROWS * stride + 32 * COLUMNS) / 65_536);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  const module = unwrap(fromBase64(KERNELS_BASE64)) as BufferSource;
  const kernels = (await WebAssembly.instantiate(module, { env: { memory } })).instance.exports as HashKernels;
  const prefix = START + kernels.columnScratch();
  const out = prefix + 256;
  const level = out + 32 * COLUMNS;
  const matrix = level + 32 * COLUMNS;
  const words = new Uint32Array(memory.buffer, matrix, ROWS * COLUMNS);
  for (let i = 0, x = 1; i < words.length; i++) words[i] = x = (Math.imul(x, 1_664_525) + 1_013_904_223) >>> 0;
  kernels.hashPrefix(prefix + 128, prefix, START);

  const message = new Uint8Array(PREFIX_BYTES + 4 * ROWS);
  const view = new DataView(message.buffer);
  const gathered = (column: number): Uint8Array => {
    for (let row = 0; row < ROWS; row++) view.setUint32(PREFIX_BYTES + 4 * row, words[row * COLUMNS + column]!);
    return message;
  };
  const digests = (at: number, i: number): Uint8Array => new Uint8Array(memory.buffer, at + 32 * i, 32).slice();
  const pair = (i: number): Uint8Array => {
    const bytes = new Uint8Array(65);
    bytes[0] = 1;
    bytes.set(new Uint8Array(memory.buffer, out + 64 * i, 64), 1);
    return bytes;
  };
  const columns = (): void => kernels.hashColumns(matrix, ROWS, stride, 0, COLUMNS, prefix, 0, out, START);
  const pairs = (): void => kernels.hashPairs(out, COLUMNS / 2, level, START);
  columns();
  pairs();
  for (let i = 0; i < COLUMNS / 2; i += 127) {
    if (!sameBytes(digests(out, i), native(gathered(i)))) throw new Error(`Column ${i} has another digest.`);
    if (!sameBytes(digests(level, i), native(pair(i)))) throw new Error(`Pair ${i} has another digest.`);
  }

  // Few columns are enough to time those that go one by one.
  const few = COLUMNS / 16;
  const each = (count: number, work: (i: number) => void) => async () => {
    for (let i = 0; i < count; i++) work(i);
  };
  const first = pair(0);
  const times = await takeTurns(
    [
      { name: 'columns', run: async () => columns() },
      { name: 'gathered', run: each(few, (i) => native(gathered(i))) },
      { name: 'ready', run: each(few, () => native(message)) },
      { name: 'pairs', run: async () => pairs() },
      { name: 'one pair', run: each(few, () => native(first)) },
    ],
    1,
    5,
  );
  const speed = (name: string, count: number): number => (count * 4 * ROWS) / times.get(name)! / 1e3;
  const [ours, theirs, ready] = [speed('columns', COLUMNS), speed('gathered', few), speed('ready', few)];
  return [
    {
      name: `hashing the columns of ${ROWS} × ${COLUMNS.toLocaleString('en-US')} words`,
      value: ours,
      unit: 'MB/s',
      goal: '>= native',
      holds: ours >= theirs,
      peer: `native one by one ${theirs.toFixed(0)} MB/s, ${ready.toFixed(0)} MB/s without gathering`,
    },
    {
      name: 'hashing the pairs of a level',
      value: COLUMNS / 2 / times.get('pairs')! / 1e3,
      unit: 'million/s',
      goal: '',
      holds: null,
      peer: `native one by one ${(few / times.get('one pair')! / 1e3).toFixed(2)} million/s`,
    },
  ];
};
