/**
 * `import-memory`: how much memory an import takes above the process itself, beside the size of the model: 18.4 million
 * float32 weights in the ONNX file, and 1 GB of them in a file beside it. Each import is a process of its own; what Node and
 * the code take before it starts is not the model's and is shown apart.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Figure } from './figure.ts';
import { writeModel } from './import-memory/write-model.ts';

const CASES = [
  { name: '18.4 million weights', widths: [784, 2048, 2048, 2048, 2048, 2048, 10], external: false },
  { name: '1 GB of weights in another file', widths: [1024, ...new Array<number>(65).fill(2048), 16], external: true },
] as const;

type Measured = { readonly loaded: number; readonly peak: number; readonly parameters: number };

const MB = 1e6;

const megabytes = (bytes: number): string => `${Math.round(bytes / MB)} MB`;

const measure = (folder: string, width: number): Measured => {
  const child = join(import.meta.dirname, 'import-memory', 'child.ts');
  const flags = ['--disable-warning=ExperimentalWarning'];
  const done = spawnSync(process.execPath, [...flags, child, folder, `${width}`], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`The import failed: ${done.stderr}`);
  return JSON.parse(done.stdout) as Measured;
};

const figures = ({ name, widths, external }: (typeof CASES)[number]): Figure[] => {
  const growth = `${name}: growth of memory as a share of the model`;
  const folder = mkdtempSync(join(tmpdir(), 'surety-import-'));
  try {
    const bytes = widths.slice(1).reduce((sum, width, i) => sum + 4 * width * widths[i]!, 0);
    const { bavail, bsize } = statfsSync(folder);
    if (!existsSync('/proc/self/status') || bavail * bsize < 2 * bytes) {
      process.stderr.write(`import-memory: ${name} needs /proc and ${megabytes(2 * bytes)} of disk.\n`);
      return [{ name: growth, value: null, unit: '', goal: '<= 1.5', holds: null, peer: '' }];
    }
    writeModel(folder, widths, external);
    const { loaded, peak } = measure(folder, widths[0]!);
    const value = (peak - loaded) / bytes;
    return [
      { name: growth, value, unit: '×', goal: '<= 1.5', holds: value <= 1.5, peer: `model ${megabytes(bytes)}` },
      {
        name: `${name}: whole process at its largest`,
        value: peak / MB,
        unit: 'MB',
        goal: '',
        holds: null,
        peer: `${megabytes(loaded)} of it before the import`,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

export const run = async (): Promise<Figure[]> => CASES.flatMap(figures);
