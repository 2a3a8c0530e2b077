/** What a verified attestation says: the maker of the hardware vouches for all of it, and for nothing else. */
import type { Tcb } from './tdx/tcb.ts';

type Attested = {
  /** Name of the pinned root. */
  readonly root: string;
  /** Under a root that is no hardware maker's: no hardware stands behind it. */
  readonly development: boolean;
  /** Debug mode: whoever runs the machine can read and change the enclave's memory. */
  readonly debug: boolean;
  /** All that was measured, as one name: see `measurement.ts`; 0x and 64 hex digits. */
  readonly measurement: string;
  /** Each register in lower-case hex, by its maker's name in lower case. */
  readonly registers: Readonly<Record<string, string>>;
};

export type NitroAttestation = Attested & {
  readonly platform: 'aws-nitro';
  /** Unix milliseconds, by the hypervisor's clock. */
  readonly issuedAtMs: number;
  readonly moduleId: string;
  readonly publicKey: Uint8Array | null;
  readonly userData: Uint8Array | null;
  readonly nonce: Uint8Array | null;
};

export type TdxAttestation = Attested & {
  readonly platform: 'intel-tdx';
  /** 64 bytes that the TD chose. */
  readonly reportData: Uint8Array;
  /** Whether this TD, memory and keys, may be moved to another machine. */
  readonly movable: boolean;
  /** Where Intel's collateral places the machine. */
  readonly tcb: Tcb;
};

export type Attestation = NitroAttestation | TdxAttestation;
