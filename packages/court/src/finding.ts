/** What a case shows, what it assumes, and what it does not prove (spec 21.8). */
import { type Finding, formatDollars } from '@surety/core';
import { bondsOf } from './need.ts';
import { OUTCOME } from './outcomes.ts';
import { bribePrice } from './price.ts';
import type { Case, Round } from './state.ts';
import { castOf } from './tally.ts';

const count = (many: number, one: string): string => `${many} ${one}${many === 1 ? '' : 's'}`;

const NAMES: ReadonlyMap<number, string> = new Map([
  [OUTCOME.undecidable, 'undecidable'],
  [OUTCOME.tooEarly, 'too early'],
  [OUTCOME.invalid, 'invalid'],
]);

const nameOf = (outcome: number): string => NAMES.get(outcome) ?? `outcome ${outcome}`;

const panel = (state: Case, { number, seats, beacon }: Round, outcome: number): string => {
  const { jurors } = state.terms.policy.rounds[number - 1]!;
  const votes = seats.filter((seat) => castOf(seat) === outcome).length;
  const who =
    jurors === 'people'
      ? count(seats.length, 'person').replace('persons', 'people')
      : `${count(seats.length, 'AI juror')} of ${count(new Set(seats.map(({ cluster }) => cluster)).size, 'family cluster')} and ${count(new Set(seats.map(({ operator }) => operator)).size, 'operator')}`;
  return `${votes} of ${who}, drawn by ${beacon?.source === 'drand' ? 'drand' : "the chain's own randomness"}`;
};

/** What one must trust to go by a ruling of this case. */
const assumptions = (state: Case, rounds: readonly Round[]): readonly string[] => {
  const { policy } = state.terms;
  const ai = rounds.filter(({ number }) => policy.rounds[number - 1]!.jurors === 'ai');
  const operators = ai.map(({ seats }) => new Set(seats.map(({ operator }) => operator)).size);
  const last = rounds.at(-1);
  const price = last === undefined ? null : bribePrice(policy, last.number, bondsOf(state));
  return [
    ...(operators.includes(1) ? ['one operator runs all AI jurors of a panel'] : []),
    ...(ai.length > 0 ? ['each operator runs the program that it names, and operators are different parties'] : []),
    ...(rounds.some(({ beacon }) => beacon?.source === 'chain')
      ? ['whoever built the block did not choose the panel']
      : []),
    ...(rounds.some(({ beacon }) => beacon?.source === 'drand')
      ? ['fewer nodes of drand than its threshold collude']
      : []),
    ...(price === null
      ? ['somebody who would have challenged a wrong proposal saw it in time']
      : [
          `nobody was believed to have ${formatDollars(price.budgetMicroUsd)} for a bribe of ${price.seats} jurors, each promised more than the truth pays`,
        ]),
  ];
};

/** The finding of a case about the output of its claim. Never `shown`: that judges agreed shows no answer to be right. */
export const findingOf = (state: Case, freshAt: number): Finding => {
  const ruled = state.rounds.filter(({ result }) => result.kind === 'ruled');
  const last = ruled.at(-1);
  const final = state.phase.kind === 'final' ? state.phase.outcome : null;
  const by =
    last?.result.kind === 'ruled'
      ? panel(state, last, last.result.outcome)
      : 'a proposal with a bond, which nobody challenged in its window';
  return {
    link: 'output',
    source: `court:${state.terms.caseId}`,
    holds: 'not-shown',
    summary:
      final === null
        ? `The case is ${state.phase.kind === 'undecided' ? 'undecided: everybody was refunded' : 'open'}.`
        : `Final: ${nameOf(final)}, by ${by}, under the policy "${state.terms.policy.kind}".`,
    proves: final === null || last === undefined ? [] : [{ property: 'agreement', of: by }],
    assumes: assumptions(state, state.rounds),
    doesNotProve: [
      'that the answer is true',
      'that votes were not bought: a voter can show how he voted after the reveal',
      ...(last === undefined ? ['that anybody looked'] : []),
    ],
    freshAt,
  };
};
