/**
 * Which package imports which, read from the sources, and the arrows that are allowed.
 * `core` knows nothing; domain packages know `core`; `chain` and `node` know the domain; `sdk` is the node's client
 * plus the pure packages; `cli` and `web` know only `sdk`.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packages, ROOT } from './workspace.ts';

/** The only arrows there may be: a package and what it may import. */
export const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  core: [],
  protocol: ['core'],
  intent: ['core'],
  programs: ['core'],
  analysts: ['core', 'programs'],
  proofs: ['core', 'programs'],
  markets: ['core'],
  court: ['core'],
  chain: ['core', 'markets'],
  sdk: ['core', 'protocol', 'intent', 'analysts', 'markets', 'court', 'programs', 'proofs'],
  web: ['sdk'],
  cli: ['sdk'],
  // The node serves the page that `web` builds; `web` knows nothing of the node.
  node: ['core', 'protocol', 'intent', 'analysts', 'markets', 'court', 'programs', 'proofs', 'chain', 'web'],
};

const SPECIFIER = /(?:from|import)\s*\(?\s*['"]@surety\/([a-z]+)(?:\/[a-z-]+)?['"]/g;
const COMMENT = /\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm;

/** Every arrow from one package to another in shipped sources, with the files that draw it. */
export const arrows = (): Map<string, string[]> => {
  const found = new Map<string, string[]>();
  for (const { name } of packages()) {
    for (const file of globSync(`packages/${name}/src/**/*.{ts,tsx}`, { cwd: ROOT })) {
      if (/\.test\.tsx?$/.test(file)) continue;
      const text = readFileSync(join(ROOT, file), 'utf8').replace(COMMENT, '');
      for (const match of text.matchAll(SPECIFIER)) {
        if (match[1] === name) continue;
        const key = `${name} ${match[1]}`;
        found.set(key, [...(found.get(key) ?? []), file]);
      }
    }
  }
  return found;
};

/** The graph of packages as a Mermaid diagram, arrows sorted. */
export const graph = (): string => {
  const lines = [...arrows().keys()].sort().map((key) => `  ${key.replace(' ', ' --> ')}`);
  return ['```mermaid', 'graph TD', ...lines, '```'].join('\n');
};
