/** What a verifier accepts of attested enclaves, and whether one is. */
import { ok, type Result } from '@surety/core';
import type { Attestation } from './attestation.ts';
import { refused } from './problem.ts';
import type { TcbStatus } from './tdx/collateral.ts';

/**
 * Code that is accepted, as its measurement or as registers that must all be equal. Registers of a TD name `mrtd` and
 * `rtmr0` to `rtmr2` at least, those of Nitro `pcr0`: RTMR3 alone says nothing of the firmware that filled it.
 */
export type AcceptedCode = { readonly name: string } & (
  | { readonly measurement: string }
  | { readonly platform: Attestation['platform']; readonly registers: Readonly<Record<string, string>> }
);

export type EnclavePolicy = {
  readonly code: readonly AcceptedCode[];
  /** Statuses of Intel's table that are accepted; `Revoked` never is. */
  readonly tcb: readonly Exclude<TcbStatus, 'Revoked'>[];
  /**
   * Seconds that an attestation may be old. A TDX quote carries no time, so with this it must answer a challenge;
   * `null` accepts any age.
   */
  readonly maxAgeSeconds: number | null;
  readonly debug: 'refused' | 'allowed';
  /** Attestations under roots of nobody who makes hardware. */
  readonly development: 'refused' | 'allowed';
};

/** Accepts no code yet, and otherwise only what is up to date and of a maker of hardware. */
export const STRICT_POLICY: EnclavePolicy = {
  code: [],
  tcb: ['UpToDate'],
  maxAgeSeconds: 3600,
  debug: 'refused',
  development: 'refused',
};

const MUST_NAME = { 'aws-nitro': ['pcr0'], 'intel-tdx': ['mrtd', 'rtmr0', 'rtmr1', 'rtmr2'] } as const;

/** Seconds by which the clock of a hypervisor may be ahead. */
const CLOCK_SKEW_SECONDS = 60;

const isCode = (attestation: Attestation, accepted: AcceptedCode): boolean => {
  if ('measurement' in accepted) return accepted.measurement === attestation.measurement;
  return (
    accepted.platform === attestation.platform &&
    MUST_NAME[accepted.platform].every((name) => accepted.registers[name] !== undefined) &&
    Object.entries(accepted.registers).every(([name, value]) => attestation.registers[name] === value)
  );
};

const freshness = (attestation: Attestation, policy: EnclavePolicy, now: Now): Result<true> => {
  const limit = policy.maxAgeSeconds;
  if (limit === null) return ok(true);
  const next = 'Ask the enclave for a new attestation.';
  if (attestation.platform === 'intel-tdx') {
    if (now.challenged) return ok(true);
    const message = 'A TDX quote carries no time, so nothing shows that it is not old.';
    return refused('attestation.stale', 'challenge', message, 'Give the enclave a challenge, and verify with it.');
  }
  const age = now.atSeconds - attestation.issuedAtMs / 1000;
  if (age <= limit && age >= -CLOCK_SKEW_SECONDS) return ok(true);
  const message = `The attestation is ${Math.floor(age)} seconds old.`;
  return refused('attestation.stale', 'timestamp', message, next, { limit: `0 .. ${limit}` });
};

type Now = {
  readonly atSeconds: number;
  /** Whether the attestation answers a challenge of this verifier. */
  readonly challenged: boolean;
};

/** The name of the accepted code that the attestation is of, or the first reason to refuse it. */
export const judge = (attestation: Attestation, policy: EnclavePolicy, now: Now): Result<string> => {
  if (attestation.development && policy.development === 'refused') {
    const message = `The root ${attestation.root} is no hardware maker's: no hardware stands behind this attestation.`;
    return refused('attestation.development', 'root', message, 'Ask for an attestation by real hardware.');
  }
  if (attestation.debug && policy.debug === 'refused') {
    const message = 'The enclave runs in debug mode, in which its memory can be read and changed.';
    return refused('attestation.debug', 'debug', message, 'Start the enclave without debug mode.');
  }
  if (attestation.platform === 'intel-tdx') {
    const { status, advisories } = attestation.tcb;
    if (status === 'Revoked' || !policy.tcb.includes(status)) {
      const open = advisories.length > 0 ? ` (${advisories.join(', ')})` : '';
      const message = `Intel calls the machine ${status}${open}.`;
      const limit = policy.tcb.join(' | ');
      return refused('attestation.tcb', 'tcb', message, 'Have its operator update it.', { value: status, limit });
    }
    if (attestation.movable) {
      const message = 'The TD may be moved, with its keys, to another machine.';
      return refused('attestation.unsupported', 'movable', message, 'Start the TD so that it cannot be migrated.');
    }
  }
  const code = policy.code.find((accepted) => isCode(attestation, accepted));
  if (code === undefined) {
    const message = `The code with the measurement ${attestation.measurement} is not accepted.`;
    const next = 'Build the code from its sources, compare the measurement, and accept it if you trust what it does.';
    return refused('attestation.measurement', 'measurement', message, next, { value: attestation.measurement });
  }
  const fresh = freshness(attestation, policy, now);
  return fresh.ok ? ok(code.name) : fresh;
};
