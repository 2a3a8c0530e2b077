/** Something that is fetched: on its way, here, or refused with a reason. */

import type { Problem, Result } from '@surety/sdk/page';
import { useEffect, useRef, useState } from 'preact/hooks';

export type Loaded<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly value: T }
  | { readonly kind: 'failed'; readonly problem: Problem };

export const LOADING = { kind: 'loading' } as const;

export const loadedFrom = <T>(result: Result<T>): Loaded<T> =>
  result.ok ? { kind: 'ready', value: result.value } : { kind: 'failed', problem: result.problem };

/**
 * Loads when the key changes, and again on `reload()`. While reloading, the last value stays on screen;
 * an answer that arrives after the key has changed is dropped.
 */
export const useLoaded = <T>(
  key: string,
  load: () => Promise<Result<T>>,
): { readonly state: Loaded<T>; readonly reload: () => void } => {
  const [state, setState] = useState<{ key: string; loaded: Loaded<T> }>({ key, loaded: LOADING });
  const [turn, setTurn] = useState(0);
  const loader = useRef(load);
  loader.current = load;
  useEffect(() => {
    let wanted = true;
    loader.current().then((result) => {
      if (!wanted) return;
      setState((before) =>
        !result.ok && before.key === key && before.loaded.kind === 'ready'
          ? before
          : { key, loaded: loadedFrom(result) },
      );
    });
    return () => {
      wanted = false;
    };
  }, [key, turn]);
  return { state: state.key === key ? state.loaded : LOADING, reload: () => setTurn((count) => count + 1) };
};
