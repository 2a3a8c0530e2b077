import {
  type FreshAnswer,
  NO_TRUST,
  plainWords,
  type Receipt,
  type Verification,
  verifyReceipt,
} from '@surety/sdk/page-verify';
import { trustNow } from '../state/trust.ts';
import { wallet } from '../state/wallet.ts';

/** Verifies in this browser against the pinned keys; without any, against none. */
export const verifyHere = (input: Uint8Array | Receipt, fresh?: FreshAnswer): Verification => {
  const trust = trustNow();
  return verifyReceipt(input, {
    trust: trust?.ok === true ? trust.value : NO_TRUST,
    now: Math.floor(Date.now() / 1000),
    plainWords,
    ...(wallet.value === null ? {} : { relyingParty: wallet.value.address }),
    ...(fresh === undefined ? {} : { fresh }),
  });
};
