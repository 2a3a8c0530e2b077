/** Development quotes of Intel TDX, with collateral. */
import { createHash } from 'node:crypto';
import { bits, commonName, der, integer, octets, oid, sequence, time } from '../../programs/test/der.ts';
import {
  algorithmOf,
  type CertificateOptions,
  derInteger,
  extension,
  type TestKey,
  toPem,
} from '../../programs/test/pki.ts';
import { keyReportData, NO_CHALLENGE, type TdxCollateral } from '../src/enclave/index.ts';
import { caExtensions, enclaveAddressBytes, issue, keys, MADE_AT, SIGNS, TDX_ROOT } from './development.ts';

type Change = Partial<Omit<CertificateOptions, 'key'>>;

export const FMSPC = 'dede00000000';
export const PCK_SERIAL = 0x7a_0102_0304n;
export const CA_SERIAL = 0x7b_0102n;
const SGX = '1.2.840.113741.1.13.1';
const CA_NAME = 'Surety DEVELOPMENT PCK CA';

/** Intel's extension of platform certificates. */
export const sgxExtension = (
  options: { readonly components?: readonly number[]; readonly pceSvn?: number; readonly fmspc?: string } = {},
): Buffer => {
  const components = options.components ?? Array.from({ length: 16 }, () => 5);
  const item = (name: string, value: Uint8Array): Buffer => sequence(oid(`${SGX}.${name}`), value);
  const tcb = sequence(
    ...components.map((svn, i) => item(`2.${i + 1}`, derInteger(BigInt(svn)))),
    item('2.17', derInteger(BigInt(options.pceSvn ?? 13))),
    item('2.18', octets(Buffer.from(components))),
  );
  const fields = sequence(
    item('1', octets(Buffer.alloc(16, 0xdd))),
    item('2', tcb),
    item('3', octets(Buffer.alloc(2))),
    item('4', octets(Buffer.from(options.fmspc ?? FMSPC, 'hex'))),
    item('5', der(0x0a, Buffer.from([0]))),
  );
  return extension(SGX, fields);
};

export const pckCa = (change: Change = {}): Buffer =>
  issue({
    subject: CA_NAME,
    issuer: TDX_ROOT.name,
    key: keys.pckCa,
    by: keys.root,
    extensions: caExtensions(0),
    serial: CA_SERIAL,
    ...change,
  });

export const pck = (change: Change = {}): Buffer =>
  issue({
    subject: 'Surety DEVELOPMENT PCK',
    issuer: CA_NAME,
    key: keys.pck,
    by: keys.pckCa,
    extensions: [...SIGNS, sgxExtension()],
    serial: PCK_SERIAL,
    ...change,
  });

const QE_SIGNER = Buffer.from('dc9e2a7c6f948f17474e34a7fc43ed030f7c1563f1babddf6340c82e0e54a8c5', 'hex');
const VENDOR = Buffer.from('939a7233f79c4ca9940a0db3957f0607', 'hex');
const AUTH_DATA = Buffer.from('surety development auth data 32b');

export type QuoteChanges = {
  readonly version?: 4 | 5;
  /** Type of the body of version 5: 2 for TD reports 1.0, 3 for 1.5. */
  readonly bodyType?: 2 | 3;
  readonly reportData?: Uint8Array;
  readonly attributes?: Uint8Array;
  readonly teeTcbSvn?: Uint8Array;
  readonly mrSignerSeam?: Uint8Array;
  readonly mrtd?: Uint8Array;
  readonly serviceTd?: Uint8Array;
  /** Bytes of the quoting enclave's report at places. */
  readonly qe?: readonly (readonly [at: number, bytes: Uint8Array])[];
  readonly header?: readonly (readonly [at: number, bytes: Uint8Array])[];
  readonly pck?: Change;
  readonly ca?: Change;
  readonly pckBy?: TestKey;
  readonly quoteBy?: TestKey;
  readonly chain?: string;
};

const filled = (bytes: number, value: number): Buffer => Buffer.alloc(bytes, value);

const reportOf = (changes: QuoteChanges): Buffer => {
  const body = [
    changes.teeTcbSvn ?? Buffer.concat([Buffer.from([7, 1, 5]), filled(13, 0)]),
    filled(48, 0x5e),
    changes.mrSignerSeam ?? filled(48, 0),
    filled(8, 0),
    changes.attributes ?? Buffer.from([0, 0, 0, 0x10, 0, 0, 0, 0]),
    Buffer.from('e702060000000000', 'hex'),
    changes.mrtd ?? filled(48, 0xa1),
    filled(48, 0),
    filled(48, 0),
    filled(48, 0),
    ...[0xb0, 0xb1, 0xb2, 0xb3].map((byte) => filled(48, byte)),
    changes.reportData ?? keyReportData(NO_CHALLENGE, enclaveAddressBytes()),
  ];
  const is15 = changes.version === 5 && (changes.bodyType ?? 3) === 3;
  return Buffer.concat([...body, ...(is15 ? [filled(16, 7), changes.serviceTd ?? filled(48, 0)] : [])]);
};

const patched = (bytes: Buffer, places: readonly (readonly [at: number, bytes: Uint8Array])[] = []): Buffer => {
  for (const [at, patch] of places) bytes.set(patch, at);
  return bytes;
};

const uint = (value: number, bytes: number): Buffer => {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntLE(value, 0, bytes);
  return buffer;
};

/** The parts of a quote: what a contract is given apart, and `quote` in one. */
export type QuoteParts = {
  readonly quote: Buffer;
  readonly signed: Buffer;
  readonly signature: Buffer;
  readonly attestationKey: Buffer;
  readonly qeReport: Buffer;
  readonly qeSignature: Buffer;
  readonly authData: Buffer;
  readonly pck: Buffer;
  readonly ca: Buffer;
};

/** A quote that binds the development enclave's key, with parts of it changed. */
export const tdxQuote = (changes: QuoteChanges = {}): QuoteParts => {
  const version = changes.version ?? 4;
  const header = patched(
    Buffer.concat([uint(version, 2), uint(2, 2), uint(0x81, 4), filled(4, 0), VENDOR, filled(20, 0xde)]),
    changes.header,
  );
  const report = reportOf(changes);
  const described =
    version === 5 ? Buffer.concat([uint(changes.bodyType ?? 3, 2), uint(report.length, 4)]) : filled(0, 0);
  const signed = Buffer.concat([header, described, report]);
  const attestationKey = keys.attestation.point;
  const bound = createHash('sha256').update(attestationKey).update(AUTH_DATA).digest();
  const qeReport = patched(
    Buffer.concat([
      filled(16, 5),
      filled(4, 0),
      filled(28, 0),
      Buffer.from('1500000000000000e700000000000000', 'hex'),
      filled(32, 0x9e),
      filled(32, 0),
      QE_SIGNER,
      filled(96, 0),
      uint(2, 2),
      uint(7, 2),
      filled(60, 0),
      bound,
      filled(32, 0),
    ]),
    changes.qe,
  );
  const signature = Buffer.from((changes.quoteBy ?? keys.attestation).signRaw(signed));
  const qeSignature = Buffer.from((changes.pckBy ?? keys.pck).signRaw(qeReport));
  const [leaf, ca] = [pck(changes.pck), pckCa(changes.ca)];
  const chain = Buffer.from(changes.chain ?? `${toPem(leaf)}${toPem(ca)}${toPem(TDX_ROOT.certificate)}\0`);
  const certification = (kind: number, data: Buffer): Buffer =>
    Buffer.concat([uint(kind, 2), uint(data.length, 4), data]);
  const inner = [qeReport, qeSignature, uint(AUTH_DATA.length, 2), AUTH_DATA, certification(5, chain)];
  const data = Buffer.concat([signature, attestationKey, certification(6, Buffer.concat(inner))]);
  const quote = Buffer.concat([signed, uint(data.length, 4), data]);
  return { quote, signed, signature, attestationKey, qeReport, qeSignature, authData: AUTH_DATA, pck: leaf, ca };
};

/** A list of revoked certificates. */
export const revocationList = (options: {
  readonly issuer: string;
  readonly by: TestKey;
  readonly serials?: readonly bigint[];
  readonly from?: number;
  readonly until?: number;
  readonly extensions?: readonly Uint8Array[];
}): Buffer => {
  const entry = (serial: bigint): Buffer => sequence(derInteger(serial), time(MADE_AT - 1000));
  const entries = (options.serials ?? []).map(entry);
  const extensions = options.extensions ?? [extension('2.5.29.20', integer(1))];
  const tbs = sequence(
    integer(1),
    algorithmOf(options.by),
    commonName(options.issuer),
    time(options.from ?? MADE_AT - 1000),
    time(options.until ?? MADE_AT + 30 * 86_400),
    ...(entries.length > 0 ? [sequence(...entries)] : []),
    der(0xa0, sequence(...extensions)),
  );
  return sequence(tbs, algorithmOf(options.by), bits(options.by.sign(tbs)));
};

export const rootCrl = (serials: readonly bigint[] = []): Buffer =>
  revocationList({ issuer: TDX_ROOT.name, by: keys.root, serials });
export const pckCrl = (serials: readonly bigint[] = []): Buffer =>
  revocationList({ issuer: CA_NAME, by: keys.pckCa, serials });

const iso = (seconds: number): string => new Date(seconds * 1000).toISOString().replace('.000', '');
const DATES = { issueDate: iso(MADE_AT - 1000), nextUpdate: iso(MADE_AT + 30 * 86_400), tcbEvaluationDataNumber: 21 };
const level = (tcb: object, tcbStatus: string): object => ({ tcb, tcbDate: '2026-02-11T00:00:00Z', tcbStatus });
const svns = (svn: number, count = 16): object[] =>
  Array.from({ length: 16 }, (_, i) => ({ svn: i < count ? svn : 0 }));

const TCB_INFO = {
  ...{ id: 'TDX', version: 3, ...DATES, fmspc: FMSPC, pceId: '0000', tcbType: 0 },
  tdxModule: { mrsigner: '00'.repeat(48), attributes: '00'.repeat(8), attributesMask: 'FF'.repeat(8) },
  tdxModuleIdentities: [
    {
      id: 'TDX_01',
      ...{ mrsigner: '00'.repeat(48), attributes: '00'.repeat(8), attributesMask: 'FF'.repeat(8) },
      tcbLevels: [level({ isvsvn: 7 }, 'UpToDate'), level({ isvsvn: 5 }, 'OutOfDate')],
    },
  ],
  tcbLevels: [
    level({ sgxtcbcomponents: svns(5), pcesvn: 13, tdxtcbcomponents: svns(5, 3) }, 'UpToDate'),
    {
      ...level({ sgxtcbcomponents: svns(3), pcesvn: 5, tdxtcbcomponents: svns(3, 3) }, 'ConfigurationNeeded'),
      advisoryIDs: ['SURETY-DEV-1'],
    },
    level({ sgxtcbcomponents: svns(1), pcesvn: 1, tdxtcbcomponents: svns(0) }, 'Revoked'),
  ],
};
const QE_IDENTITY = {
  ...{ id: 'TD_QE', version: 2, ...DATES, miscselect: '00000000', miscselectMask: 'FFFFFFFF' },
  attributes: '11000000000000000000000000000000',
  attributesMask: 'FBFFFFFFFFFFFFFF0000000000000000',
  mrsigner: QE_SIGNER.toString('hex').toUpperCase(),
  isvprodid: 2,
  tcbLevels: [level({ isvsvn: 6 }, 'UpToDate'), level({ isvsvn: 4 }, 'OutOfDate')],
};

export type CollateralChanges = {
  readonly tcbInfo?: object;
  readonly qeIdentity?: object;
  readonly by?: TestKey;
  readonly signing?: Change;
  readonly rootCrl?: Buffer;
  readonly pckCrl?: Buffer;
};

/** Collateral that calls the development machine up to date, with parts of it changed. */
export const tdxCollateral = (changes: CollateralChanges = {}): TdxCollateral => {
  const by = changes.by ?? keys.tcbSigning;
  const signing = issue({
    subject: 'Surety DEVELOPMENT TCB signing',
    issuer: TDX_ROOT.name,
    key: keys.tcbSigning,
    by: keys.root,
    extensions: SIGNS,
    serial: 9n,
    ...changes.signing,
  });
  const tcbInfo = JSON.stringify({ ...TCB_INFO, ...changes.tcbInfo });
  const qeIdentity = JSON.stringify({ ...QE_IDENTITY, ...changes.qeIdentity });
  return {
    tcbInfo,
    tcbInfoSignature: by.signRaw(Buffer.from(tcbInfo)),
    qeIdentity,
    qeIdentitySignature: by.signRaw(Buffer.from(qeIdentity)),
    tcbSigningChain: [signing, TDX_ROOT.certificate],
    rootCrl: changes.rootCrl ?? rootCrl(),
    pckCrl: changes.pckCrl ?? pckCrl(),
  };
};
