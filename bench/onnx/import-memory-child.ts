/** One import, with the memory of this process before and at its peak: `node import-memory-child.ts MODEL OUT`. */
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { MLP_WIDTHS } from '../../packages/programs/test/networks.ts';
import { importModel } from '../../packages/sdk/src/model-files.ts';
import type { ImportMeasured } from './import-memory.ts';

const SAMPLES = 8;

/** Of this process alone: `getrusage` counts what the parent took before it started us. */
const peakNow = (): number => {
  const kilobytes = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  if (kilobytes === undefined) throw new Error('This system does not tell the peak memory of a process.');
  return Number(kilobytes) * 1024;
};

const [file, out] = process.argv.slice(2) as [string, string];
const width = MLP_WIDTHS[0]!;
const values = Float64Array.from({ length: SAMPLES * width }, (_, i) => Math.round(100 * Math.sin(12.9898 * i)));
const samples = new Map([['x', { shape: [SAMPLES, 1, width], values, integer: false }]]);
const startBytes = peakNow();
const started = performance.now();
const imported = await importModel({ file, out, samples, dimensions: { batch: 1 } });
if (!imported.ok) throw new Error(`${imported.problem.message} ${imported.problem.next}`);
const measured: ImportMeasured = { peakBytes: peakNow(), startBytes, ms: performance.now() - started };
process.stdout.write(JSON.stringify(measured));
