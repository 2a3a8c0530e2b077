/** `vectors/enclave.json`: development attestations and what is to be found in them. */
import { to0x, toHex, unwrap } from '@surety/core';
import { keyReportData, NO_CHALLENGE, runDigest, signRun, verifyNitro, verifyTdx } from '../src/enclave/index.ts';
import { ENCLAVE_ADDRESS, ENCLAVE_SECRET, enclaveAddressBytes, MADE_AT, NITRO_ROOT, TDX_ROOT } from './development.ts';
import { nitroDocument } from './development-nitro.ts';
import { type QuoteChanges, tdxCollateral, tdxQuote } from './development-tdx.ts';

const quoteVector = (name: string, changes: QuoteChanges) => {
  const { quote } = tdxQuote(changes);
  const found = unwrap(verifyTdx(quote, tdxCollateral(), { atSeconds: MADE_AT, roots: [TDX_ROOT] }));
  return { name, quote: toHex(quote), measurement: found.measurement, status: found.tcb.status };
};

const written = () => {
  const { tcbSigningChain, tcbInfo, qeIdentity, ...bytes } = tdxCollateral();
  const hex = Object.entries(bytes).map(([name, value]) => [name, toHex(value as Uint8Array)]);
  return { tcbInfo, qeIdentity, ...Object.fromEntries(hex), tcbSigningChain: tcbSigningChain.map(toHex) };
};

export const enclaveVectors = () => {
  const document = nitroDocument();
  const nitro = unwrap(verifyNitro(document, { atSeconds: MADE_AT, roots: [NITRO_ROOT] }));
  const byte = (value: number) => new Uint8Array(32).fill(value);
  const run = { program: byte(1), input: byte(2), output: byte(3), trace: byte(4) };
  const domain = { chainId: 31337, verifyingContract: '0x000000000000000000000000000000000000dEaD' };
  return {
    description:
      'DEVELOPMENT attestations of spec/16-enclave.md, under roots whose keys are public: no hardware stands behind them. Bytes in hex.',
    atSeconds: MADE_AT,
    address: ENCLAVE_ADDRESS,
    reportData: toHex(keyReportData(NO_CHALLENGE, enclaveAddressBytes())),
    nitro: { root: toHex(NITRO_ROOT.certificate), document: toHex(document), measurement: nitro.measurement },
    tdx: {
      root: toHex(TDX_ROOT.certificate),
      collateral: written(),
      quotes: [
        quoteVector('version 4', {}),
        quoteVector('version 5, TD report 1.0', { version: 5, bodyType: 2 }),
        quoteVector('version 5, TD report 1.5', { version: 5, bodyType: 3 }),
        quoteVector('an older quoting enclave', { qe: [[258, Buffer.from([5, 0])]] }),
      ],
    },
    run: {
      ...Object.fromEntries(Object.entries(run).map(([name, value]) => [name, to0x(value)])),
      domain,
      digest: to0x(runDigest(run, domain)),
      signature: signRun(run, { domain, secretKey: ENCLAVE_SECRET }),
    },
  };
};
