/** Live streams: events arrive in order, the browser resumes by itself, and the page knows when it is behind. */

import { signal } from '@preact/signals';
import type { StreamEvent } from '@surety/sdk/page';
import { useEffect, useRef } from 'preact/hooks';
import { openStream } from '../client.ts';

/** `live` while events arrive as they happen; `behind` while a connection is being made again. */
export const feedState = signal<'live' | 'behind'>('live');

type FeedOptions = {
  /** The last event that is on screen already; `null` for what happens from now on. */
  readonly after?: number | null;
  /** The connection stands: what happened before it is to be fetched, all later events come by themselves. */
  readonly onLive?: () => void;
};

/**
 * Follows a stream while the component is shown.
 * @param onEvent called for every event after `after`, in order, each once
 */
export const useFeed = (
  stream: string,
  onEvent: (event: StreamEvent) => void,
  { after = null, onLive }: FeedOptions = {},
): void => {
  const handler = useRef({ onEvent, onLive });
  handler.current = { onEvent, onLive };
  const start = useRef(after);
  const ready = after !== null || !stream.startsWith('market:');
  start.current ??= after;
  useEffect(() => {
    if (!ready) return;
    return openStream(stream, {
      after: start.current,
      onEvent: (event) => handler.current.onEvent(event),
      onState: (state) => {
        feedState.value = state;
        if (state === 'live') handler.current.onLive?.();
      },
    });
  }, [stream, ready]);
};
