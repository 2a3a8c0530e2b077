/** Which journal streams the public sees, and under which names. Accounts and the operator's affairs are not among them. */
import type { StreamEvent } from '@surety/protocol';
import type { StreamSource } from '../http/streams/source.ts';
import type { Host, Stored, StreamId } from '../journal/host.ts';
import { RUNS_STREAM, type RunsState } from '../runs/feed.ts';
import type { CaseState } from './court/case-state.ts';
import { COURT_FEED } from './court/feed.ts';
import { FEED_STREAM } from './feed.ts';
import type { QuestionState } from './question.ts';

/** The journal's name of a public stream, or `undefined` for one that is not public. */
const internal = (stream: string): StreamId | undefined => {
  if (stream === 'markets') return FEED_STREAM;
  if (stream === 'runs') return RUNS_STREAM;
  if (stream === 'court') return COURT_FEED;
  return /^(?:market|case):[0-9a-f]{64}$/.test(stream) ? (stream as StreamId) : undefined;
};

/** What a node saw of the network that advice came from is nobody's business. */
const shown = ({ kind, data }: Stored): Stored['data'] => {
  if (kind !== 'advised') return data;
  const { standing, ...rest } = data as { readonly standing?: { readonly kind: string } };
  return { ...rest, ...(standing !== undefined && { standing: standing.kind }) };
};

const toPublic = (stream: string, event: Stored): StreamEvent => {
  const { seq, kind, at } = event;
  return { stream, seq, kind, at, data: shown(event) };
};

export const publicStreams = (host: Host): StreamSource => ({
  head: async (stream) => {
    const name = internal(stream);
    if (name === undefined) return undefined;
    if (name === FEED_STREAM || name === COURT_FEED) return host.state<number>(name);
    if (name === RUNS_STREAM) return (await host.state<RunsState>(RUNS_STREAM)).seq;
    const { seq } = await host.state<QuestionState | CaseState>(name);
    return seq === 0 ? undefined : seq;
  },
  read: async (stream, after, limit) => {
    const name = internal(stream);
    if (name === undefined) return [];
    return (await host.read(name, after, limit)).map((event) => toPublic(stream, event));
  },
  subscribe: (stream, after, onEvent) => {
    const name = internal(stream);
    if (name === undefined) return () => undefined;
    return host.subscribe(name, after, (event) => onEvent(toPublic(stream, event)));
  },
});
