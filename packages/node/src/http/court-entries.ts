/** What there is to say of a case, and of a juror's duty in one: the same in feeds and in notices. */
import type { CaseSummary, CourtJuror } from '@surety/protocol';

export type Entry = {
  readonly id: string;
  readonly title: string;
  readonly link: string;
  /** Unix seconds. */
  readonly updated: number;
  readonly summary: string;
};

/** A moment as RFC 3339 writes it. */
export const time = (at: number): string => new Date(at * 1_000).toISOString();

const WORDS: Readonly<Record<CaseSummary['phase'], string>> = {
  proposed: 'is being challenged',
  round: 'is being judged',
  appealable: 'can be appealed',
  funding: 'waits for somebody to pay for people',
  final: 'is decided',
  undecided: 'ended undecided',
};

/** The question of a case, without what its claim says further. */
const title = ({ plainWords }: { readonly plainWords: string }): string => plainWords.split(/(?<=\?)\s/)[0]!;

/** A turn of a case. */
export const caseEntry = (url: string, of: CaseSummary): Entry => ({
  // Each turn of a case is an entry of its own: a reader shows it again.
  id: `${url}/#/case/${of.caseId}?${of.phase}-${of.round}`,
  title: `${title(of)} It ${WORDS[of.phase]}.`,
  link: `${url}/#/case/${of.caseId}`,
  updated: of.movedAt,
  summary:
    of.endsAt === null
      ? 'The case has ended.'
      : `Until ${time(of.endsAt)}; over by ${time(of.latestEnd)} at the latest.`,
});

type Duty = CourtJuror['duties'][number];

const TODO = { commit: 'Vote', open: 'Open your vote', done: 'Nothing more to do' } as const;

/** What a juror has to do now. */
export const dutyEntry = (url: string, duty: Duty): Entry => ({
  id: `${url}/#/case/${duty.caseId}?round-${duty.round}-${duty.todo}`,
  title: `${TODO[duty.todo]}: ${title(duty)}`,
  link: `${url}/#/case/${duty.caseId}`,
  updated: duty.from,
  summary: `Round ${duty.round}, from ${time(duty.from)} until ${time(duty.until)}. About ten minutes.`,
});
