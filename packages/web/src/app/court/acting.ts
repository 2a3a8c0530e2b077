/** One action at a time: busy, done in words, or refused. */
import type { ActionBody, ActionResult, Problem, Result } from '@surety/sdk/page';
import { useState } from 'preact/hooks';
import { ensureMoney, refreshAccount } from '../state/account.ts';
import { announce } from '../state/announce.ts';
import { act } from '../state/session.ts';

export type Acting = {
  readonly busy: boolean;
  readonly problem: Problem | null;
  readonly done: string;
  /** Signs and sends; `words` say what was done. Money that it takes is fetched first on a development network. */
  readonly run: (body: ActionBody, words: (result: ActionResult) => string, moneyMicroUsd?: bigint) => Promise<boolean>;
};

/** @param send who signs: the session key, unless said otherwise */
export const useActing = (send: (body: ActionBody) => Promise<Result<ActionResult>> = act): Acting => {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [done, setDone] = useState('');
  const run: Acting['run'] = async (body, words, moneyMicroUsd = 0n) => {
    if (busy) return false;
    setBusy(true);
    setProblem(null);
    setDone('');
    const money = moneyMicroUsd > 0n ? await ensureMoney(moneyMicroUsd) : { ok: true as const };
    const result = money.ok ? await send(body) : money;
    setBusy(false);
    if (!result.ok) {
      setProblem(result.problem);
      return false;
    }
    setDone(words(result.value));
    announce(words(result.value));
    void refreshAccount();
    return true;
  };
  return { busy, problem, done, run };
};
