/** Bonds: proposing an outcome, and paying for one against what stands. */
import { pottedUnits } from '@surety/chain';
import { SuretyError } from '@surety/core';
import { type At, caseOf, outcomeOf, type Planned } from './here.ts';

/** `bondUnits` is `null` for the least. `outcome` is a name of the claim, or a number. */
export type Proposing = {
  readonly kind: 'propose';
  readonly caseId: number;
  readonly outcome: string;
  readonly bondUnits: string | null;
};
/** `amountUnits` is `null` for all that is missing. */
export type Challenging = {
  readonly kind: 'challenge';
  readonly caseId: number;
  readonly outcome: string;
  readonly amountUnits: string | null;
};

export const proposing = async (here: At, step: Proposing): Promise<Planned> => {
  const of = await caseOf(here, step.caseId);
  const outcome = await outcomeOf(here, of, step.outcome);
  const bondUnits = step.bondUnits === null ? of.policy.leastBondUnits : BigInt(step.bondUnits);
  return {
    costUnits: bondUnits,
    words: `Propose “${step.outcome}” in case ${of.id}. The bond is lost if another outcome is final.`,
    intents: [{ kind: 'court-propose', at: here.at, caseId: of.id, outcome, bondUnits, payWei: 0n }],
  };
};

export const challenging = async (here: At, step: Challenging): Promise<Planned> => {
  const of = await caseOf(here, step.caseId);
  const outcome = await outcomeOf(here, of, step.outcome);
  if (of.need === null)
    throw new SuretyError({
      code: 'court.wrong-phase',
      message: `Nothing can be challenged or appealed in case ${of.id} now: it is ${of.state}.`,
      next: 'surety court shows where it stands.',
      field: 'ID',
      value: String(of.id),
    });
  const missing = of.need.bondUnits + of.need.feesUnits - pottedUnits(of, outcome);
  const wanted = step.amountUnits === null ? missing : BigInt(step.amountUnits);
  const amountUnits = wanted < missing ? wanted : missing;
  const rung = of.rungs.length;
  const mine = of.contributions.find(
    (each) =>
      each.rung === rung && each.outcome === outcome && each.contributor === here.me && each.collectedUnits === null,
  );
  return {
    costUnits: amountUnits,
    words: `Pay for “${step.outcome}” in case ${of.id}${amountUnits === missing ? ', which calls the next panel' : ''}. Bonds are lost if another outcome is final.`,
    intents: [
      {
        ...{ kind: 'court-fund', at: here.at, caseId: of.id, rung, outcome, amountUnits, payWei: 0n },
        beforeUnits: mine?.amountUnits ?? 0n,
      },
    ],
  };
};
