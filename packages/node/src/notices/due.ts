/** What somebody is to be told now: of each duty and each case followed, the one thing that is true of it at the moment. Pure. */
import type { CaseSummary, CourtJuror } from '@surety/protocol';
import { caseEntry, dutyEntry, type Entry, time } from '../http/court-entries.ts';

type Duty = CourtJuror['duties'][number];

export type Notice = Entry & {
  /** What it is about, e.g. `duty:<caseId>`: a later notice of the same subject replaces it. */
  readonly subject: string;
  /** Unix seconds after which nobody needs to know; `null` where that is not said. */
  readonly until: number | null;
  readonly urgent: boolean;
};

/** Last part of a window in which one is told that it ends: a quarter, six hours at most. */
const SOON_PART = 4;
const SOON_MOST_SECONDS = 6 * 3_600;

const isSoon = ({ from, until }: Duty, now: number): boolean =>
  now >= until - Math.min(SOON_MOST_SECONDS, Math.floor((until - from) / SOON_PART));

const dutyNotice = (url: string, duty: Duty, now: number): Notice | null => {
  const { caseId, todo, from, until } = duty;
  if (todo === 'done' || now >= until) return null;
  const entry = dutyEntry(url, duty);
  const common = { subject: `duty:${caseId}`, until };
  if (now < from) {
    // Who has voted knows that the vote is still to be opened; who was just drawn does not know that either.
    if (todo === 'open') return null;
    const title = entry.title.replace(/^Vote:/, 'You were drawn:');
    const summary = `You can vote from ${time(from)} until ${time(until)}. About ten minutes.`;
    return { ...entry, ...common, id: `${entry.id}-drawn`, title, summary, urgent: false };
  }
  if (!isSoon(duty, now)) return { ...entry, ...common, urgent: false };
  const title = `Soon over: ${entry.title}`;
  return { ...entry, ...common, id: `${entry.id}-soon`, title, urgent: true };
};

const caseNotice = (url: string, of: CaseSummary): Notice => ({
  ...caseEntry(url, of),
  subject: `case:${of.caseId}`,
  until: of.endsAt,
  urgent: false,
});

/** @param url origin of the page */
export const dueNotices = (
  url: string,
  about: { readonly duties: readonly Duty[]; readonly cases: readonly CaseSummary[] },
  now: number,
): readonly Notice[] => [
  ...about.duties.flatMap((duty) => dutyNotice(url, duty, now) ?? []),
  ...about.cases.map((of) => caseNotice(url, of)),
];
