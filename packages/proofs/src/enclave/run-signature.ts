/** An enclave's signature of a run (EIP-712), as `EnclaveVerifier.sol` checks it. */
import {
  ok,
  type Result,
  recoverDigest,
  refuse,
  type SigningDomain,
  signDigest,
  suretyDomain,
  type TypedTypes,
  to0x,
  typedDataDigest,
} from '@surety/core';
import type { Run } from '../run.ts';

const TYPES: TypedTypes = {
  Run: ['program', 'input', 'output', 'trace'].map((name) => ({ name, type: 'bytes32' })),
};

/** The 32 bytes that an enclave signs of a run. @param domain chain and EnclaveVerifier that the signature is for */
export const runDigest = ({ program, input, output, trace }: Run, domain: SigningDomain): Uint8Array => {
  const value = { program: to0x(program), input: to0x(input), output: to0x(output), trace: to0x(trace) };
  return typedDataDigest(suretyDomain(domain), 'Run', TYPES, value);
};

/** Signs a run with a 32-byte secp256k1 key: what code in an enclave does once it has run the program. */
export const signRun = (
  run: Run,
  options: { readonly domain: SigningDomain; readonly secretKey: Uint8Array },
): string => signDigest(runDigest(run, options.domain), options.secretKey);

/** Whether the key of an address signed the run. */
export const verifyRunSignature = (
  run: Run,
  options: { readonly domain: SigningDomain; readonly signature: string; readonly address: string },
): Result<true> => {
  const signer = recoverDigest(runDigest(run, options.domain), options.signature);
  if (!signer.ok) return signer;
  if (signer.value === options.address) return ok(true);
  return refuse({
    code: 'signature.wrong-signer',
    message: `The run is not signed by ${options.address}: the run, or who signed it, differs.`,
    next: 'Ask for the signature of exactly this run, for this chain and contract.',
    field: 'signature',
    value: signer.value,
  });
};
