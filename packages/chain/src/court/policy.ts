/** Policies as the contract takes them, and their ids. */
import { SuretyError } from '@surety/core';
import { encodeAbiParameters, getAbiItem, type Hex, keccak256 } from 'viem';
import { Court } from '../generated/index.ts';
import type { ContractPolicy } from './case.ts';

/**
 * A policy as the argument of `registerPolicy`.
 * @throws {SuretyError} `court.policy-unfit` where it has not four rounds
 */
export const policyArgument = ({ leastBondUnits, mostBondUnits, rounds, ...policy }: ContractPolicy) => {
  const [first, second, third, fourth, ...more] = rounds.map(({ feeUnits, absenceUnits, ...round }) => ({
    ...round,
    fee: feeUnits,
    absence: absenceUnits,
  }));
  if (!first || !second || !third || !fourth || more.length > 0)
    throw new SuretyError({
      code: 'court.policy-unfit',
      message: 'A policy of a court of contracts has four rounds.',
      next: 'Give the terms of two rounds of AI jurors and of two of people.',
      field: 'rounds',
      value: String(rounds.length),
      limit: '4',
    });
  const bonds = { leastBond: leastBondUnits, mostBond: mostBondUnits };
  return { ...policy, ...bonds, rounds: [first, second, third, fourth] as const };
};

/** The id under which a court keeps a policy: the keccak-256 of its terms. */
export const policyIdOf = (policy: ContractPolicy): Hex => {
  const { inputs } = getAbiItem({ abi: Court.abi, name: 'registerPolicy' });
  return keccak256(encodeAbiParameters(inputs, [policyArgument(policy)]));
};
