/**
 * Running claims again and working out what to say about them, one job after the other, the most urgent first. Verdicts and
 * words are kept while a claim is open, the values of a run only of a few at a time: what is asked for later is computed
 * again.
 */
import type { ClaimView, Dispute } from '@surety/chain';
import { type Problem, SuretyError, sha256, toHex, utf8 } from '@surety/core';
import type { Knowledge, NextStep } from './knowledge.ts';
import { NEVER } from './moves.ts';
import type { Rerun, Route } from './route.ts';
import { isMine, same } from './sides.ts';

type Hex = `0x${string}`;

/** Runs whose values lie in memory at a time. */
const MOST_RUNS = 4;
/** Seconds after which it is looked again whether a program or an input has come, or a run succeeds. */
const AGAIN_SECONDS = 15;

export type Checks = {
  /** Says which claims are open now: others are forgotten, new ones are run. */
  readonly follow: (open: readonly ClaimView[]) => void;
  readonly of: (view: ClaimView) => Knowledge;
  /** Waits until nothing is left to do. */
  readonly idle: () => Promise<void>;
  readonly counts: () => { readonly checked: number; readonly wrong: number };
  readonly close: () => Promise<void>;
};

export type ChecksOptions = {
  readonly me: Hex;
  /** By the address of the verifier, lower case. */
  readonly routes: ReadonlyMap<string, Route>;
  /** Whether a claim of somebody else is drawn for checking. */
  readonly draws: (claimId: Hex) => boolean;
  /** Unix seconds. */
  readonly now: () => number;
  /** Told of each claim that was looked into, when what is known of it changes. */
  readonly onChecked: (view: ClaimView, knowledge: Knowledge) => void;
};

type Settled = Exclude<Knowledge, { readonly kind: Verdict['kind'] | 'unchecked' }>;

type Verdict =
  | { readonly kind: 'right'; readonly proof: Hex | null }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'withheld'; readonly problem: Problem | null };

const isVerdict = (of: Settled | Verdict): of is Verdict =>
  of.kind === 'right' || of.kind === 'wrong' || of.kind === 'withheld';

type Entry = {
  readonly verdict: Settled | Verdict;
  /** When that was found, unix seconds. */
  readonly at: number;
  /** Answers and next steps by {@link keyOf}. */
  readonly words: Map<string, { readonly answer: Hex | null } | { readonly step: NextStep }>;
};

type Job = { readonly view: ClaimView; readonly dispute: Dispute | null; readonly before: number };

/** A dispute as far as it has come; `begin` for the first step against a claim. */
const keyOf = (dispute: Dispute | null): string =>
  dispute === null
    ? 'begin'
    : toHex(
        sha256(utf8(`${dispute.id} ${dispute.exchanges.map((each) => `${each.question} ${each.answer}`).join(' ')}`)),
      );

/** Anything thrown, as a problem. */
export const problemOf = (cause: unknown): Problem =>
  cause instanceof SuretyError
    ? cause.problem
    : { code: 'internal', message: String(cause), next: 'Report it; it is tried again.' };

const verdictOf = ({ kind, proof, problem }: Rerun): Verdict => {
  if (kind === 'right') return { kind, proof: proof ?? null };
  return kind === 'wrong' ? { kind } : { kind, problem: problem ?? null };
};

/** Disputes in which something has to be said from here. */
const spoken = (view: ClaimView, me: Hex, kind: Verdict['kind']): readonly (Dispute | null)[] => {
  if (isMine(view, me)) return kind === 'right' ? view.disputes.filter(({ turn }) => turn === 'provider') : [];
  if (kind === 'right') return [];
  const own = view.disputes.filter(({ challenger }) => same(challenger, me));
  const answered = own.filter(({ exchanges }) => exchanges.at(-1)?.answer != null);
  return [...answered, null];
};

export const createChecks = ({ me, routes, draws, now, onChecked }: ChecksOptions): Checks => {
  const entries = new Map<Hex, Entry>();
  /** The least recently used first. */
  const runs = new Map<Hex, Rerun>();
  const closing = new AbortController();
  let open: readonly ClaimView[] = [];
  let working: Promise<void> | null = null;
  let [checked, wrong] = [0, 0];

  const jobOf = (view: ClaimView): Job | null => {
    const entry = entries.get(view.id);
    if (entry === undefined) return { view, dispute: null, before: view.windowEndsAt };
    const { verdict, at, words } = entry;
    if (verdict.kind === 'not-drawn') return null;
    const again: Job | null = now() - at >= AGAIN_SECONDS ? { view, dispute: null, before: NEVER } : null;
    if (!isVerdict(verdict)) return again;
    const missing = spoken(view, me, verdict.kind).filter((each) => !words.has(keyOf(each)));
    const [first] = missing.toSorted((a, b) => (a?.runsOutAt ?? NEVER) - (b?.runsOutAt ?? NEVER));
    if (first !== undefined) return { view, dispute: first, before: first?.runsOutAt ?? view.windowEndsAt };
    return verdict.kind === 'withheld' ? again : null;
  };

  const next = (): Job | null => {
    const jobs = open.flatMap((view) => jobOf(view) ?? []);
    return jobs.reduce<Job | null>((best, job) => (best === null || job.before < best.before ? job : best), null);
  };

  const keep = async (id: Hex, run: Rerun): Promise<void> => {
    runs.delete(id);
    runs.set(id, run);
    for (const [oldest, each] of [...runs].slice(0, Math.max(0, runs.size - MOST_RUNS))) {
      runs.delete(oldest);
      await each.close();
    }
  };

  const note = (view: ClaimView, verdict: Entry['verdict']): void => {
    const before = entries.get(view.id);
    const isSame = before?.verdict.kind === verdict.kind;
    // What was to be said under another verdict is not to be said any more.
    entries.set(view.id, { verdict, at: now(), words: isSame ? before.words : new Map() });
    if (isSame) return;
    if (verdict.kind === 'right' || verdict.kind === 'wrong') checked += 1;
    if (verdict.kind === 'wrong') wrong += 1;
    onChecked(view, of(view));
  };

  const runAgain = async (view: ClaimView): Promise<Rerun | null> => {
    const known = runs.get(view.id);
    if (known !== undefined) return known;
    const route = routes.get(view.claim.request.verifier.toLowerCase());
    if (route === undefined) {
      note(view, { kind: 'unheld', what: 'route' });
      return null;
    }
    if (!isMine(view, me) && !draws(view.id)) {
      note(view, { kind: 'not-drawn' });
      return null;
    }
    const found = await route.check(view, closing.signal);
    note(view, found.kind === 'unheld' ? found : verdictOf(found));
    return found.kind === 'unheld' ? null : found;
  };

  const work = async ({ view, dispute }: Job): Promise<void> => {
    const run = await runAgain(view);
    if (run === null) return;
    // What is withheld may come at any time, and is looked for anew.
    if (run.kind !== 'withheld') await keep(view.id, run);
    const words = entries.get(view.id)?.words;
    const due = spoken(view, me, run.kind).find((each) => keyOf(each) === keyOf(dispute));
    if (due === undefined || words === undefined) return;
    const exchanges = due?.exchanges ?? [];
    const word = isMine(view, me) ? { answer: await run.answer(exchanges) } : { step: await run.next(exchanges) };
    words.set(keyOf(due), word);
  };

  const workAll = async (): Promise<void> => {
    for (let job = next(); job !== null && !closing.signal.aborted; job = next()) {
      try {
        await work(job);
      } catch (cause) {
        if (closing.signal.aborted) return;
        note(job.view, { kind: 'failed', problem: problemOf(cause) });
      }
    }
  };

  const of = (view: ClaimView): Knowledge => {
    const entry = entries.get(view.id);
    if (entry === undefined) return { kind: 'unchecked' };
    const { verdict, words } = entry;
    if (!isVerdict(verdict)) return verdict;
    const said = spoken(view, me, verdict.kind).flatMap((dispute) => {
      const word = words.get(keyOf(dispute));
      return word === undefined ? [] : [{ id: dispute?.id ?? 0n, word }];
    });
    if (verdict.kind === 'right')
      return {
        ...verdict,
        answers: new Map(said.flatMap(({ id, word }) => ('answer' in word ? [[id, word.answer]] : []))),
      };
    return { ...verdict, steps: new Map(said.flatMap(({ id, word }) => ('step' in word ? [[id, word.step]] : []))) };
  };

  return {
    of,
    follow: (views) => {
      open = views;
      const ids = new Set(views.map(({ id }) => id));
      for (const id of entries.keys()) if (!ids.has(id)) entries.delete(id);
      working ??= workAll().finally(() => {
        working = null;
      });
    },
    idle: async () => {
      while (working !== null) await working;
    },
    counts: () => ({ checked, wrong }),
    close: async () => {
      closing.abort();
      await working;
      for (const run of runs.values()) await run.close();
      runs.clear();
    },
  };
};
