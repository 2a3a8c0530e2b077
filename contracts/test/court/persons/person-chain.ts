/** Persons of a registry on a local chain. */
import type { Hex } from 'viem';
import { CourtJurors, PersonTokens } from '../../../../packages/chain/src/generated/index.ts';
import type { TestIssuer } from '../../../../packages/chain/test/test-issuer.ts';
import type { CourtChain, Mined } from '../court-chain.ts';

/** Shows that an account is one person, and takes its ticket. @returns what each of the two steps took */
export const enrolPerson = async (
  { registry, jurors, send }: CourtChain,
  { tokenFor }: TestIssuer,
  account: Hex,
): Promise<readonly [shown: Mined, joined: Mined]> => [
  await send(account, registry, PersonTokens.abi, 'register', [account, tokenFor(registry, account)]),
  await send(account, jurors, CourtJurors.abi, 'joinByPerson', []),
];
