/** An analyst around a trained model of host names. */

import { abstain, clampPpm, type NameAnalyst, PRIOR_PPM, type Reading } from '../analyst.ts';
import { ownerOf } from '../brands/brand.ts';
import { type HostParts, hostParts } from '../host.ts';
import { nameAnalyst } from '../name-analyst.ts';
import { wordsIn } from './lexicon.ts';
import { type Scorer, type StoredScorer, scorerOf } from './scorer.ts';

export type SiteAnalystParts = {
  readonly id: string;
  readonly view: string;
  readonly family: string;
  readonly trainedOn: readonly string[];
  readonly codeVersion: number;
  readonly stored: StoredScorer;
  /**
   * Whether it keeps silent on the brand table's own domains: imitations are spelt like them by construction, so
   * spelling alone cannot tell.
   */
  readonly silentOnBrands?: boolean;
  /** Whether it keeps silent on names beyond the Latin alphabet, of which it learned from too few. */
  readonly silentOnIdn?: boolean;
  /** Registered domains it knows to be genuine, from its own training table. */
  readonly known?: ReadonlySet<string>;
  /**
   * Whether it keeps silent on a name that looks rather honest than not, unless it knows the site: a name without signs is
   * not a sign of honesty, and whoever picks a name can pick one without signs. So at no ratio of loss to gain does it clear.
   */
  readonly clearsOnlyKnown?: boolean;
};

/** Probability for a site of the known table; set by hand. */
const KNOWN_PPM = 10_000;

const DID_NOT_SEE = ['the page', 'who registered the name, and when', 'whether anybody was harmed'] as const;

const GROUP_WORDS = {
  giveaway: 'promises something for nothing',
  allocation: 'says that a share is already yours',
  repair: 'says that something needs repair or verification',
  connect: 'speaks of wallets and logging in',
  finance: 'names a thing one does with coins',
  governance: 'calls for a vote or a proposal',
  coin: 'uses the vocabulary of crypto',
  assurance: 'says of itself that it is genuine',
  business: 'uses words of ordinary business',
} as const;

/** What a person can see of what moved the model: its parts' logits and the words it met. */
const reasonsOf = (parts: HostParts, score: ReturnType<Scorer>): Reading['reasons'] => {
  const words = [parts.label, ...parts.subdomains].flatMap(wordsIn).slice(0, 4);
  return [
    {
      text: `Names built like this were ${score.ppm >= 500_000 ? 'more' : 'less'} often scams than not among the labelled names it learned from.`,
    },
    ...words.map((hit) => ({ text: `"${hit.word}" ${GROUP_WORDS[hit.group]}.` })),
    ...(parts.sharedHosting ? [{ text: `${parts.suffix} lets anybody publish at once and for nothing.` }] : []),
  ];
};

/** The analyst. It abstains on IP addresses and on bare public suffixes, which have no chosen label to read. */
export const siteAnalyst = (analyst: SiteAnalystParts): NameAnalyst => {
  let scorer: Scorer | null = null;
  return nameAnalyst({
    ...analyst,
    reads: ['site'],
    artefact: () =>
      JSON.stringify([analyst.stored, [...(analyst.known ?? [])], analyst.clearsOnlyKnown === true ? 1 : 0]),
    readSubject: (subject, program) => {
      if (subject.kind !== 'site') return abstain(program, 'Not a site.', DID_NOT_SEE);
      const parts = hostParts(subject.host);
      if (parts.label === '') {
        return abstain(program, `${parts.host} has no label that somebody chose: nothing to read.`, DID_NOT_SEE, {
          host: parts.host,
        });
      }
      const owner = analyst.silentOnBrands === true ? ownerOf(parts) : null;
      if (owner !== null) {
        const why = `It is ${owner.name}'s own domain; its imitations are spelt like it, so spelling cannot tell.`;
        return abstain(program, why, DID_NOT_SEE, { host: parts.host, brand: owner.name });
      }
      if (analyst.silentOnIdn === true && parts.isIdn) {
        const why = 'It is written with letters beyond the Latin alphabet; it learned from too few such names.';
        return abstain(program, why, DID_NOT_SEE, { host: parts.host });
      }
      if (analyst.known?.has(parts.registrable) === true) {
        const text = `${parts.registrable} is in its own table of well-known genuine sites; what that is worth is an assumption set by hand.`;
        const facts = { host: parts.host, registrable: parts.registrable, known: true };
        const saw = [`the host name ${parts.host}`];
        return { probabilityPpm: KNOWN_PPM, saw, didNotSee: DID_NOT_SEE, reasons: [{ text }], facts, program };
      }
      scorer ??= scorerOf(analyst.stored);
      const score = scorer(parts);
      const facts = { host: parts.host, registrable: parts.registrable, logitMilli: score.logitMilli };
      if (analyst.clearsOnlyKnown === true && score.ppm <= PRIOR_PPM) {
        const why = 'It saw no sign of a scam in the name, and no name is a sign of honesty.';
        return abstain(program, why, DID_NOT_SEE, facts);
      }
      return {
        probabilityPpm: clampPpm(score.ppm),
        saw: [`the host name ${parts.host}`],
        didNotSee: DID_NOT_SEE,
        reasons: reasonsOf(parts, score),
        facts,
        program,
      };
    },
  });
};
