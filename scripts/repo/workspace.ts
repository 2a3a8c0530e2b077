/** Facts about this repository that several scripts share: its root, its packages and what they depend on. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of the repository's root. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

export type Package = { readonly name: string; readonly folder: string; readonly dependsOn: readonly string[] };

/** Every workspace package with the Surety packages that it declares. */
export const packages = (): readonly Package[] =>
  readdirSync(join(ROOT, 'packages'))
    .sort()
    .map((folder) => {
      const manifest = JSON.parse(readFileSync(join(ROOT, 'packages', folder, 'package.json'), 'utf8')) as {
        dependencies?: Record<string, string>;
      };
      const dependsOn = Object.keys(manifest.dependencies ?? {})
        .filter((name) => name.startsWith('@surety/'))
        .map((name) => name.slice('@surety/'.length));
      return { name: folder, folder: `packages/${folder}`, dependsOn };
    });

/** The given packages and everything that depends on them, directly or not. */
export const withDependents = (names: ReadonlySet<string>): Set<string> => {
  const all = packages();
  const found = new Set(names);
  for (let grew = true; grew; ) {
    grew = false;
    for (const { name, dependsOn } of all) {
      if (!found.has(name) && dependsOn.some((other) => found.has(other))) {
        found.add(name);
        grew = true;
      }
    }
  }
  return found;
};
