/**
 * Takes the jurors' token lists out of published packages and writes `src/artefact/tokens-*.json`:
 *
 *     npm install --prefix DIRECTORY --ignore-scripts PACKAGE@VERSION …   (see `src/artefact/TOKENS.md`)
 *     node packages/analysts/training/token-lists.ts --packages DIRECTORY [--out DIRECTORY]
 *
 * The same packages give the same bytes.
 */

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseAddress, unwrap } from '@surety/core';
import { type ListEntry, type StoredTokenList, storeEntry } from '../src/token-lists/token-list.ts';

const { values } = parseArgs({ options: { packages: { type: 'string' }, out: { type: 'string' } } });
if (values.packages === undefined) {
  process.stderr.write('Say where the packages are installed: --packages DIRECTORY (see src/artefact/TOKENS.md).\n');
  process.exit(2);
}
const modules = join(values.packages, 'node_modules');
const out = values.out ?? join(import.meta.dirname, '../src/artefact');

type Source = { readonly package: string; readonly version: string; readonly file: string; readonly sha256: string };
const sources: Source[] = [];

const note = (name: string, file: string): string => {
  const path = join(modules, name, file);
  const { version } = JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8')) as { version: string };
  const sha256 = createHash('sha256').update(readFileSync(path)).digest('hex');
  sources.push({ package: name, version, file, sha256 });
  return path;
};
const readJson = (name: string, file: string): unknown => JSON.parse(readFileSync(note(name, file), 'utf8'));

/** Chains on which a name stands for something of value; test networks are left out. */
const CHAINS = new Set([1, 10, 56, 100, 137, 8453, 42161, 42220, 43114, 59144, 534352]);

const plain = (text: string): string => text.replace(/\s+/gu, ' ').trim();

/** Checked, as stored, once each, in a fixed order. */
const tidy = (listed: readonly ListEntry[]): string[] => {
  const lines = new Set<string>();
  for (const { chainId, symbol, address, name } of listed) {
    if (!CHAINS.has(chainId) || plain(symbol) === '') continue;
    const checked = unwrap(parseAddress(address, { field: 'address', lenient: true })).toLowerCase();
    lines.add(storeEntry({ chainId, symbol: plain(symbol), address: checked, name: plain(name) }));
  }
  return [...lines].sort();
};

const METAMASK = '@metamask/contract-metadata';
const metamask = (): ListEntry[] =>
  Object.entries(
    readJson(METAMASK, 'contract-map.json') as Record<string, { name: string; symbol?: string; erc20?: boolean }>,
  )
    .filter(([, { erc20, symbol }]) => erc20 === true && symbol !== undefined)
    .map(([address, { name, symbol }]) => ({ chainId: 1, symbol: symbol ?? '', address, name }));

const LEDGER = '@ledgerhq/cryptoassets-evm-signatures';
const ledger = (): ListEntry[] =>
  readdirSync(join(modules, LEDGER, 'lib/data/evm'))
    .filter((chain) => CHAINS.has(Number(chain)))
    .sort((a, b) => Number(a) - Number(b))
    .flatMap((chain) =>
      (readJson(LEDGER, `lib/data/evm/${chain}/erc20.json`) as unknown[][]).map((row) => ({
        chainId: Number(chain),
        symbol: String(row[2]),
        address: String(row[6]),
        name: String(row[4]),
      })),
    );

const OPTIMISM = '@eth-optimism/tokenlist';
const superchain = async (): Promise<ListEntry[]> => {
  const module = (await import(note(OPTIMISM, 'dist/index.mjs'))) as { default: { tokens: ListEntry[] } };
  return module.default.tokens;
};

const AAVE = '@bgd-labs/aave-address-book';
/** Only what people deposit: Aave's own receipts bear names that nobody asks about. */
const aave = (): ListEntry[] =>
  (readJson(AAVE, 'tokenlist.json') as { tokens: (ListEntry & { tags?: string[] })[] }).tokens.filter(
    ({ tags }) => tags?.includes('underlying') === true,
  );

const files: Record<string, string> = {};
const write = async (name: string, parts: readonly (() => ListEntry[] | Promise<ListEntry[]>)[]): Promise<void> => {
  const before = sources.length;
  const listed: ListEntry[] = [];
  for (const part of parts) listed.push(...(await part()));
  const entries = tidy(listed);
  const from = [...new Set(sources.slice(before).map((source) => `${source.package} ${source.version}`))];
  const stored: StoredTokenList = { from, entries };
  const text = `${JSON.stringify(stored)}\n`;
  writeFileSync(join(out, name), text);
  files[name] = createHash('sha256').update(text).digest('hex');
  process.stderr.write(`${name}: ${entries.length} entries\n`);
};

await write('tokens-wallets.json', [metamask, ledger]);
await write('tokens-superchain.json', [superchain]);
await write('tokens-aave.json', [aave]);
const origin = { command: 'node packages/analysts/training/token-lists.ts --packages DIRECTORY', sources, files };
writeFileSync(join(out, 'tokens-origin.json'), `${JSON.stringify(origin, null, 2)}\n`);
