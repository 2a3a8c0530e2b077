/**
 * Imports the model of a folder in a process of its own, and prints how large that process ever was: before the import, with
 * all code loaded, and in all. `VmHWM` is what Linux keeps of the most pages that were ever in memory.
 */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { random } from '../../packages/programs/training/random.ts';
import { importModel } from '../../packages/sdk/src/model-files.ts';

const [folder = '', width = ''] = process.argv.slice(2);

/** The most bytes that this process ever had in memory. */
const peakBytes = (): number => 1024 * Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))![1]);

const next = random(7);
const values = Float64Array.from({ length: 4 * Number(width) }, () => 2 * next() - 1);
const loaded = peakBytes();
const out = join(folder, 'model.program');
const made = await importModel({
  file: join(folder, 'model.onnx'),
  out,
  samples: new Map([['x', { shape: [4, Number(width)], values, integer: false }]]),
  acceptErrors: true,
});
if (!made.ok) throw new Error(made.problem.message);
rmSync(out);
process.stdout.write(`${JSON.stringify({ loaded, peak: peakBytes(), parameters: made.value.model.parameters })}\n`);
