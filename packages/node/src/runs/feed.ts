/**
 * The public stream `runs`: one short event whenever this node sees that a claim has changed. It is what the node saw, in the
 * order in which it did; where the chain takes blocks back, that is one more event.
 */
import type { Book, ClaimView } from '@surety/chain';
import type { Json, Result } from '@surety/core';
import type { Effect, Game } from '../journal/game.ts';
import type { Host } from '../journal/host.ts';
import { markOf } from './mark.ts';
import { idOf } from './view.ts';

export const RUNS_STREAM = 'runs:all';

/** Claims whose last mark is remembered, so that a restart tells of no change twice. */
const MOST_MARKS = 2_000;

export type RunsEvent = {
  /** How the claim stands now; `gone` where the chain took it back. */
  readonly kind: 'open' | 'provider' | 'challenger' | 'final' | 'void' | 'annulled' | 'gone';
  readonly claimId: string;
  /** Of the block that showed it. */
  readonly block: number;
  /** Tells two states of a claim apart. */
  readonly mark: string;
};

type Marked = { readonly mark: string; readonly open: boolean };

export type RunsState = {
  /** Number of the last event. */
  readonly seq: number;
  /** By claim, those that changed last at the end. */
  readonly marks: ReadonlyMap<string, Marked>;
};

const OPEN: readonly RunsEvent['kind'][] = ['open', 'provider', 'challenger'];

const step = ({ seq, marks }: RunsState, { kind, claimId, mark }: RunsEvent): RunsState => {
  const next = new Map(marks);
  next.delete(claimId);
  if (kind !== 'gone') next.set(claimId, { mark, open: OPEN.includes(kind) });
  if (next.size > MOST_MARKS) next.delete(next.keys().next().value!);
  return { seq: seq + 1, marks: next };
};

export const runsGame: Game<RunsState, RunsEvent, Effect> = {
  name: 'runs',
  initial: () => ({ seq: 0, marks: new Map() }),
  step: (state, event) => ({ kind: 'accepted', state: step(state, event), effects: [] }),
  encodeEvent: (event) => event as unknown as Json,
  decodeEvent: (json) => json as unknown as RunsEvent,
  encodeState: ({ seq, marks }) => ({ seq, marks: [...marks] }) as unknown as Json,
  decodeState: (json) => {
    const { seq, marks } = json as unknown as { readonly seq: number; readonly marks: [string, Marked][] };
    return { seq, marks: new Map(marks) };
  },
};

const kindOf = ({ state, disputes }: ClaimView): RunsEvent['kind'] => {
  if (state !== 'open') return state === 'none' ? 'gone' : state;
  if (disputes.some(({ turn }) => turn === 'provider')) return 'provider';
  return disputes.some(({ turn }) => turn === 'challenger') ? 'challenger' : 'open';
};

/** What has changed since the stream last told of it. */
export const changesOf = ({ marks }: Pick<RunsState, 'marks'>, { block, claims }: Book): readonly RunsEvent[] => {
  const at = Number(block.number);
  const seen = new Set(claims.map(({ id }) => idOf(id)));
  const gone = [...marks]
    // A claim that was decided leaves the book in the end; one that was open does so only if the chain took it back.
    .filter(([claimId, { open }]) => open && !seen.has(claimId))
    .map(([claimId]): RunsEvent => ({ kind: 'gone', claimId, block: at, mark: '' }));
  const changed = claims
    .map((view): RunsEvent => ({ kind: kindOf(view), claimId: idOf(view.id), block: at, mark: markOf(view) }))
    .filter(({ claimId, mark }) => marks.get(claimId)?.mark !== mark);
  return [...gone, ...changed].slice(0, MOST_MARKS);
};

export type FollowOptions = {
  readonly host: Host;
  readonly read: () => Promise<Result<Book>>;
  readonly seconds: number;
  readonly onError: (cause: unknown) => void;
};

/** Looks at the chain again and again, and tells the stream what has changed. Returns what ends it. */
export const followRuns = ({ host, read, seconds, onError }: FollowOptions): (() => Promise<void>) => {
  let trouble = '';
  let lastBlock = '';
  const look = async (): Promise<void> => {
    const book = await read();
    if (!book.ok) {
      // A chain that is away for an hour is one line of the log.
      if (trouble !== book.problem.code) onError(book.problem);
      trouble = book.problem.code;
      return;
    }
    trouble = '';
    if (book.value.block.hash === lastBlock) return;
    const moves = changesOf(await host.state<RunsState>(RUNS_STREAM), book.value).map((event) => ({
      stream: RUNS_STREAM,
      event,
    }));
    const done = moves.length === 0 ? null : await host.transact(moves as Parameters<Host['transact']>[0]);
    if (done !== null && !done.ok) return onError(done.problem);
    lastBlock = book.value.block.hash;
  };
  let running: Promise<void> = Promise.resolve();
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    running = look()
      .catch(onError)
      .finally(() => {
        busy = false;
      });
  }, seconds * 1_000);
  return async () => {
    clearInterval(timer);
    await running;
  };
};
