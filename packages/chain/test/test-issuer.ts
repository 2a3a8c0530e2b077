/** An issuer of person tokens for tests of contracts: its key is always the same. */
import { toHex as plainHex } from '@surety/core';
import { getAddress, type Hex, toHex } from 'viem';
import { ISSUER_KEY, MODULUS, tokenFor } from '../../core/test/person-issuer.ts';

export type TestIssuer = {
  readonly issuer: string;
  readonly modulus: Hex;
  /** Its key, hex without 0x. */
  readonly tokenKey: string;
  /** A token for an account at a registry of chain 31337. */
  readonly tokenFor: (registry: Hex, account: Hex) => Hex;
};

export const testIssuer = (issuer: string): TestIssuer => ({
  issuer,
  modulus: toHex(MODULUS),
  tokenKey: plainHex(ISSUER_KEY.spki),
  tokenFor: (registry, account) => {
    const scope = { issuer, chainId: 31_337, court: getAddress(registry), account: getAddress(account) };
    return toHex(tokenFor(scope, account));
  },
});
