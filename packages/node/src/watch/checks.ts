/**
 * Running claims again, one after the other, the most urgent first. Verdicts are kept for as long as a claim is open, the
 * values of a run only of a few at a time: whatever is asked for later is computed again.
 */
import type { ClaimView } from '@surety/chain';
import { type Problem, SuretyError } from '@surety/core';
import { isMine } from './decide.ts';
import type { Knowledge } from './knowledge.ts';

type Hex = `0x${string}`;

/** Judges claims of one verifier contract by running them again. */
export type Route = {
  readonly check: (view: ClaimView, signal: AbortSignal) => Promise<Knowledge>;
};

/** Runs whose values lie in memory at a time. */
const MOST_RUNS = 4;
/** Seconds after which it is looked again whether a program or an input has come, or a run succeeds. */
const AGAIN_SECONDS = 15;

export type Checks = {
  /** Says which claims are open now: others are forgotten, new ones are run. */
  readonly follow: (open: readonly ClaimView[]) => void;
  readonly of: (view: ClaimView) => Knowledge;
  /** Waits until nothing is left to run. */
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
  /** Told of each claim that was run. */
  readonly onChecked: (view: ClaimView, knowledge: Knowledge) => void;
};

type Entry = { readonly knowledge: Knowledge; readonly at: number };

const isAsked = (view: ClaimView): boolean => view.disputes.some(({ turn }) => turn === 'provider');

/** Without the values of its run. */
const verdictOf = (knowledge: Knowledge): Knowledge =>
  knowledge.kind === 'right' ? { kind: 'right', answer: null } : knowledge;

const holdsRun = (knowledge: Knowledge): boolean =>
  knowledge.kind === 'wrong' || (knowledge.kind === 'right' && knowledge.answer !== null);

const problemOf = (cause: unknown): Problem =>
  cause instanceof SuretyError
    ? cause.problem
    : { code: 'internal', message: String(cause), next: 'Report it; the claim was not checked.' };

export const createChecks = ({ me, routes, draws, now, onChecked }: ChecksOptions): Checks => {
  const entries = new Map<Hex, Entry>();
  const closing = new AbortController();
  let open: readonly ClaimView[] = [];
  let working: Promise<void> | null = null;
  let [checked, wrong] = [0, 0];

  const needsRun = (view: ClaimView): boolean => {
    const entry = entries.get(view.id);
    if (entry === undefined) return true;
    const { knowledge, at } = entry;
    switch (knowledge.kind) {
      case 'unheld':
      case 'failed':
        return now() - at >= AGAIN_SECONDS;
      case 'right':
        return knowledge.answer === null && isMine(view, me) && isAsked(view);
      default:
        return knowledge.kind === 'unchecked';
    }
  };

  /** Questions to the own claims first, then whatever window ends first. */
  const urgency = (view: ClaimView): number => {
    const asked = isMine(view, me) ? view.disputes.filter(({ turn }) => turn === 'provider') : [];
    return Math.min(view.windowEndsAt, ...asked.map(({ runsOutAt }) => runsOutAt));
  };

  const next = (): ClaimView | undefined =>
    open.filter(needsRun).reduce<ClaimView | undefined>((best, each) => {
      return best === undefined || urgency(each) < urgency(best) ? each : best;
    }, undefined);

  /** The oldest runs go; a wrong claim whose run went is run again when it is its turn. */
  const evict = (): void => {
    const held = [...entries].filter(([, { knowledge }]) => holdsRun(knowledge));
    for (const [id, { knowledge, at }] of held.slice(0, Math.max(0, held.length - MOST_RUNS))) {
      if (knowledge.kind === 'right') entries.set(id, { knowledge: verdictOf(knowledge), at });
      else entries.delete(id);
    }
  };

  const keep = (view: ClaimView, found: Knowledge): void => {
    const before = entries.get(view.id);
    const knowledge = isMine(view, me) && isAsked(view) ? found : verdictOf(found);
    entries.delete(view.id);
    entries.set(view.id, { knowledge, at: now() });
    evict();
    if (before !== undefined && before.knowledge.kind === found.kind) return;
    if (found.kind === 'right' || found.kind === 'wrong') checked += 1;
    if (found.kind === 'wrong') wrong += 1;
    onChecked(view, found);
  };

  const check = async (view: ClaimView): Promise<Knowledge> => {
    const route = routes.get(view.claim.request.verifier.toLowerCase());
    if (route === undefined) return { kind: 'unheld', what: 'route' };
    if (!isMine(view, me) && !draws(view.id)) return { kind: 'not-drawn' };
    try {
      return await route.check(view, closing.signal);
    } catch (cause) {
      closing.signal.throwIfAborted();
      return { kind: 'failed', problem: problemOf(cause) };
    }
  };

  const work = async (): Promise<void> => {
    for (let view = next(); view !== undefined && !closing.signal.aborted; view = next()) {
      keep(view, await check(view));
    }
  };

  const start = (): void => {
    working ??= work()
      .catch((cause: unknown) => {
        if (!closing.signal.aborted) throw cause;
      })
      .finally(() => {
        working = null;
      });
  };

  return {
    follow: (views) => {
      open = views;
      const ids = new Set(views.map(({ id }) => id));
      for (const id of entries.keys()) if (!ids.has(id)) entries.delete(id);
      start();
    },
    of: ({ id }) => entries.get(id)?.knowledge ?? { kind: 'unchecked' },
    idle: async () => {
      while (working !== null) await working;
    },
    counts: () => ({ checked, wrong }),
    close: async () => {
      closing.abort();
      await working;
    },
  };
};
