/** How much memory importing a network of 18.9 million weights takes, beside the size of its file. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MLP_WIDTHS, randomLayers } from '../../packages/programs/test/networks.ts';
import type { Figure } from '../figure.ts';
import { floatModel } from '../inference/onnx-mlp.ts';

const LIMIT = 1.5;

export type ImportMeasured = { readonly peakBytes: number; readonly startBytes: number; readonly ms: number };

/** Imports in a process of its own, so that nothing else is counted. */
export const importMemoryFigures = (): Figure[] => {
  const figure = (share: number | null, peer: string): Figure => ({
    name: 'peak memory of an import above the start, 18.9 million weights',
    value: share === null ? null : Math.round(100 * share) / 100,
    unit: 'of the model file',
    goal: `<= ${LIMIT}`,
    holds: share === null ? null : share <= LIMIT,
    peer,
  });
  if (process.platform !== 'linux') return [figure(null, 'read from /proc')];
  const folder = mkdtempSync(join(tmpdir(), 'surety-import-'));
  try {
    const model = floatModel(MLP_WIDTHS, randomLayers(MLP_WIDTHS, 1));
    const file = join(folder, 'model.onnx');
    writeFileSync(file, model);
    const child = join(import.meta.dirname, 'import-memory-child.ts');
    const done = spawnSync(process.execPath, [child, file, join(folder, 'model.surety')], { encoding: 'utf8' });
    if (done.status !== 0) throw new Error(`The import failed: ${done.stderr.slice(-500)}`);
    const { peakBytes, startBytes, ms } = JSON.parse(done.stdout) as ImportMeasured;
    const share = (peakBytes - startBytes) / model.length;
    const size = `${(model.length / 1e6).toFixed(0)} MB, ${(ms / 1e3).toFixed(1)} s, from ${(startBytes / 1e6).toFixed(0)} MB`;
    return [figure(share, size)];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
