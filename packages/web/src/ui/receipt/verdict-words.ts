import type { Holds, Verdict } from '@surety/sdk/page-verify';

/** How a verdict is said: in what colour, in what words. Nothing but `trusted` is green, and even that is not about truth. */
export const VERDICTS: Readonly<
  Record<Verdict, { readonly holds: Holds; readonly title: string; readonly words: string }>
> = {
  trusted: {
    holds: 'shown',
    title: 'Unchanged, and signed by pinned keys',
    words: 'Signatures, digests and log proof fit. That says nothing about whether the answer is right.',
  },
  malformed: {
    holds: 'refuted',
    title: 'This is not a whole receipt',
    words: 'It does not read, or bytes of it were changed so that it no longer reads.',
  },
  refuted: {
    holds: 'refuted',
    title: 'Something in this receipt was changed',
    words: 'A signature, a digest or a piece of evidence contradicts it. Do not rely on it.',
  },
  'self-signed': {
    holds: 'not-shown',
    title: 'Self-signed, not trusted',
    words: 'It is whole, but the keys that signed it are not among those pinned here. Anybody can make such a file.',
  },
  'foreign-network': {
    holds: 'not-shown',
    title: 'From another network',
    words: 'It is whole, but made for a network that is not pinned here.',
  },
  development: {
    holds: 'not-shown',
    title: 'A development receipt',
    words: 'It is whole, but no real money stands behind it, and the pinned trust does not accept that.',
  },
  unlogged: {
    holds: 'not-shown',
    title: 'Not shown to be in a pinned log',
    words: 'It is whole, but nobody can see whether it was published, or whether others were shown another one.',
  },
  replaced: {
    holds: 'not-shown',
    title: 'A later ruling replaced this answer',
    words: 'The receipt is genuine. Its answer no longer stands.',
  },
};

/** Whose keys a verification believed in. */
export type KeysFrom = 'pinned' | 'page' | 'given';

const TRUSTED: Readonly<Record<KeysFrom, string>> = {
  pinned: VERDICTS.trusted.title,
  page: 'Unchanged, and signed by the keys this page came with',
  given: 'Unchanged, and signed by the keys you gave',
};

/** The title of a verdict, which for `trusted` says by whose keys. */
export const verdictTitle = (verdict: Verdict, keys: KeysFrom): string =>
  verdict === 'trusted' ? TRUSTED[keys] : VERDICTS[verdict].title;
