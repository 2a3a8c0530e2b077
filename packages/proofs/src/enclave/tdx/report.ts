/** TD reports 1.0 and 1.5 (Intel TDX DCAP Quote Library API, section A.3) and SGX report bodies (A.4). */
import { concatBytes, toHex } from '@surety/core';
import { Cursor, isZero } from '../cursor.ts';

/** Bytes of a body, by what the quote calls it. */
export const TD_REPORT_BYTES = { '1.0': 584, '1.5': 648 } as const;
export type TdVersion = keyof typeof TD_REPORT_BYTES;

export type TdReport = {
  readonly version: TdVersion;
  /** Security versions of the TDX module and what loads it, 16 bytes. */
  readonly teeTcbSvn: Uint8Array;
  readonly mrSeam: Uint8Array;
  /** Who signed the TDX module: zeros for Intel. */
  readonly mrSignerSeam: Uint8Array;
  readonly seamAttributes: Uint8Array;
  /** The 400 bytes that describe the TD: attributes up to RTMR3. */
  readonly measured: Uint8Array;
  /** By name, in lower-case hex: `tdattributes`, `xfam`, `mrtd`, `mrconfigid`, `mrowner`, `mrownerconfig`, `rtmr0` … `rtmr3`. */
  readonly registers: Readonly<Record<string, string>>;
  /** Bit 0 of the attributes, or any other of the eight that Intel keeps for debugging. */
  readonly debug: boolean;
  readonly reportData: Uint8Array;
  /** Whether the TD may be moved to another machine: its attributes say so, or a service TD is bound that could. */
  readonly movable: boolean;
};

/** Byte and bit of the attribute MIGRATABLE (29). */
const MIGRATABLE = [3, 0x20] as const;

const MEASURED = [
  ['tdattributes', 8],
  ['xfam', 8],
  ['mrtd', 48],
  ['mrconfigid', 48],
  ['mrowner', 48],
  ['mrownerconfig', 48],
  ['rtmr0', 48],
  ['rtmr1', 48],
  ['rtmr2', 48],
  ['rtmr3', 48],
] as const;

export const readTdReport = (bytes: Uint8Array, version: TdVersion): TdReport => {
  const cursor = new Cursor(bytes, 'report');
  const [teeTcbSvn, mrSeam, mrSignerSeam, seamAttributes] = [16, 48, 48, 8].map((size) => cursor.take(size));
  const parts = MEASURED.map(([name, size]) => [name, cursor.take(size)] as const);
  const reportData = cursor.take(64);
  if (version === '1.5') cursor.take(16);
  const mrServiceTd = version === '1.5' ? cursor.take(48) : new Uint8Array(48);
  cursor.end();
  const attributes = parts[0]![1];
  return {
    version,
    teeTcbSvn: teeTcbSvn!,
    mrSeam: mrSeam!,
    mrSignerSeam: mrSignerSeam!,
    seamAttributes: seamAttributes!,
    measured: concatBytes(...parts.map(([, value]) => value)),
    registers: Object.fromEntries(parts.map(([name, value]) => [name, toHex(value)])),
    debug: attributes[0] !== 0,
    reportData,
    movable: (attributes[MIGRATABLE[0]]! & MIGRATABLE[1]) !== 0 || !isZero(mrServiceTd),
  };
};

/** The quoting enclave's own report. */
export type EnclaveReport = {
  readonly miscSelect: Uint8Array;
  readonly attributes: Uint8Array;
  readonly mrEnclave: Uint8Array;
  readonly mrSigner: Uint8Array;
  readonly isvProdId: number;
  readonly isvSvn: number;
  readonly reportData: Uint8Array;
};

export const ENCLAVE_REPORT_BYTES = 384;

export const readEnclaveReport = (bytes: Uint8Array): EnclaveReport => {
  const cursor = new Cursor(bytes, 'qeReport');
  cursor.take(16);
  const miscSelect = cursor.take(4);
  cursor.take(28);
  const [attributes, mrEnclave] = [cursor.take(16), cursor.take(32)];
  cursor.take(32);
  const mrSigner = cursor.take(32);
  cursor.take(96);
  const [isvProdId, isvSvn] = [cursor.number(2), cursor.number(2)];
  cursor.take(60);
  const reportData = cursor.take(64);
  cursor.end();
  return { miscSelect, attributes, mrEnclave, mrSigner, isvProdId, isvSvn, reportData };
};
