/** Which writing systems a label mixes (Unicode TR #39, "highly restrictive"). */

const NAMES = [
  'Latin', 'Greek', 'Cyrillic', 'Armenian', 'Hebrew', 'Arabic', 'Devanagari', 'Bengali', 'Gurmukhi', 'Gujarati', 'Tamil',
  'Telugu', 'Kannada', 'Malayalam', 'Sinhala', 'Thai', 'Lao', 'Tibetan', 'Myanmar', 'Georgian', 'Hangul', 'Ethiopic',
  'Cherokee', 'Canadian_Aboriginal', 'Khmer', 'Mongolian', 'Hiragana', 'Katakana', 'Bopomofo', 'Han', 'Lisu', 'Coptic',
] as const; // biome-ignore format: one table
const PATTERNS = NAMES.map((name) => [name, new RegExp(`\\p{Script=${name}}`, 'u')] as const);
const SHARED = /[\p{Script=Common}\p{Script=Inherited}]/u;

/** Scripts that ordinary writing combines. */
const TOGETHER: readonly ReadonlySet<string>[] = [
  new Set(['Latin', 'Han', 'Hiragana', 'Katakana']),
  new Set(['Latin', 'Han', 'Bopomofo']),
  new Set(['Latin', 'Han', 'Hangul']),
];

/** Names of the scripts in a text, in order of appearance; digits and punctuation have none. */
export const scriptsOf = (text: string): readonly string[] => {
  const found = new Set<string>();
  for (const character of text) {
    if (SHARED.test(character)) continue;
    found.add(PATTERNS.find(([, pattern]) => pattern.test(character))?.[0] ?? 'another script');
  }
  return [...found];
};

/** Whether those scripts do not occur together in ordinary writing. */
export const isSuspiciousMix = (scripts: readonly string[]): boolean =>
  scripts.length > 1 && !TOGETHER.some((set) => scripts.every((script) => set.has(script)));
