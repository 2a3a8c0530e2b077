/** Bundles the page from its sources with esbuild, in memory. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';

/** JavaScript and style sheet of one page. */
export type Bundle = { readonly script: string; readonly style: string };

/** `tsx` inside the repository, `js` in the published package. */
const source = (name: string): string => {
  const written = fileURLToPath(new URL(`../${name}.tsx`, import.meta.url));
  return existsSync(written) ? written : fileURLToPath(new URL(`../${name}.js`, import.meta.url));
};

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
  external: ['/fonts/*'],
  // Zod would otherwise try `new Function` once, which the page's content security policy refuses and reports.
  banner: { js: 'globalThis.__zod_globalConfig={jitless:true};' },
  tsconfigRaw: '{}',
} as const satisfies BuildOptions;

/**
 * Bundles an entry with everything it imports.
 * @param entry path below `src`, without its extension
 * @param format `iife` where the script is written into a page, `esm` where it is served
 */
export const bundle = async (entry: string, format: 'esm' | 'iife'): Promise<Bundle> => {
  const result = await build({ ...OPTIONS, format, entryPoints: [source(entry)] });
  const text = (ending: string): string => result.outputFiles.find((file) => file.path.endsWith(ending))?.text ?? '';
  return { script: text('.js'), style: text('.css') };
};
