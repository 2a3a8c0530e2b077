/** Words, links, addresses and digests of a question, in order. */
import { skeleton } from './confusables.ts';
import { refang } from './site.ts';

export type TokenKind = 'word' | 'site' | 'address' | 'digest' | 'mark';

export type Token = {
  readonly kind: TokenKind;
  /** As typed, without the punctuation around it. */
  readonly text: string;
  /** Lower case, plain apostrophes; what the grammar compares. */
  readonly key: string;
  /** Offset of the token in the cleaned question. */
  readonly at: number;
};

const OPENERS = /^["'“”‘’«»<([{*_`]+/u;
const CLOSERS = /["'“”‘’«»>)\]}*_`?!.,;:…]+$/u;
const IPV6_HOST = /^\[[0-9a-f:.]+\](?::\d+)?$/i;
const SCHEME = /^[a-z*][a-z0-9+.*-]*\[?:\]?\/\/|^hxxps?|^(?:javascript|data|file|vbscript|blob):/i;
const HEX_ADDRESS = /^(?:eip155:\d+:|[a-z0-9-]+:)?0x[0-9a-f]{4,}$/i;
const DIGEST = /^(?:sha256:|sha-256:|0x)?[0-9a-f]{64}$/i;
const EMAIL = /^[^\s@/:\\]+@[^\s@/:\\]+\.[^\s@/:\\]+$/u;
const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?(?:\/\S*)?$/;
const LOCAL = /^localhost(?::\d+)?(?:[/?#].*)?$/i;
/** Dots of other scripts that UTS #46 maps to a full stop. */
const DOTS = /[\u3002\uff0e\uff61]/gu;

const looksLikeHost = (text: string): boolean => {
  const host = text
    .replace(DOTS, '.')
    .split(/[/?#\\]/, 1)[0]!
    .replace(/:\d*$/, '')
    .replace(/\.$/, '');
  const labels = host.split('.');
  if (labels.length < 2 || labels.some((label) => label === '') || /\s/u.test(host)) return false;
  const suffix = labels.at(-1)!;
  return (
    /^(?:xn--[a-z0-9-]+|[\p{Letter}\p{Mark}]{2,})$/iu.test(suffix) &&
    !labels.every((label) => /^\p{Letter}$/u.test(label))
  );
};

/** Hex that only looks like hex: wide digits, Cyrillic letters. The address check then names it. */
const looksLikeAddress = (text: string): boolean =>
  HEX_ADDRESS.test(text) || (/[^\x20-\x7e]/.test(text) && HEX_ADDRESS.test(skeleton(text)));

const classify = (text: string): TokenKind => {
  if (DIGEST.test(text)) return 'digest';
  if (looksLikeAddress(text)) return 'address';
  const whole = refang(text);
  if (SCHEME.test(text) || IPV6_HOST.test(text) || IPV4.test(whole) || LOCAL.test(whole)) return 'site';
  if (EMAIL.test(whole) || looksLikeHost(whole)) return 'site';
  return /[\p{Letter}\p{Number}$%]/u.test(text) ? 'word' : 'mark';
};

const peel = (chunk: string): { readonly text: string; readonly lead: number; readonly tail: string } => {
  if (IPV6_HOST.test(chunk)) return { text: chunk, lead: 0, tail: '' };
  const lead = OPENERS.exec(chunk)?.[0].length ?? 0;
  let text = chunk.slice(lead);
  const tail = CLOSERS.exec(text)?.[0] ?? '';
  text = text.slice(0, text.length - tail.length).replace(/['’]s$/u, '');
  return { text, lead, tail };
};

/** Splits at white space, peels punctuation, classifies. Colons and question marks after a word become marks. */
export const tokenise = (question: string): readonly Token[] => {
  const tokens: Token[] = [];
  for (const match of question.matchAll(/\S+/gu)) {
    const { text, lead, tail } = peel(match[0]);
    const at = match.index + lead;
    if (text !== '') tokens.push({ kind: classify(text), text, key: text.toLowerCase().replaceAll('’', "'"), at });
    const mark = /[:?]/.exec(tail)?.[0];
    if (mark !== undefined)
      tokens.push({ kind: 'mark', text: mark, key: mark, at: at + text.length + tail.indexOf(mark) });
  }
  return tokens;
};
