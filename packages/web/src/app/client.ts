/** The page's one client of its node, with refusals as data, and its live streams. */
import { createClient, type StreamEvent, SuretyError } from '@surety/sdk/page';

const api = createClient({ url: location.origin });

/** One method per route; see the route table of `@surety/protocol`. */
export const client = api.try;

type StreamOptions = {
  /** Last sequence already on screen; `null` starts with what happens from now on. */
  readonly after: number | null;
  readonly onEvent: (event: StreamEvent) => void;
  readonly onState: (state: 'live' | 'behind') => void;
};

/** Follows a stream until the returned function is called. Resumes by itself; each event comes once, in order. */
export const openStream = (stream: string, options: StreamOptions): (() => void) => {
  const stop = new AbortController();
  const run = async (): Promise<void> => {
    const events = api.follow([stream], {
      ...(options.after === null ? {} : { after: { [stream]: options.after } }),
      signal: stop.signal,
      onConnection: (state) => options.onState(state === 'open' ? 'live' : 'behind'),
    });
    for await (const event of events) options.onEvent(event);
  };
  run().catch((cause: unknown) => {
    if (!(cause instanceof SuretyError)) throw cause;
    options.onState('behind');
  });
  return () => stop.abort();
};
