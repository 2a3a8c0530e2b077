/** Policies as the contract takes them, and their ids. */
import { encodeAbiParameters, getAbiItem, type Hex, keccak256 } from 'viem';
import { Court } from '../generated/index.ts';
import type { ContractPolicy } from './case.ts';

/**
 * A policy as the argument of `registerPolicy`.
 * @throws {RangeError} where it has not four rounds
 */
export const policyArgument = ({ leastBondUnits, mostBondUnits, rounds, ...policy }: ContractPolicy) => {
  const [first, second, third, fourth, ...more] = rounds.map(({ feeUnits, absenceUnits, ...round }) => ({
    ...round,
    fee: feeUnits,
    absence: absenceUnits,
  }));
  if (!first || !second || !third || !fourth || more.length > 0)
    throw new RangeError('A policy of contracts has four rounds.');
  const bonds = { leastBond: leastBondUnits, mostBond: mostBondUnits };
  return { ...policy, ...bonds, rounds: [first, second, third, fourth] as const };
};

/** The id under which a court keeps a policy: the keccak-256 of its terms. */
export const policyIdOf = (policy: ContractPolicy): Hex => {
  const { inputs } = getAbiItem({ abi: Court.abi, name: 'registerPolicy' });
  return keccak256(encodeAbiParameters(inputs, [policyArgument(policy)]));
};
