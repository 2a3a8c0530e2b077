/**
 * How well patched a machine is, by Intel's own table: "Determining TCB status" in Intel's documentation of the
 * Provisioning Certification Service, API 4, for TDX.
 */
import { ok, type Result, sameBytes, toHex } from '@surety/core';
import { isZero } from '../cursor.ts';
import { refused } from '../problem.ts';
import { fmspcOf, type QeIdentity, type TcbInfo, type TcbStatus } from './collateral.ts';
import type { Platform } from './pck.ts';
import type { EnclaveReport, TdReport } from './report.ts';

export type Tcb = {
  readonly status: TcbStatus;
  /** Unix seconds: all known faults before are dealt with. */
  readonly date: number;
  /** Intel's advisories that are open, sorted. */
  readonly advisories: readonly string[];
  /** Rises with each of Intel's re-evaluations. */
  readonly evaluation: number;
};

type Level = { readonly tcbStatus: TcbStatus; readonly tcbDate: number; readonly advisoryIDs?: readonly string[] };

const AGAIN = "Get the collateral for this machine's FMSPC from Intel or from who keeps a copy.";
const foreignCollateral = (field: string, message: string): Result<never> =>
  refused('attestation.collateral', field, message, AGAIN);
const foreignCode = (field: string, message: string): Result<never> =>
  refused('attestation.tcb', field, message, 'Use a machine whose platform software is signed by Intel.');
const NO_LEVEL = 'The machine is older than every level that the collateral lists.';

const covers = (has: ArrayLike<number>, wants: readonly { readonly svn: number }[], from: number): boolean =>
  wants.every(({ svn }, i) => i < from || (has[i] ?? 0) >= svn);

/** The first level that the platform's components reach. */
const platformLevel = (info: TcbInfo, platform: Platform, report: TdReport): Level | undefined => {
  // The module's own version, the first two bytes, is judged by its identity where it has one.
  const from = report.teeTcbSvn[1]! > 0 ? 2 : 0;
  return info.tcbLevels.find(
    ({ tcb }) =>
      covers(platform.components, tcb.sgxtcbcomponents, 0) &&
      platform.pceSvn >= tcb.pcesvn &&
      covers(report.teeTcbSvn, tcb.tdxtcbcomponents, from),
  );
};

type Module = { readonly mrsigner: Uint8Array; readonly attributes: Uint8Array; readonly attributesMask: Uint8Array };

const masked = (bytes: Uint8Array, mask: Uint8Array): Uint8Array => bytes.map((byte, i) => byte & mask[i]!);

const isModule = (report: TdReport, { mrsigner, attributes, attributesMask }: Module): boolean =>
  sameBytes(report.mrSignerSeam, mrsigner) && sameBytes(masked(report.seamAttributes, attributesMask), attributes);

/** The level of the TDX module; `null` where modules of its version have none of their own. */
const moduleLevel = (info: TcbInfo, report: TdReport): Result<Level | null> => {
  const refusal = foreignCode('report', 'The TDX module is not the one that the collateral names.');
  const [svn, version] = [report.teeTcbSvn[0]!, report.teeTcbSvn[1]!];
  if (version === 0) return isModule(report, info.tdxModule) ? ok(null) : refusal;
  const id = `TDX_${version.toString(16).toUpperCase().padStart(2, '0')}`;
  const identity = info.tdxModuleIdentities?.find((one) => one.id.toUpperCase() === id);
  if (identity === undefined) return foreignCollateral('tcbInfo', `The collateral does not know TDX modules ${id}.`);
  if (!isModule(report, identity)) return refusal;
  const level = identity.tcbLevels.find(({ tcb }) => svn >= tcb.isvsvn);
  return level === undefined ? refused('attestation.tcb', 'report', NO_LEVEL, AGAIN) : ok(level);
};

/** The level of the quoting enclave. */
const enclaveLevel = (identity: QeIdentity, qe: EnclaveReport): Result<Level> => {
  const isIt =
    sameBytes(masked(qe.miscSelect, identity.miscselectMask), identity.miscselect) &&
    sameBytes(masked(qe.attributes, identity.attributesMask), identity.attributes) &&
    sameBytes(qe.mrSigner, identity.mrsigner) &&
    qe.isvProdId === identity.isvprodid;
  if (!isIt) return foreignCode('qeReport', 'The quoting enclave is not the one that the collateral names.');
  const level = identity.tcbLevels.find(({ tcb }) => qe.isvSvn >= tcb.isvsvn);
  return level === undefined ? refused('attestation.tcb', 'qeReport', NO_LEVEL, AGAIN) : ok(level);
};

/** The platform's status, worsened by that of a part that runs on it. */
const worsened = (platform: TcbStatus, part: TcbStatus): TcbStatus => {
  if (part === 'Revoked' || platform === 'Revoked') return 'Revoked';
  if (part !== 'OutOfDate') return platform;
  const configuration = platform === 'ConfigurationNeeded' || platform === 'ConfigurationAndSWHardeningNeeded';
  return configuration || platform === 'OutOfDateConfigurationNeeded' ? 'OutOfDateConfigurationNeeded' : 'OutOfDate';
};

/** Where Intel's table places the machine that made a quote: platform, TDX module and quoting enclave together. */
export const tcbOf = (
  of: { readonly platform: Platform; readonly report: TdReport; readonly qe: EnclaveReport },
  by: { readonly info: TcbInfo; readonly identity: QeIdentity },
): Result<Tcb> => {
  const { platform, report } = of;
  if (fmspcOf(by.info) !== platform.fmspc || toHex(by.info.pceId) !== platform.pceId) {
    return foreignCollateral('tcbInfo', `The collateral is of machines ${fmspcOf(by.info)}, not ${platform.fmspc}.`);
  }
  if (!isZero(report.mrSignerSeam)) return foreignCode('report', "The TDX module is not Intel's.");
  const module = moduleLevel(by.info, report);
  if (!module.ok) return module;
  const enclave = enclaveLevel(by.identity, of.qe);
  if (!enclave.ok) return enclave;
  const level = platformLevel(by.info, platform, report);
  if (level === undefined) return refused('attestation.tcb', 'pckChain.0', NO_LEVEL, AGAIN);
  const parts = [enclave.value, ...(module.value === null ? [] : [module.value])];
  const levels = [level, ...parts];
  return ok({
    status: parts.reduce((status, part) => worsened(status, part.tcbStatus), level.tcbStatus),
    date: Math.min(...levels.map(({ tcbDate }) => tcbDate)),
    advisories: [...new Set(levels.flatMap(({ advisoryIDs }) => advisoryIDs ?? []))].sort(),
    evaluation: Math.min(by.info.tcbEvaluationDataNumber, by.identity.tcbEvaluationDataNumber),
  });
};
