/** How many streams may be open at once on one node. */
import type { Problem } from '@surety/core';

export const createGate = (max: number) => {
  let open = 0;
  return {
    /** Counts one more in, or says why not. */
    enter: (): Problem | undefined => {
      if (open >= max) {
        return {
          code: 'service.unavailable',
          message: `${max} streams are open already.`,
          next: 'Name several streams in one connection, or try again later.',
          limit: `${max} streams`,
        };
      }
      open += 1;
      return undefined;
    },
    leave: (): void => {
      open -= 1;
    },
    size: (): number => open,
  };
};
