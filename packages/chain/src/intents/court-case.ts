/** Proposals, rungs and ends of a case. Whether a step took effect is read from the case's own state. */
import { encodeFunctionData, type Hex } from 'viem';
import { CASE_STATES, type CaseState } from '../court/case.ts';
import { COURT_GAS } from '../court/gas.ts';
import type { CourtCaseIntent } from '../court/intent.ts';
import { policyArgument, policyIdOf } from '../court/policy.ts';
import { Court } from '../generated/index.ts';
import type { Handler, View } from './handler.ts';

type Of<K extends CourtCaseIntent['kind']> = Extract<CourtCaseIntent, { readonly kind: K }>;

const { abi } = Court;

type InCase = Extract<CourtCaseIntent, { readonly caseId: bigint }>;

const caseOf = async ({ at: { court }, caseId }: InCase, { chain, at }: View) => {
  const args = [caseId] as const;
  const found = await chain.reader.readContract({ ...at, abi, address: court, functionName: 'caseOf', args });
  const state: CaseState = CASE_STATES[found.state] ?? 'none';
  return { rungs: found.rungs, ended: state === 'final' || state === 'undecided' };
};

type Share = { readonly rung: number; readonly outcome: number; readonly contributor: Hex };

const contributed = (
  { at: { court }, caseId }: InCase,
  { rung, outcome, contributor }: Share,
  { chain, at }: View,
): Promise<bigint> =>
  chain.reader.readContract({
    ...at,
    abi,
    address: court,
    functionName: 'contributionOf',
    args: [caseId, rung, outcome, contributor],
  });

export const registerPolicy: Handler<Of<'court-register-policy'>> = {
  call: ({ kind, at, policy }) => ({
    to: at.court,
    data: encodeFunctionData({ abi, functionName: 'registerPolicy', args: [policyArgument(policy)] }),
    mostGas: COURT_GAS[kind],
  }),
  effective: async ({ at: { court }, policy }, { chain, at }) => {
    const args = [policyIdOf(policy)] as const;
    const kept = await chain.reader.readContract({ ...at, abi, address: court, functionName: 'policyOf', args });
    return kept.leastBond !== 0n;
  },
};

export const propose: Handler<Of<'court-propose'>> = {
  call: ({ kind, at, caseId, outcome, bondUnits, payWei }) => ({
    to: at.court,
    data: encodeFunctionData({ abi, functionName: 'propose', args: [caseId, outcome, bondUnits] }),
    value: payWei,
    mostGas: COURT_GAS[kind],
  }),
  effective: async (intent, view) => {
    if ((await caseOf(intent, view)).ended) return true;
    const share = { rung: 0, outcome: intent.outcome, contributor: view.sender };
    return (await contributed(intent, share, view)) >= intent.bondUnits;
  },
};

export const fund: Handler<Of<'court-fund'>> = {
  call: ({ kind, at, caseId, outcome, amountUnits, payWei }) => ({
    to: at.court,
    data: encodeFunctionData({ abi, functionName: 'fund', args: [caseId, outcome, amountUnits] }),
    value: payWei,
    mostGas: COURT_GAS[kind],
  }),
  effective: async (intent, view) => {
    const { rungs, ended } = await caseOf(intent, view);
    if (ended || rungs > intent.rung) return true;
    return (await contributed(intent, { ...intent, contributor: view.sender }, view)) > intent.beforeUnits;
  },
};

export const summon: Handler<Of<'court-summon'>> = {
  call: ({ kind, at, caseId, payWei }) => ({
    to: at.court,
    data: encodeFunctionData({ abi, functionName: 'summon', args: [caseId] }),
    value: payWei,
    mostGas: COURT_GAS[kind],
  }),
  effective: async (intent, view) => {
    const { rungs, ended } = await caseOf(intent, view);
    return ended || rungs > intent.rung;
  },
};

export const tally: Handler<Of<'court-tally'>> = {
  call: ({ kind, at, caseId }) => ({
    to: at.court,
    data: encodeFunctionData({ abi, functionName: 'tally', args: [caseId] }),
    mostGas: COURT_GAS[kind],
  }),
  effective: async ({ at: { court }, caseId, round }, { chain, at }) =>
    (
      await chain.reader.readContract({
        ...{ ...at, abi, address: court },
        functionName: 'roundOf',
        args: [caseId, round],
      })
    ).ended,
};

export const finalise: Handler<Of<'court-finalise'>> = {
  call: ({ kind, at, caseId }) => ({
    to: at.court,
    data: encodeFunctionData({ abi, functionName: 'finalise', args: [caseId] }),
    mostGas: COURT_GAS[kind],
  }),
  effective: async (intent, view) => (await caseOf(intent, view)).ended,
};

export const collect: Handler<Of<'court-collect'>> = {
  call: ({ kind, at, caseId, rung, outcome, contributor }) => ({
    to: at.court,
    data: encodeFunctionData({ abi, functionName: 'collect', args: [caseId, rung, outcome, contributor] }),
    mostGas: COURT_GAS[kind],
  }),
  effective: async (intent, view) => (await contributed(intent, intent, view)) === 0n,
};
