/** What a page's source says by itself: pure, bounded, no script is run. */

import { BRANDS, ownerOf } from '../brands/brand.ts';
import { hostParts } from '../host.ts';

/** Characters of source that are read. */
export const MAX_PAGE_CHARACTERS = 512 * 1024;

export type PageSignal = {
  readonly id: string;
  /** Points towards "scam"; negative away from it. */
  readonly points: number;
  readonly says: string;
};

const PATTERNS: readonly (PageSignal & { readonly pattern: RegExp })[] = [
  { id: 'seed-phrase', points: 7, says: 'It asks for a recovery phrase.', pattern: /(enter|type|paste|import|provide|submit|confirm)[^<>]{0,60}(seed|recovery|secret|mnemonic)[ -]?(phrase|words|key)/i },
  { id: 'private-key', points: 7, says: 'It asks for a private key.', pattern: /(enter|type|paste|import|provide|submit)[^<>]{0,60}private key/i },
  { id: 'word-inputs', points: 5, says: 'It has a form with a field for each word of a phrase.', pattern: /<input[^>]{1,300}(?:name|id|placeholder)=["']?(?:word|phrase|seed|mnemonic)[-_ ]?(?:12|11|10)\b/i },
  { id: 'approve-all', points: 3, says: 'Its script asks for approval over everything a wallet holds.', pattern: /setApprovalForAll|increaseAllowance/ },
  { id: 'blind-signature', points: 4, says: 'Its script asks for a signature that shows nothing readable (eth_sign).', pattern: /["'`]eth_sign["'`]/ },
  { id: 'permit', points: 2, says: 'Its script asks for a permit signature, with which tokens can be taken later.', pattern: /PermitBatch|permitTransferFrom|PermitSingle/ },
  { id: 'drainer-name', points: 7, says: 'Its script names a known draining kit.', pattern: /(inferno|pink|angel|venom|monkey|ace|pussy|ms|medusa)[-_ ]?drainer/i },
  { id: 'obfuscated', points: 2, says: 'Its script is obfuscated.', pattern: /_0x[0-9a-f]{4,6}[^\n]{0,400}_0x[0-9a-f]{4,6}[^\n]{0,400}_0x[0-9a-f]{4,6}/ },
  { id: 'hides-source', points: 2, says: 'It hinders looking at its source.', pattern: /oncontextmenu\s*=\s*["']?\s*return false|disable-devtool|debugger;\s*\}\s*,\s*\d+\)/i },
  { id: 'urgency', points: 2, says: 'It presses for time.', pattern: /claim (now|your|before)[^<>]{0,80}|(eligible|allocation|airdrop)[^<>]{0,60}(ends|expires|closing|last chance)/i },
  { id: 'password-field', points: 1, says: 'It asks for a password.', pattern: /<input[^>]{1,300}type=["']?password/i },
  { id: 'legal', points: -2, says: 'It names an imprint, terms or a privacy notice.', pattern: /privacy policy|terms of (service|use)|imprint|impressum|datenschutz/i },
]; // biome-ignore format: a table reads better as rows

/** The page's title, as plain text of at most 200 characters. */
export const titleOf = (source: string): string =>
  (/<title[^>]{0,200}>([^<]{0,400})/i.exec(source)?.[1] ?? '').replace(/\s+/g, ' ').trim().slice(0, 200);

/** A brand that the title names although the site is not the brand's. */
const foreignBrand = (title: string, host: string): string | null => {
  if (ownerOf(hostParts(host)) !== null) return null;
  const words = title.toLowerCase();
  const brand = BRANDS.find((b) =>
    b.marks.some(
      (mark) =>
        !mark.common &&
        mark.text.length > 4 &&
        new RegExp(`(^|[^a-z])${mark.text.replace(/[^a-z0-9]/g, '')}([^a-z]|$)`).test(words),
    ),
  );
  return brand?.name ?? null;
};

export type PageReading = {
  readonly title: string;
  readonly imitates: string | null;
  readonly signals: readonly PageSignal[];
  readonly characters: number;
};

/** Reads a page's source for signals. */
export const readPage = (text: string, host: string): PageReading => {
  const source = text.slice(0, MAX_PAGE_CHARACTERS);
  const title = titleOf(source);
  const imitates = foreignBrand(title, host);
  const signals: PageSignal[] = PATTERNS.filter(({ pattern }) => pattern.test(source)).map(({ id, points, says }) => ({
    id,
    points,
    says,
  }));
  if (imitates !== null)
    signals.push({ id: 'foreign-title', points: 4, says: `Its title names ${imitates}, whose site this is not.` });
  return { title, imitates, signals, characters: source.length };
};
