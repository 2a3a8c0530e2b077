/**
 * The kernels of `packages/programs/assembly`, compiled to WebAssembly by the AssemblyScript compiler. `npm run generate`
 * writes the result; a test compiles again and compares.
 */

import { join } from 'node:path';
import asc from 'assemblyscript/asc';
import { toBase64 } from '../packages/core/src/bytes.ts';
import { ROOT } from './repo/workspace.ts';

const OPTIONS =
  '-O3 --runtime stub --noAssert --enable simd --enable threads --importMemory --sharedMemory --initialMemory 1 --maximumMemory 65536 --memoryBase 1024';

/** The file that carries the kernels. */
export const KERNELS_FILE = join(ROOT, 'packages', 'programs', 'src', 'generated', 'kernels.ts');

/** Compiles a file of `packages/programs/assembly`. */
export const compileAssembly = async (entry: string): Promise<Uint8Array> => {
  const parameters = [entry, '--outFile', 'out.wasm', ...OPTIONS.split(' '), '--disableWarning', '112'];
  let bytes: Uint8Array | null = null;
  const { error, stderr } = await asc.main(
    ['--baseDir', join(ROOT, 'packages', 'programs', 'assembly'), ...parameters],
    {
      writeFile: (_name, contents) => {
        bytes = contents as Uint8Array;
      },
    },
  );
  if (error !== null || bytes === null) throw new Error(`${entry} does not compile.\n${stderr.toString()}`);
  return bytes;
};

/** Text of {@link KERNELS_FILE}. */
export const compileKernels = async (): Promise<string> => {
  const lines = toBase64(await compileAssembly('index.ts')).match(/.{1,120}/g) ?? [];
  return `/** WebAssembly of \`packages/programs/assembly\`, written by \`npm run generate\`. */\nexport const KERNELS_BASE64 =\n${lines
    .map((line) => `  '${line}'`)
    .join(' +\n')};\n`;
};
