/** Names of sites to learn from: the lists that the npm package `eth-phishing-detect` carries, split by registered name. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { NamedSite } from './site-names.ts';

type Lists = { readonly blacklist: readonly string[]; readonly whitelist: readonly string[] };

export type Split<T> = { readonly train: readonly T[]; readonly heldOut: readonly T[] };

const lists = (): Lists =>
  JSON.parse(readFileSync(createRequire(import.meta.url).resolve('eth-phishing-detect/src/config.json'), 'utf8'));

/** FNV-1a of the last two labels: siblings under one name fall on the same side. */
const bucket = (name: string): number => {
  let hash = 0x811c9dc5;
  for (const character of name.split('.').slice(-2).join('.')) {
    hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193) >>> 0;
  }
  return (hash >>> 8) % 5;
};

const split = <T>(items: readonly T[], nameOf: (item: T) => string): Split<T> => ({
  train: items.filter((item) => bucket(nameOf(item)) !== 0),
  heldOut: items.filter((item) => bucket(nameOf(item)) === 0),
});

/** Listed scams (1) and allowed sites (0); a fifth of each is held out. */
export const siteNames = (): Split<NamedSite> => {
  const { blacklist, whitelist } = lists();
  const named = (names: readonly string[], label: 0 | 1): NamedSite[] => names.map((name) => ({ name, label }));
  return split([...named(blacklist, 1), ...named(whitelist, 0)], ({ name }) => name);
};

/** Allowed sites alone: what the name writer learns to write. */
export const allowedNames = (): Split<string> => split([...lists().whitelist], (name) => name);
