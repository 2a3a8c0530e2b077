/** Bonds and fees: proposing an outcome, paying for one against what stands, calling a panel as the policy's auditor. */
import { AI_ROUNDS, type ContractCase, pottedUnits } from '@surety/chain';
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
/** Of the policy's auditor: the next panel for its fees alone. */
export type Summoning = { readonly kind: 'summon'; readonly caseId: number };

const nothingToPay = (of: ContractCase): never => {
  throw new SuretyError({
    code: 'court.wrong-phase',
    message: `Nothing can be challenged or appealed in case ${of.id} now: it is ${of.state}.`,
    next: 'surety court shows where it stands.',
    field: 'ID',
    value: String(of.id),
  });
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
  if (of.need === null) return nothingToPay(of);
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

/** Fees of the next panel; of the two first ones together where none was called, as the second may come by itself. */
const panelFees = (of: ContractCase): bigint => {
  if (of.need !== null) return of.need.feesUnits;
  if (of.state !== 'asked') return nothingToPay(of);
  return of.policy.rounds.slice(0, AI_ROUNDS).reduce((sum, { feeUnits, seats }) => sum + feeUnits * BigInt(seats), 0n);
};

export const summoning = async (here: At, { caseId }: Summoning): Promise<Planned> => {
  const of = await caseOf(here, caseId);
  const { auditor } = of.policy;
  if (auditor !== here.me)
    throw new SuretyError({
      code: 'court.not-auditor',
      message: `${here.me} is not the auditor of the policy of case ${of.id}.`,
      next: 'Challenge it with a bond: surety challenge.',
      field: '--key',
      value: here.me,
      limit: auditor,
    });
  return {
    costUnits: panelFees(of),
    words: `Call the next panel of case ${of.id} as the auditor of its policy, for its fees alone.`,
    intents: [{ kind: 'court-summon', at: here.at, caseId: of.id, rung: of.rungs.length, payWei: 0n }],
  };
};
