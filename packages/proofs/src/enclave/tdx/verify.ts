/** A TDX quote under the pinned root: chain, quoting enclave, attestation key, quote; then Intel's collateral. */
import { concatBytes, ok, type Result, sameBytes, sha256 } from '@surety/core';
import type { Certificate, Root } from '@surety/programs/certificates';
import type { TdxAttestation } from '../attestation.ts';
import { type Chain, verifyStatementChain } from '../chain.ts';
import { verifyNotRevoked } from '../crl.ts';
import { isZero } from '../cursor.ts';
import { keyOfPoint, keyOfSpki, signed } from '../ecdsa.ts';
import { tdMeasurement } from '../measurement.ts';
import { reading, refused } from '../problem.ts';
import { INTEL_ROOT } from '../roots.ts';
import { readQeIdentity, readTcbInfo, type TdxCollateral } from './collateral.ts';
import { platformOf } from './pck.ts';
import { readTdxQuote, type TdxQuote } from './quote.ts';
import { type EnclaveReport, readEnclaveReport } from './report.ts';
import { type Tcb, tcbOf } from './tcb.ts';

type Options = { readonly atSeconds: number; readonly roots?: readonly Root[] };

const CURRENT = 'Get current collateral from Intel or from who keeps a copy.';
const AGAIN = 'Get the quote again from the machine that made it.';
const wrong = (field: string, message: string): Result<never> =>
  refused('attestation.signature-wrong', field, message, AGAIN);

/** The quoting enclave's report, once platform, quoting enclave, attestation key and quote are shown to hang together. */
const verifySignatures = (quote: TdxQuote, pck: Certificate): Result<EnclaveReport> => {
  const platformKey = keyOfSpki('P-256', pck.publicKey);
  if (platformKey === null || !signed('P-256', platformKey, quote.qeReport, quote.qeSignature)) {
    return wrong('qeReport', "The platform's key did not sign the quoting enclave's report.");
  }
  const report = reading(() => readEnclaveReport(quote.qeReport));
  if (!report.ok) return report;
  const bound = sha256(concatBytes(quote.attestationKey, quote.authData));
  const { reportData } = report.value;
  if (!sameBytes(reportData.subarray(0, 32), bound) || !isZero(reportData.subarray(32))) {
    return wrong('attestationKey', 'The quoting enclave did not make the attestation key.');
  }
  const key = keyOfPoint('P-256', quote.attestationKey);
  if (key === null || !signed('P-256', key, quote.signed, quote.signature)) {
    return wrong('signature', 'The attestation key did not sign the quote: one of them was changed.');
  }
  return report;
};

const notValid = (field: string, from: number, until: number): Result<never> => {
  const limit = `${new Date(from * 1000).toISOString()} .. ${new Date(until * 1000).toISOString()}`;
  return refused('attestation.collateral', field, `${field} is not valid at this time.`, CURRENT, { limit });
};

/** Intel's two texts, signed by Intel and valid at the time. */
const verifyTexts = (collateral: TdxCollateral, signer: Chain, atSeconds: number) => {
  const key = keyOfSpki('P-256', signer.certificates[0].publicKey);
  const texts = [
    ['tcbInfo', collateral.tcbInfo, collateral.tcbInfoSignature],
    ['qeIdentity', collateral.qeIdentity, collateral.qeIdentitySignature],
  ] as const;
  for (const [field, text, signature] of texts) {
    if (key === null || !signed('P-256', key, Buffer.from(text), signature)) {
      // Whoever brings collateral says nothing against a quote by bringing bad one.
      return refused('attestation.collateral', field, `${field} is not signed by the maker of the hardware.`, CURRENT);
    }
  }
  const [info, identity] = [readTcbInfo(collateral.tcbInfo), readQeIdentity(collateral.qeIdentity)];
  if (!info.ok) return info;
  if (!identity.ok) return identity;
  for (const [field, { issueDate, nextUpdate }] of [
    ['tcbInfo', info.value],
    ['qeIdentity', identity.value],
  ] as const) {
    if (atSeconds < issueDate || atSeconds > nextUpdate) return notValid(field, issueDate, nextUpdate);
  }
  return ok({ info: info.value, identity: identity.value });
};

/** That neither the platform, nor its CA, nor the signer of the collateral was revoked. */
const verifyRevocation = (chain: Chain, signer: Chain, collateral: TdxCollateral, atSeconds: number): Result<true> => {
  const [pck, ca, root] = chain.certificates;
  if (ca === undefined || root === undefined || chain.certificates.length !== 3 || signer.certificates.length !== 2) {
    const message = 'A chain has another length than platform, CA and root, or signer and root.';
    return refused('attestation.certificate-refused', 'pckChain', message, AGAIN);
  }
  const ofRoot = { issuer: root, atSeconds, field: 'rootCrl' };
  const first = verifyNotRevoked(collateral.rootCrl, { ...ofRoot, certificates: [ca] });
  if (!first.ok) return first;
  if (!verifyNotRevoked(collateral.rootCrl, { ...ofRoot, certificates: [signer.certificates[0]] }).ok) {
    const message = 'The certificate that signed the collateral was revoked.';
    return refused('attestation.collateral', 'tcbSigningChain', message, CURRENT);
  }
  return verifyNotRevoked(collateral.pckCrl, { issuer: ca, certificates: [pck], atSeconds, field: 'pckCrl' });
};

const verifyTcb = (
  quote: TdxQuote,
  qe: EnclaveReport,
  chain: Chain,
  collateral: TdxCollateral,
  options: Required<Options>,
): Result<Tcb> => {
  const { roots, atSeconds } = options;
  const signer = verifyStatementChain(collateral.tcbSigningChain, { roots, atSeconds, field: 'tcbSigningChain' });
  if (!signer.ok) return signer;
  if (!signer.value.certificates.at(-1)!.equals(chain.certificates.at(-1)!)) {
    const message = 'The collateral is signed under another root than the quote.';
    return refused('attestation.collateral', 'tcbSigningChain', message, AGAIN);
  }
  const revocation = verifyRevocation(chain, signer.value, collateral, atSeconds);
  if (!revocation.ok) return revocation;
  const texts = verifyTexts(collateral, signer.value, atSeconds);
  if (!texts.ok) return texts;
  const platform = reading(() => platformOf(chain.certificates[0]));
  return platform.ok ? tcbOf({ platform: platform.value, report: quote.report, qe }, texts.value) : platform;
};

/**
 * What Intel's hardware vouches for in a quote, and how well patched Intel says the machine is.
 * @param options.atSeconds Unix seconds at which every certificate, list and text must be valid
 * @param options.roots instead of Intel's root; any other makes the attestation a `development` one
 */
export const verifyTdx = (bytes: Uint8Array, collateral: TdxCollateral, options: Options): Result<TdxAttestation> => {
  const read = readTdxQuote(bytes);
  if (!read.ok) return read;
  const quote = read.value;
  const roots = options.roots ?? [INTEL_ROOT];
  const { atSeconds } = options;
  const chain = verifyStatementChain(quote.certificates, { roots, atSeconds, field: 'pckChain' });
  if (!chain.ok) return chain;
  const qe = verifySignatures(quote, chain.value.certificates[0]);
  if (!qe.ok) return qe;
  const tcb = verifyTcb(quote, qe.value, chain.value, collateral, { roots, atSeconds });
  if (!tcb.ok) return tcb;
  const { report } = quote;
  return ok({
    platform: 'intel-tdx',
    root: chain.value.root,
    development: chain.value.development,
    debug: report.debug,
    measurement: tdMeasurement(report.measured),
    registers: report.registers,
    reportData: report.reportData,
    movable: report.movable,
    tcb: tcb.value,
  });
};
