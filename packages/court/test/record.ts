/** Writes a life of a case down as data that any implementation can replay: steps, and what holds after each. */
import { type Candidate, type Case, type CaseEvent, heldMicroUsd, step } from '../src/index.ts';
import { PROPOSAL, type Propose } from './support.ts';

/** Bigints as decimal strings, the rest as it is. */
export const plain = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? item.toString() : item)));

/** What a step changed of what accounts can withdraw. */
const changedCredits = (before: Case | undefined, now: Case): Readonly<Record<string, string>> => {
  const accounts = [...new Set([...(before?.credits.keys() ?? []), ...now.credits.keys()])].sort();
  const of = (state: Case | undefined, who: string): bigint => state?.credits.get(who) ?? 0n;
  return Object.fromEntries(
    accounts.filter((who) => of(before, who) !== of(now, who)).map((who) => [who, of(now, who).toString()]),
  );
};

/** The last round, where a step changed who sits in it or counted it. */
const changedRound = (before: Case | undefined, now: Case) => {
  const [old, round] = [before?.rounds.at(-1), now.rounds.at(-1)];
  const jurors = round?.seats.map(({ juror }) => juror);
  const same = old?.number === round?.number && old?.seats.map(({ juror }) => juror).join() === jurors?.join();
  if (round === undefined || (same && old?.result === round.result)) return {};
  const after = (at: number): number => at - now.proposedAt;
  return {
    round: {
      number: round.number,
      beaconAfter: after(round.beaconAt),
      drawEndsAfter: after(round.drawEndsAt),
      commitEndsAfter: after(round.commitEndsAt),
      revealEndsAfter: after(round.revealEndsAt),
      seats: jurors,
      ...(round.result.kind === 'ruled' && { ruling: round.result.outcome }),
    },
  };
};

/** What can be read of a state on any implementation. */
const seen = (before: Case | undefined, state: Case) => ({
  phase: state.phase.kind,
  ...('endsAt' in state.phase && { endsAfter: state.phase.endsAt - state.proposedAt }),
  ...('ruling' in state.phase && { ruling: state.phase.ruling }),
  ...('outcome' in state.phase && { outcome: state.phase.outcome }),
  ...changedRound(before, state),
  credits: changedCredits(before, state),
  burnt: state.burntMicroUsd.toString(),
  held: heldMicroUsd(state).toString(),
});

export type Recorder = {
  readonly state: () => Case;
  /** Takes a step, right or wrong, and writes it down. */
  readonly take: (event: CaseEvent) => void;
  readonly done: (name: string) => unknown;
};

/** Begins a scenario with a proposal. */
export const record = (changes: Partial<Propose>, pools: Readonly<Record<string, readonly Candidate[]>>): Recorder => {
  let state: Case | undefined;
  const steps: unknown[] = [];
  const take = (event: CaseEvent): void => {
    const next = step(state, event);
    const { at, ...rest } = event;
    const pool = 'candidates' in rest ? Object.keys(pools).find((name) => pools[name] === rest.candidates) : undefined;
    const said = { after: at - PROPOSAL.at, ...rest, ...(pool !== undefined && { candidates: pool }) };
    if (next.kind === 'refused') {
      steps.push({ step: plain(said), refused: next.problem.code });
      return;
    }
    const moved = next.effects.filter(({ kind }) => kind === 'take' || kind === 'pay');
    steps.push({ step: plain(said), moved: plain(moved), state: seen(state, next.state) });
    state = next.state;
  };
  take({ ...PROPOSAL, ...changes });
  return {
    state: () => state!,
    take,
    done: (name) => ({ name, steps, latestEndAfter: state!.latestEnd - state!.proposedAt }),
  };
};
