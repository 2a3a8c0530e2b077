/** What proving a training takes, known before it starts. */
import { provingBytes } from '../plan/memory.ts';
import { heard } from '../plan/pads.ts';
import { mostProofBytes } from '../plan/size.ts';
import { provingNanoseconds } from '../plan/work.ts';
import { type ThreadOptions, threadsFor } from '../threads/pool.ts';
import type { Training } from './setting.ts';

export type TrainingEstimate = {
  /** Most bytes of memory that a proof takes; what runs the programs is apart. */
  readonly memoryBytes: number;
  /** Most bytes of the proof of a step, and of the whole file. */
  readonly stepBytes: number;
  readonly fileBytes: number;
};

/** Header, roots, lengths and counts. */
const FRAMING_BYTES = 4_096;
const STEP_FRAMING_BYTES = 36;

/** @param options threads as for `proveTraining` */
export const estimateTraining = async (
  { setting, step, balance, audit }: Training,
  options: ThreadOptions = {},
): Promise<TrainingEstimate> => {
  const links = [step, balance, audit];
  const memory = await Promise.all(
    links.map(async ({ plan }) => {
      const threads = threadsFor(options, provingNanoseconds(plan));
      return provingBytes(plan, await heard(plan), { threads });
    }),
  );
  const [stepBytes, balanceBytes, auditBytes] = (await Promise.all(links.map(({ plan }) => mostProofBytes(plan)))) as [
    number,
    number,
    number,
  ];
  const fileBytes = FRAMING_BYTES + setting.steps * (stepBytes + STEP_FRAMING_BYTES) + balanceBytes + auditBytes;
  return { memoryBytes: Math.max(...memory), stepBytes, fileBytes };
};
