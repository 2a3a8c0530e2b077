import { signal } from '@preact/signals';
import { plainWords } from '@surety/sdk/page';
import {
  type FreshAnswer,
  loadPrograms,
  NO_TRUST,
  type ProgramRegistry,
  type Receipt,
  replayMarket,
  type Verification,
  verifyReceipt,
} from '@surety/sdk/verify';
import { trustNow } from '../state/trust.ts';
import { wallet } from '../state/wallet.ts';

/** The readers' programs, once they are here; until then their findings are "not held here". */
export const programs = signal<ProgramRegistry | null>(null);

let loading: Promise<void> | null = null;

/** Fetches the readers' programs from the node, once. They are public and named by digest, so they need no trust. */
export const fetchPrograms = (): Promise<void> => {
  loading ??= loadPrograms().then(
    (held) => {
      programs.value = held;
    },
    () => {
      loading = null;
    },
  );
  return loading;
};

/** Verifies in this browser against the pinned keys; without any, against none. */
export const verifyHere = (input: Uint8Array | Receipt, fresh?: FreshAnswer): Verification => {
  const trust = trustNow();
  return verifyReceipt(input, {
    trust: trust?.ok === true ? trust.value : NO_TRUST,
    now: Math.floor(Date.now() / 1000),
    plainWords,
    replayMarket,
    ...(programs.value === null ? {} : { programs: programs.value }),
    ...(wallet.value === null ? {} : { relyingParty: wallet.value.address }),
    ...(fresh === undefined ? {} : { fresh }),
  });
};
