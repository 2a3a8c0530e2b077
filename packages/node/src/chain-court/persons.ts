/** Who says for a court of contracts that somebody is one person, and whether that is believed here. */
import { type Chain, type CourtSetting, readRegistryIssuer } from '@surety/chain';
import { ok, type Result } from '@surety/core';
import type { ChainCase } from '@surety/protocol';
import { DEVELOPMENT_ISSUER } from '../persons/development-issuer.ts';
import type { PersonIssuer } from '../persons/issuer.ts';

/** What is believed of an issuer, by whoever runs this: name and key, and whether for development. */
export type BelievedIssuer = Pick<PersonIssuer, 'name' | 'tokenKey' | 'environment'>;

/** The registry of a court, `null` where it has none. */
export const courtPersons = async (
  chain: Chain,
  { registry }: Pick<CourtSetting, 'registry'>,
  believed: BelievedIssuer | null,
): Promise<Result<ChainCase['persons']>> => {
  if (registry === null) return ok(null);
  const issuer = await readRegistryIssuer(chain, registry);
  if (!issuer.ok) return issuer;
  if (issuer.value === null) return ok({ registry, issuer: null, standing: 'unknown' });
  const { name, tokenKey } = issuer.value;
  if (name === DEVELOPMENT_ISSUER) return ok({ registry, issuer: name, standing: 'development' });
  const same = believed?.name === name && believed.tokenKey === tokenKey;
  const standing = !same ? 'unknown' : believed.environment === 'production' ? 'believed' : 'development';
  return ok({ registry, issuer: name, standing });
};
