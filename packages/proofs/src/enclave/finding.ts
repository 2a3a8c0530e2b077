/** What an attested key, and a run signed by it, show and leave open, in the words of spec 03. */
import type { ErrorCode, Finding, Result } from '@surety/core';
import type { AttestedKey } from './key.ts';

/** Refusals that contradict what an attestation says of itself; all others only fail to show it. */
const REFUTES: ReadonlySet<ErrorCode> = new Set([
  'attestation.signature-wrong',
  'attestation.revoked',
  'signature.wrong-signer',
] as const);

const NEVER_PROVED = [
  'that the answer is right: only which code gave it',
  'that the measured code does what it should: read it, and build it again to compare',
  'that nobody took the machine apart: physical attacks on memory buses have read keys out of such machines',
  'that the code sees fresh state: whoever runs the machine can start it again from an older one',
] as const;

const MAKERS = { 'aws-nitro': 'AWS', 'intel-tdx': 'Intel' } as const;

const assumedOf = (key: AttestedKey): readonly string[] => {
  const maker = MAKERS[key.platform];
  const common = ['that nobody attacks the machine physically or through its side channels'];
  if (key.development) {
    return [
      `whoever holds the key of ${key.root}: it is a development root, and no hardware stands behind it`,
      ...common,
    ];
  }
  return [
    `${maker}, which makes the hardware and holds the root key ${key.root}`,
    ...(key.platform === 'aws-nitro'
      ? [
          'AWS once more, which runs the machine and its hypervisor: no list of revoked certificates is published for it',
        ]
      : ["that Intel's collateral names every machine whose keys are known to have leaked"]),
    ...common,
    ...(key.debug ? ['whoever runs the machine: debug mode lets them read and change the memory'] : []),
  ];
};

const leftOpen = (key: AttestedKey): readonly string[] => [
  ...NEVER_PROVED,
  ...(key.challenged ? [] : ['that the attestation was made for this verifier']),
  ...(key.challenged || key.issuedAt !== null ? [] : ['when it was made: the quote carries no time']),
  ...(key.tcb !== null && key.tcb.status !== 'UpToDate'
    ? [`that known faults of the machine are dealt with: Intel calls it ${key.tcb.status}`]
    : []),
];

const notShown = (source: string, code: ErrorCode, summary: string): Finding => {
  const refutes = REFUTES.has(code);
  return {
    link: 'program',
    source,
    holds: refutes ? 'refuted' : 'not-shown',
    summary,
    proves: [],
    assumes: refutes ? [] : ['whoever says that an enclave ran the program'],
    doesNotProve: ['that an enclave holds the key', ...NEVER_PROVED],
    freshAt: null,
  };
};

/**
 * The finding of an attested key.
 * @param source names the attestation, e.g. the SHA-256 of its bytes
 * @param at Unix seconds at which it was verified
 */
export const attestedKeyFinding = (source: string, result: Result<AttestedKey>, at: number): Finding => {
  if (!result.ok) {
    const { code, message } = result.problem;
    return notShown(source, code, `The attestation does not show that an enclave holds a key: ${message}`);
  }
  const key = result.value;
  const stands = key.development ? 'a development enclave, by no hardware,' : `an enclave on ${key.platform}`;
  return {
    link: 'program',
    source,
    holds: 'shown',
    summary: `${stands[0]!.toUpperCase()}${stands.slice(1)} that runs ${key.code} (${key.measurement}) attests the key ${key.address}.`,
    proves: [
      { property: 'authenticity', of: `the key ${key.address}: attested under ${key.root}` },
      { property: 'integrity', of: `the code ${key.measurement} as it was measured when the enclave started` },
      ...(key.challenged ? [{ property: 'freshness', of: 'the attestation: it answers the challenge' } as const] : []),
    ],
    assumes: assumedOf(key),
    doesNotProve: leftOpen(key) as [string, ...string[]],
    freshAt: key.issuedAt ?? (key.challenged ? at : null),
  };
};

/**
 * The finding of a run that an attested key signed.
 * @param source names the signature
 * @param of.signature what `verifyRunSignature` found
 * @param at Unix seconds at which it was verified
 */
export const enclaveRunFinding = (
  source: string,
  of: { readonly key: Result<AttestedKey>; readonly signature: Result<true> },
  at: number,
): Finding => {
  const about = attestedKeyFinding(source, of.key, at);
  if (!of.key.ok) return about;
  if (!of.signature.ok) {
    const { code, message } = of.signature.problem;
    return notShown(source, code, `The signature does not show that the enclave ran the program: ${message}`);
  }
  const { address, code } = of.key.value;
  return {
    ...about,
    summary: `The enclave's key ${address} signed the run: ${code} says that the program gave this output on this input.`,
    proves: [...about.proves, { property: 'authenticity', of: `the run: signed by ${address}` }],
    doesNotProve: ['when the run was made', ...about.doesNotProve],
  };
};
