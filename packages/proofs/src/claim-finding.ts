/** What a claim on the Arbiter shows of its run, what it assumes, and what it leaves open (spec 14.6). */
import type { Finding } from '@surety/core';

/** How a claim stands. A claim that is open shows nothing, whatever was answered in its disputes. */
export type Standing =
  | { readonly kind: 'open' }
  | { readonly kind: 'proved' }
  /** Final, because nobody refuted it. */
  | { readonly kind: 'unrefuted' }
  | { readonly kind: 'refuted' }
  /** Void, because the provider's clock ran out. */
  | { readonly kind: 'unanswered' }
  | { readonly kind: 'annulled' };

const NEVER = [
  'that the answer is right: only how it came about',
  'that the model is good, or how it was trained',
] as const;

const ROUTE = 'that the route is the one you mean: its contract alone says what counts as a proof';
const HASHES = 'that hashes do not collide';
const CHAIN = 'that the chain this was read from is the one you mean, and is not rewound';

type Words = Pick<Finding, 'holds' | 'summary' | 'proves' | 'assumes' | 'doesNotProve'>;

const WORDS: Readonly<Record<Standing['kind'], Words>> = {
  open: {
    holds: 'not-shown',
    summary: 'The claim can still be refuted. Until it is final it shows nothing: cover is money, not evidence.',
    proves: [],
    assumes: [],
    doesNotProve: ['that the program was run as claimed', ...NEVER],
  },
  proved: {
    holds: 'shown',
    summary: 'The route checked a proof of the run on the chain, and found it good.',
    proves: [
      { property: 'integrity', of: 'the run: this program on this input gave this output, as the route judges' },
    ],
    assumes: [ROUTE, HASHES, CHAIN],
    doesNotProve: [...NEVER],
  },
  unrefuted: {
    holds: 'shown',
    summary: 'Nobody refuted the run within its window, so it is final. It was not proved.',
    proves: [{ property: 'agreement', of: 'whoever watched: nobody showed the run to be wrong in time' }],
    assumes: [
      'one honest watcher with program and input at hand, able to get transactions into the chain within the clocks',
      ROUTE,
      HASHES,
      CHAIN,
    ],
    doesNotProve: ['that anybody watched', ...NEVER],
  },
  refuted: {
    holds: 'refuted',
    summary: 'The route found a proof that the run is wrong.',
    proves: [{ property: 'integrity', of: 'the refutation: the claimed run contradicts its own program' }],
    assumes: [ROUTE, HASHES, CHAIN],
    doesNotProve: ['what the right answer is', 'that the provider lied: it may have erred', ...NEVER],
  },
  unanswered: {
    holds: 'not-shown',
    summary: 'The provider did not open what it had committed to in time, so the claim is void.',
    proves: [],
    assumes: [CHAIN],
    doesNotProve: ['that the run was wrong: only that it was not defended', ...NEVER],
  },
  annulled: {
    holds: 'not-shown',
    summary: 'The result lies outside the tolerance that was agreed. The claim is annulled, and nobody is punished.',
    proves: [],
    assumes: [ROUTE, CHAIN],
    doesNotProve: ['that the run was wrong: rounding alone may differ', ...NEVER],
  },
};

/**
 * The finding of a claim, recomputed from how the chain shows it.
 * @param source names the claim, its id
 * @param at Unix seconds of the block at which it stood so
 */
export const claimFinding = (
  source: string,
  { kind }: Standing,
  at: number,
): Finding & { readonly link: 'program' } => ({
  link: 'program',
  source,
  ...WORDS[kind],
  freshAt: at,
});
