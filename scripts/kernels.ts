/**
 * The kernels of `packages/programs/assembly` and `packages/proofs/assembly`, each compiled to one WebAssembly module by the
 * AssemblyScript compiler. `npm run generate` writes the results; a test compiles again and compares.
 */

import { join } from 'node:path';
import asc from 'assemblyscript/asc';
import { toBase64 } from '../packages/core/src/bytes.ts';
import { ROOT } from './repo/workspace.ts';

const OPTIONS =
  '-O3 --runtime stub --noAssert --enable simd --enable threads --importMemory --sharedMemory --initialMemory 1 --maximumMemory 65536 --memoryBase 1024';

/** Packages that have kernels. */
export const KERNEL_PACKAGES = ['programs', 'proofs'] as const;
export type KernelPackage = (typeof KERNEL_PACKAGES)[number];

/** The file that carries the kernels of a package. */
export const kernelsFile = (name: KernelPackage): string =>
  join(ROOT, 'packages', name, 'src', 'generated', 'kernels.ts');

/** Compiles a file of a package's `assembly`. */
export const compileAssembly = async (name: KernelPackage, file: string): Promise<Uint8Array> => {
  // One base for all, so that a package can import another's files.
  const entry = `${name}/assembly/${file}`;
  const parameters = [entry, '--outFile', 'out.wasm', ...OPTIONS.split(' '), '--disableWarning', '112'];
  let bytes: Uint8Array | null = null;
  const { error, stderr } = await asc.main(['--baseDir', join(ROOT, 'packages'), ...parameters], {
    writeFile: (_name, contents) => {
      bytes = contents as Uint8Array;
    },
  });
  if (error !== null || bytes === null) throw new Error(`${entry} does not compile.\n${stderr.toString()}`);
  return bytes;
};

/** Text of {@link kernelsFile}. */
export const compileKernels = async (name: KernelPackage): Promise<string> => {
  const lines = toBase64(await compileAssembly(name, 'index.ts')).match(/.{1,120}/g) ?? [];
  return `/** WebAssembly of \`packages/${name}/assembly\`, written by \`npm run generate\`. */\nexport const KERNELS_BASE64 =\n${lines
    .map((line) => `  '${line}'`)
    .join(' +\n')};\n`;
};
