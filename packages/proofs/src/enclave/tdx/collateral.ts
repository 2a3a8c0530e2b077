/**
 * What Intel says of its machines at a time: TCB info 3 and quoting enclave identity 2, each a JSON text that Intel
 * signed (Intel SGX and TDX Provisioning Certification Service, API 4).
 */
import { type Result, shapes, toHex } from '@surety/core';
import { refused } from '../problem.ts';

/** All that is needed beside a quote to say how its machine stands; lives for a month. */
export type TdxCollateral = {
  /** The text of `tcbInfo` exactly as signed, and the signature, `r ‖ s`. */
  readonly tcbInfo: string;
  readonly tcbInfoSignature: Uint8Array;
  readonly qeIdentity: string;
  readonly qeIdentitySignature: Uint8Array;
  /** DER of Intel's signing certificate and its issuers. */
  readonly tcbSigningChain: readonly Uint8Array[];
  /** DER of the lists of revoked certificates of the root and of the platform's CA. */
  readonly rootCrl: Uint8Array;
  readonly pckCrl: Uint8Array;
};

const { integer, list, literal, object, oneOf, text } = shapes;

export const TCB_STATUSES = [
  'UpToDate',
  'SWHardeningNeeded',
  'ConfigurationNeeded',
  'ConfigurationAndSWHardeningNeeded',
  'OutOfDate',
  'OutOfDateConfigurationNeeded',
  'Revoked',
] as const;
export type TcbStatus = (typeof TCB_STATUSES)[number];

/** Intel writes some in capitals and some not. */
const hex = (bytes: number): shapes.Shape<Uint8Array> => {
  const form = text({
    max: 2 * bytes,
    form: new RegExp(`^[0-9a-fA-F]{${2 * bytes}}$`),
    called: `${bytes} bytes of hex`,
  });
  return (value, path) => {
    const read = form(value, path);
    return read.ok ? { ok: true, value: new Uint8Array(Buffer.from(read.value, 'hex')) } : read;
  };
};

const time: shapes.Shape<number> = (value, path) => {
  const form = text({ max: 20, form: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/, called: 'a time in ISO 8601' });
  const read = form(value, path);
  return read.ok ? { ok: true, value: Date.parse(read.value) / 1000 } : read;
};

const byte = integer({ min: 0, max: 255 });
const word = integer({ min: 0, max: 65_535 });
const level = <T>(tcb: shapes.Shape<T>) =>
  object(
    { tcb, tcbDate: time, tcbStatus: oneOf(...TCB_STATUSES) },
    { advisoryIDs: list(text({ max: 40 }), { max: 200 }) },
  );
const components = list(object({ svn: byte }, { category: text({ max: 60 }), type: text({ max: 60 }) }), {
  min: 16,
  max: 16,
});
const module = { mrsigner: hex(48), attributes: hex(8), attributesMask: hex(8) };
const moduleIdentity = object({
  id: text({ max: 20 }),
  ...module,
  tcbLevels: list(level(object({ isvsvn: byte })), { max: 100 }),
});
const signedFor = { issueDate: time, nextUpdate: time, tcbEvaluationDataNumber: integer({ min: 0, max: 2 ** 31 }) };

const tcbInfoShape = object(
  {
    id: literal('TDX'),
    version: literal(3),
    ...signedFor,
    fmspc: hex(6),
    pceId: hex(2),
    tcbType: literal(0),
    tdxModule: object(module),
    tcbLevels: list(level(object({ sgxtcbcomponents: components, pcesvn: word, tdxtcbcomponents: components })), {
      min: 1,
      max: 200,
    }),
  },
  { tdxModuleIdentities: list(moduleIdentity, { max: 20 }) },
);
export type TcbInfo = shapes.Shaped<typeof tcbInfoShape>;

const qeIdentityShape = object({
  id: literal('TD_QE'),
  version: literal(2),
  ...signedFor,
  miscselect: hex(4),
  miscselectMask: hex(4),
  attributes: hex(16),
  attributesMask: hex(16),
  mrsigner: hex(32),
  isvprodid: word,
  tcbLevels: list(level(object({ isvsvn: word })), { min: 1, max: 100 }),
});
export type QeIdentity = shapes.Shaped<typeof qeIdentityShape>;

const read = <T>(json: string, shape: shapes.Shape<T>, field: string): Result<T> => {
  const next = 'Get the collateral again from Intel or from who keeps a copy.';
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return refused('attestation.malformed', field, `${field} is not JSON.`, next);
  }
  const shaped = shape(value, field);
  return shaped.ok ? shaped : { ok: false, problem: { ...shaped.problem, code: 'attestation.malformed' } };
};

/** What a signed text of TCB info says. */
export const readTcbInfo = (json: string): Result<TcbInfo> => read(json, tcbInfoShape, 'tcbInfo');

/** What a signed text of a quoting enclave's identity says. */
export const readQeIdentity = (json: string): Result<QeIdentity> => read(json, qeIdentityShape, 'qeIdentity');

/** FMSPC in lower-case hex, as certificates are compared. */
export const fmspcOf = ({ fmspc }: TcbInfo): string => toHex(fmspc);
