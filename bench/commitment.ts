/**
 * `commitment`: hashing the chunk trees of a network of 18.9 million weights, opening a chunk of it, and what recording a
 * trace adds to a run; and hashing columns and pairs, as provers do. Beside Node's own SHA-256, which is native.
 */
import { createHash } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { sameBytes, unwrap } from '../packages/core/src/index.ts';
import {
  commitProgram,
  createEngine,
  createHasher,
  hashChunks,
  openChunk,
  type Tensor,
  tensorRoot,
  valueBytes,
  verifyOpening,
} from '../packages/programs/src/index.ts';
import { anyInput, MLP_WIDTHS, mlpProgram, randomLayers } from '../packages/programs/test/networks.ts';
import { columnFigures } from './commitment/columns.ts';
import type { Figure } from './figure.ts';
import { takeTurns } from './inference/turns.ts';

const program = mlpProgram(MLP_WIDTHS, randomLayers(MLP_WIDTHS, 1));

const timed = async <T>(work: () => T | Promise<T>): Promise<{ readonly value: T; readonly ms: number }> => {
  const start = performance.now();
  const value = await work();
  return { value, ms: performance.now() - start };
};

const figure = (name: string, value: number, unit: string, limit: number | null, peer: string): Figure => ({
  name,
  value,
  unit,
  goal: limit === null ? '' : `<= ${limit}`,
  holds: limit === null ? null : value <= limit,
  peer,
});

export const run = async (): Promise<Figure[]> => {
  const fast = await createHasher();
  const readable = await timed(() => commitProgram(program, hashChunks));
  const cold = await timed(() => commitProgram(program, fast));
  if (!sameBytes(cold.value.id, readable.value.id)) throw new Error('The two tiers commit to different programs.');
  const bytes = program.constants.map(({ read }) => valueBytes(read()));
  const native = (): void => {
    for (const values of bytes) createHash('sha256').update(values).digest();
  };
  const commit = await takeTurns(
    [
      { name: 'trees', run: async () => commitProgram(program, fast) },
      { name: 'native', run: async () => native() },
    ],
    1,
    9,
  );

  const engine = unwrap(await createEngine(program));
  const input = anyInput(program, 1);
  const runs = await takeTurns(
    [
      { name: 'plain', run: () => engine.run(input) },
      { name: 'traced', run: () => engine.run(input, { trace: true }) },
    ],
    1,
    201,
  );

  const { dtype, shape, read } = program.constants[0]!;
  const tensor: Tensor = { dtype, shape, values: read() };
  const root = tensorRoot(tensor, fast);
  const opened = await timed(() => openChunk(tensor, 1_000));
  const verified = await timed(() => verifyOpening(tensor, root, opened.value));
  if (!verified.value.ok) throw new Error('The opened chunk does not verify.');

  const size = bytes.reduce((sum, { length }) => sum + length, 0);
  const speed = (ms: number): string => `${(size / ms / 1e3).toFixed(0)} MB/s`;
  return [
    figure('committing to 18.9 million weights, first time', cold.ms / 1e3, 's', 1, speed(cold.ms)),
    figure('committing again', commit.get('trees')! / 1e3, 's', 1, speed(commit.get('trees')!)),
    figure(
      'the same bytes, one native SHA-256 each',
      commit.get('native')! / 1e3,
      's',
      null,
      speed(commit.get('native')!),
    ),
    figure('committing in readable TypeScript', readable.ms / 1e3, 's', null, speed(readable.ms)),
    figure('a run at batch 1', runs.get('plain')!, 'ms', null, ''),
    figure('trace on top of a run', 100 * (runs.get('traced')! / runs.get('plain')! - 1), '%', 10, ''),
    figure('opening one chunk of 4.7 million weights', opened.ms, 'ms', null, `${opened.value.path.length} hashes`),
    figure('verifying it', verified.ms, 'ms', null, ''),
    ...(await columnFigures()),
  ];
};
