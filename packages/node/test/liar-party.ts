/** A provider that stands by its story: it answers every question that the story has an answer to, and waits where it has none. */
import { from0x, to0x, unwrap } from '@surety/core';
import { NO_RECORD } from '@surety/proofs';
import { lie, type tell } from '../../proofs/test/liar.ts';
import type { Route } from '../src/watch/route.ts';

type View = ReturnType<typeof tell>;

/** @param from part of a sum from which on it lies about accumulators */
export const liarRoute = (stories: ReadonlyMap<string, View>, from = 0): Route => ({
  check: async ({ claim }) => {
    const story = stories.get(claim.trace + claim.output);
    if (story === undefined) return { kind: 'unheld', what: 'program' };
    return {
      kind: 'right',
      answer: async (exchanges) => {
        const record = exchanges.at(-2)?.record;
        const question = unwrap(from0x(exchanges.at(-1)!.question));
        const told = await lie(story, question, record == null ? NO_RECORD : unwrap(from0x(record)), from);
        return told === null ? null : to0x(told);
      },
      next: async () => ({ kind: 'nothing' }),
      close: async () => undefined,
    };
  },
});

/** A story under what its claim commits to. */
export const keyOfStory = ({ run }: View): string => to0x(run.trace) + to0x(run.output);
