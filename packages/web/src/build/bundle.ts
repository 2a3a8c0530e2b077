/** Bundles the page from its sources with esbuild, in memory. */
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';

/** What a bundle is made of. File names carry a digest of what is in them. */
export type Bundle = {
  /** Name of the script that starts the page, e.g. `main-ABCDEFGH.js`. */
  readonly script: string;
  /** Name of its style sheet. */
  readonly style: string;
  /** Name of the script of its worker; empty for none. */
  readonly worker: string;
  /** Text of every file by name: the two above, and parts that are loaded on demand. */
  readonly files: { readonly [name: string]: string };
};

const source = (file: string): string => fileURLToPath(new URL(`../${file}`, import.meta.url));

/** Path below `src` of the worker that a served page starts. */
const WORKER = 'app/prove/prover';

const OPTIONS = {
  bundle: true,
  write: false,
  minify: true,
  format: 'esm',
  target: ['chrome111', 'firefox113', 'safari16.4'],
  jsx: 'automatic',
  jsxImportSource: 'preact',
  platform: 'browser',
  legalComments: 'none',
  charset: 'ascii',
  logLevel: 'silent',
  outdir: 'out',
  entryNames: '[name]-[hash]',
  chunkNames: 'part-[hash]',
  external: ['/fonts/*'],
  // Zod would otherwise try `new Function` once, which the page's content security policy refuses and reports.
  banner: { js: 'globalThis.__zod_globalConfig={jitless:true};' },
  tsconfigRaw: '{}',
} as const satisfies BuildOptions;

/**
 * Bundles an entry with everything it imports.
 * @param entry path below `src`, without its extension
 * @param format `iife`, one script, where it is written into a page; `esm`, with parts and a worker, where it is served
 */
export const bundle = async (entry: string, format: 'esm' | 'iife'): Promise<Bundle> => {
  const entryPoints = [source(`${entry}.tsx`), ...(format === 'esm' ? [source(`${WORKER}.ts`)] : [])];
  const result = await build({ ...OPTIONS, format, splitting: format === 'esm', entryPoints });
  const files = Object.fromEntries(result.outputFiles.map((file) => [basename(file.path), file.text]));
  const named = (path: string, ending: string): string =>
    Object.keys(files).find((name) => name.startsWith(`${basename(path)}-`) && name.endsWith(ending)) ?? '';
  return { script: named(entry, '.js'), style: named(entry, '.css'), worker: named(WORKER, '.js'), files };
};
