/**
 * Published lists that name genuine sites, with other keepers than the labels: what each is, and the hosts it names. Read from
 * npm packages that somebody installed in a directory; nothing of them is kept.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { projectLists } from '../../packages/analysts/training/sources.ts';

export type Registry = {
  readonly name: string;
  /** Licence, keeper, and how entries get in. */
  readonly about: string;
  /** Whether players were trained on it, so that no juror may be. */
  readonly players: boolean;
  readonly hosts: readonly string[];
};

type Source = { readonly name: string; readonly at: string; readonly about: string; readonly bare?: true };

/** Files or folders of packages; `bare` where hosts stand without a scheme. */
const SOURCES: readonly Source[] = [
  { name: 'chain-registry', at: 'mainnet', about: 'MIT, Cosmos chains; by reviewed pull requests' },
  { name: '@hyperlane-xyz/registry', at: 'dist/chainMetadata.js', about: 'MIT, Hyperlane; by its maintainers' },
  { name: 'viem', at: '_cjs/chains/definitions', about: 'MIT, wevm; by reviewed pull requests' },
  { name: 'ccxt', at: 'js/src', about: 'MIT, exchanges; by its maintainers' },
  { name: '@polkadot/apps-config', at: 'endpoints', about: 'Apache-2.0, Polkadot; by reviewed pull requests' },
  { name: '@subwallet/chain-list', at: 'data', about: 'Apache-2.0, SubWallet; by its maintainers' },
  { name: '@rainbow-me/rainbowkit', at: 'dist/index.js', about: 'MIT, wallets; by reviewed pull requests' },
  { name: '@ledgerhq/cryptoassets', at: 'lib/currencies.js', about: 'Apache-2.0, Ledger; by its maintainers' },
  { name: 'simple-icons', at: 'data/simple-icons.json', about: 'CC0, brands of any kind; by reviewed pull requests' },
  { name: 'third-party-web', at: 'dist/entities-nostats.json', about: 'MIT, what pages load; by traffic', bare: true },
  { name: 'top-sites', at: 'top-sites.json', about: 'MIT, the 500 most linked sites; by rank', bare: true },
];

const filesOf = (path: string): readonly string[] =>
  statSync(path).isDirectory()
    ? readdirSync(path).flatMap((name) => filesOf(join(path, name)))
    : /\.(?:c?js|mjs|json)$/.test(path)
      ? [path]
      : [];

const URLS = /https?:\/\/(?:\*\.)?([a-z0-9-]+(?:\.[a-z0-9-]+)+)/gi;
const BARE = /["']\*?\.?([a-z0-9-]+(?:\.[a-z0-9-]+)+)["']/gi;

const hostsIn = (path: string, bare: boolean): string[] =>
  filesOf(path).flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(bare ? BARE : URLS)].map((match) => match[1]!.toLowerCase()),
  );

/** The players' lists, and those installed in `directory`. */
export const registries = (directory: string): readonly Registry[] => [
  ...projectLists().map(({ source, hosts }) => ({ name: source.name, about: 'players', players: true, hosts })),
  ...SOURCES.map(({ name, at, about, bare }) => ({
    name,
    about,
    players: false,
    hosts: hostsIn(join(directory, 'node_modules', name, at), bare === true),
  })),
];
