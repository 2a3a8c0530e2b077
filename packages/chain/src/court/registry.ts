/** Jurors of a court as its registry has them. */
import type { Result } from '@surety/core';
import { type Hex, keccak256, stringToHex, zeroAddress } from 'viem';
import { attempt, type Chain } from '../client.ts';
import { CourtJurors } from '../generated/index.ts';
import type { CourtAddresses } from './case.ts';

export type RegisteredJuror = {
  /** Who registered it, owns its stake and is paid. */
  readonly operator: Hex;
  readonly pool: 'ai' | 'people';
  readonly family: Hex;
  readonly program: Hex;
  readonly stakeUnits: bigint;
  /** The part of it that open seats can take. */
  readonly lockedUnits: bigint;
};

/** A family or a program as the registry names it: the keccak-256 of its name. */
export const registryName = (name: string): Hex => keccak256(stringToHex(name));

/** `null` for a key that nobody registered. */
export const readJuror = (
  chain: Chain,
  { jurors }: Pick<CourtAddresses, 'jurors'>,
  key: Hex,
): Promise<Result<RegisteredJuror | null>> =>
  attempt(chain, async () => {
    const found = await chain.reader.readContract({
      abi: CourtJurors.abi,
      address: jurors,
      functionName: 'jurorOf',
      args: [key],
    });
    if (found.operator === zeroAddress) return null;
    const { operator, family, program, stake, locked } = found;
    const pool = found.pool === 0 ? 'ai' : 'people';
    return { operator, pool, family, program, stakeUnits: stake, lockedUnits: locked };
  });

/** Whether anybody ever registered as a person who judges: where nobody did, rounds of people have no seats. */
export const hasPeople = (chain: Chain, { jurors }: Pick<CourtAddresses, 'jurors'>): Promise<Result<boolean>> =>
  attempt(chain, async () => {
    // The registry has no count; its first leaf belongs to whoever came first.
    const first = await chain.reader.readContract({
      abi: CourtJurors.abi,
      address: jurors,
      functionName: 'drawn',
      args: [1, { version: 0, depth: 0, total: 0n }, 0n],
    });
    return first !== zeroAddress;
  });

/** Cluster of a family, 1 .. 255; 0 for one that was not admitted. */
export const readCluster = (
  chain: Chain,
  { jurors }: Pick<CourtAddresses, 'jurors'>,
  family: Hex,
): Promise<Result<number>> =>
  attempt(chain, () =>
    chain.reader.readContract({ abi: CourtJurors.abi, address: jurors, functionName: 'clusterOf', args: [family] }),
  );
