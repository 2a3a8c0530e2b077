/** Looking at the court for everybody who wants to be told: each open case once, a juror's duties only where there are any. */
import type { CourtCase, CourtJuror, Handlers } from '@surety/protocol';
import { dueNotices, type Notice } from './due.ts';
import type { SubscriptionState, Told } from './game.ts';

type Duty = CourtJuror['duties'][number];

export type LookOptions = {
  /** What is read through them is public. */
  readonly handlers: () => Pick<Handlers, 'juror' | 'case'>;
  readonly openCases: () => Iterable<string>;
  /** Origin of the page, to which notices lead. */
  readonly pageOrigin: () => string;
  /** Unix seconds. */
  readonly now: () => number;
};

/** What one subscription is to be told, and all that it was told then of what is still going on. */
export type Finding = { readonly subscriptionId: string; readonly told: Told; readonly notices: readonly Notice[] };

export type Look = {
  /** What there is to tell; nothing of those that know everything. */
  readonly at: (subscriptions: readonly SubscriptionState[]) => Promise<readonly Finding[]>;
  /** Those of the cases that there are, and where they stand, as if it had been told. */
  readonly standing: (cases: readonly string[]) => Promise<{ readonly cases: readonly string[]; readonly told: Told }>;
};

const context = { remote: 'notices', signal: new AbortController().signal };

const seatedIn = ({ rounds }: CourtCase): readonly string[] =>
  rounds.filter(({ state }) => state === 'running').flatMap(({ panel }) => panel.map(({ juror }) => juror));

export const createLook = ({ handlers, openCases, pageOrigin, now }: LookOptions): Look => {
  const caseOf = async (marketId: string): Promise<CourtCase | null> => {
    const found = await handlers().case({ params: { marketId }, query: undefined, body: undefined }, context);
    return found.ok ? found.value : null;
  };

  /** Each case is read once, however many follow it. */
  const reader = (): ((ids: readonly string[]) => Promise<readonly CourtCase[]>) => {
    const read = new Map<string, Promise<CourtCase | null>>();
    const once = (id: string): Promise<CourtCase | null> => {
      const reading = read.get(id) ?? caseOf(id);
      read.set(id, reading);
      return reading;
    };
    return async (ids) => (await Promise.all(ids.map(once))).filter((each) => each !== null);
  };

  const dutiesOf = async (address: string): Promise<readonly Duty[]> => {
    const found = await handlers().juror({ params: { address }, query: undefined, body: undefined }, context);
    return found.ok ? found.value.duties : [];
  };

  const findingOf = (
    { subscriptionId, told }: SubscriptionState,
    duties: readonly Duty[],
    cases: readonly CourtCase[],
  ): Finding | null => {
    const due = dueNotices(pageOrigin(), { duties, cases }, now());
    const last = new Map(told);
    const notices = due.filter(({ subject, id }) => last.get(subject) !== id);
    if (notices.length === 0) return null;
    const going = new Set([...due.map(({ subject }) => subject), ...duties.map(({ caseId }) => `duty:${caseId}`)]);
    for (const { subject, id } of notices) last.set(subject, id);
    return { subscriptionId, notices, told: [...last].filter(([subject]) => going.has(subject)) };
  };

  return {
    at: async (subscriptions) => {
      if (subscriptions.length === 0) return [];
      const read = reader();
      const seated = new Set((await read([...openCases()])).flatMap(seatedIn));
      const findings: Finding[] = [];
      for (const state of subscriptions) {
        const duties = seated.has(state.account) ? await dutiesOf(state.account) : [];
        const finding = findingOf(state, duties, await read(state.cases));
        if (finding !== null) findings.push(finding);
      }
      return findings;
    },
    standing: async (ids) => {
      const cases = await reader()(ids);
      const notices = dueNotices(pageOrigin(), { duties: [], cases }, now());
      return {
        cases: cases.map(({ caseId }) => caseId),
        told: notices.map(({ subject, id }) => [subject, id] as const),
      };
    },
  };
};
