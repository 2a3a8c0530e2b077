/** One piece of work with a wallet at a time, and why it stopped. */
import type { Problem } from '@surety/sdk/page';
import { useState } from 'preact/hooks';

export type Working = {
  readonly busy: boolean;
  readonly problem: Problem | null;
  readonly setProblem: (problem: Problem | null) => void;
  /** Nothing is begun while something is under way. */
  readonly run: (work: () => Promise<void>) => Promise<void>;
};

export const useWorking = (): Working => {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const run: Working['run'] = async (work) => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      await work();
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, setProblem, run };
};
