/** Who says for a court that an account is one person, and what the court knows of somebody. */
import { from0x, issuerKeyOf, ok, type Result, toHex, unwrap } from '@surety/core';
import { type Hex, isAddressEqual } from 'viem';
import { attempt, type Chain } from '../client.ts';
import { CourtJurors, PersonTokens } from '../generated/index.ts';
import type { CourtSetting } from './case.ts';
import { predictRegistry } from './deploy.ts';

/** The issuer whose tokens a registry takes. */
export type RegistryIssuer = {
  /** As its directory gives it. */
  readonly name: string;
  /** Its key as RFC 9578, section 6.5, encodes it, hex without 0x. */
  readonly tokenKey: string;
};

/**
 * Whose tokens a registry takes: of one that stands where only the code of this package can.
 * @returns `null` for any other registry, which may say anything of itself
 */
export const readRegistryIssuer = async (chain: Chain, registry: Hex): Promise<Result<RegistryIssuer | null>> => {
  const of = { abi: PersonTokens.abi, address: registry } as const;
  const read = await attempt(chain, async () => {
    const [name, modulus] = await Promise.all([
      chain.reader.readContract({ ...of, functionName: 'issuer' }),
      chain.reader.readContract({ ...of, functionName: 'modulus' }),
    ]);
    if (!isAddressEqual(predictRegistry(name, modulus).address, registry)) return null;
    return { name, tokenKey: toHex(issuerKeyOf(unwrap(from0x(modulus)))) };
  });
  const other = !read.ok && ['chain.not-deployed', 'chain.reverted'].includes(read.problem.code);
  return other ? ok(null) : read;
};

/** Somebody at a court that draws by person. */
export type CourtPerson = {
  /** By the registry. */
  readonly isPerson: boolean;
  readonly holdsTicket: boolean;
  /** Has a seat whose vote is not revealed, and is drawn nowhere else meanwhile. */
  readonly sits: boolean;
  /** Unix seconds before which it is not drawn, having missed a vote or copied one; 0 for never. */
  readonly outUntil: number;
};

/** `null` at a court that draws people by stake alone. */
export const readPerson = async (
  chain: Chain,
  { jurors, registry }: Pick<CourtSetting, 'jurors' | 'registry'>,
  account: Hex,
): Promise<Result<CourtPerson | null>> => {
  if (registry === null) return ok(null);
  const args = [account] as const;
  return attempt(chain, async () => {
    const [isPerson, person] = await Promise.all([
      chain.reader.readContract({ abi: PersonTokens.abi, address: registry, functionName: 'isHuman', args }),
      chain.reader.readContract({ abi: CourtJurors.abi, address: jurors, functionName: 'personOf', args }),
    ]);
    return { isPerson, holdsTicket: person.drawable, sits: person.sitting, outUntil: person.outUntil };
  });
};
