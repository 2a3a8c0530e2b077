/**
 * A signed request as a file (spec 14.9): what a requester hands to providers. It carries the request, its signature, and
 * all that a run needs beside the program itself.
 */
import type { Request } from '@surety/chain';
import { fromHex, ok, type Result, refuse, type Shaped, shapes, toHex, unwrap } from '@surety/core';
import { iteratedId, listRoot, readTensors, type Tensor, writeTensors } from '@surety/programs';
import type { Prove } from './subject.ts';

type Hex = `0x${string}`;

const FORMAT = 'surety:request:v1';

/** Largest file that is written or read. */
export const MAX_REQUEST_BYTES = 64 * 2 ** 20;

/** Digits of the longest signature: a contract may take more than the 65 bytes of a key. */
const MAX_SIGNATURE_DIGITS = 16_384;
const MAX_UINT32 = 0xffff_ffff;

export type SignedRequest = {
  readonly chainId: number;
  readonly arbiter: Hex;
  readonly request: Request;
  readonly signature: Hex;
  /** P of the program, lower-case hex, and how often it is run; `null` for once. */
  readonly program: string;
  readonly steps: number | null;
  readonly inputs: readonly Tensor[];
  /** `zk`: what `request.program` names is derived from the program for the contract that judges its proofs (spec 20). */
  readonly prove: Prove;
};

const uint32 = shapes.integer({ min: 0, max: MAX_UINT32 });

const FIELDS = shapes.object({
  format: shapes.literal(FORMAT),
  chainId: shapes.chainId,
  arbiter: shapes.address,
  request: shapes.object({
    requester: shapes.address,
    provider: shapes.address,
    program: shapes.hex(32, '0x'),
    input: shapes.hex(32, '0x'),
    verifier: shapes.address,
    priceMicroUsd: shapes.amount,
    bondMicroUsd: shapes.amount,
    deadline: shapes.unixSeconds,
    windowSeconds: uint32,
    clockSeconds: uint32,
    premiumPpm: shapes.ppm,
    proofRequired: shapes.boolean,
    callback: shapes.address,
    nonce: shapes.hex(32, '0x'),
  }),
  signature: shapes.text({ max: MAX_SIGNATURE_DIGITS, form: /^0x(?:[0-9a-f]{2})*$/, called: 'bytes as 0x-hex' }),
  program: shapes.hex(32),
  steps: shapes.nullable(shapes.integer({ min: 2, max: 2 ** 20 })),
  inputs: (value) => ok(value),
  prove: shapes.oneOf('optimistic', 'zk'),
});

type Fields = Shaped<typeof FIELDS>;

const requestOf = ({ deadline, priceMicroUsd, bondMicroUsd, nonce, ...rest }: Fields['request']): Request =>
  ({
    ...rest,
    priceMicroUsd: BigInt(priceMicroUsd),
    bondMicroUsd: BigInt(bondMicroUsd),
    deadline: BigInt(deadline),
    nonce: BigInt(nonce),
  }) as Request;

const parse = (text: string): Result<unknown> => {
  try {
    return ok(JSON.parse(text) as unknown);
  } catch {
    return refuse({
      code: 'input.malformed',
      message: 'The request is no JSON.',
      next: 'Take the file again as "surety request" wrote it.',
      field: '--request',
    });
  }
};

const differs = (field: 'program' | 'inputs', signed: Hex, has: string): Result<never> =>
  refuse({
    code: 'arbiter.request-differs',
    message: `The ${field} in the file of the request ${field === 'inputs' ? 'are' : 'is'} not what was signed.`,
    next: 'Ask the requester for the file as "surety request" wrote it.',
    field,
    value: has,
    limit: signed.slice(2),
  });

/**
 * Reads a file of a request. Program and inputs are those that the request names, unless it asks for a proof: then whoever proves
 * finds out. Whether it is signed, only the chain can say.
 * Problems: those of shapes, `arbiter.request-differs`
 */
export const readRequestFile = (text: string): Result<SignedRequest> => {
  const json = parse(text);
  if (!json.ok) return json;
  const read = FIELDS(json.value, '');
  if (!read.ok) return read;
  const { request, inputs, program, steps, chainId, arbiter, signature, prove } = read.value;
  const tensors = readTensors(JSON.stringify({ tensors: inputs }));
  if (!tensors.ok) return tensors;
  const named = steps === null ? program : toHex(iteratedId(unwrap(fromHex(program)), steps));
  if (prove === 'optimistic' && `0x${named}` !== request.program)
    return differs('program', request.program as Hex, named);
  const root = toHex(listRoot(tensors.value));
  if (`0x${root}` !== request.input) return differs('inputs', request.input as Hex, root);
  return ok({
    chainId,
    arbiter: arbiter as Hex,
    request: requestOf(request),
    signature: signature as Hex,
    program,
    steps,
    inputs: tensors.value,
    prove,
  });
};

/** Writes a request as {@link readRequestFile} reads it; `input.too-large` where the inputs do not fit into a file. */
export const writeRequestFile = ({ request, inputs, ...rest }: SignedRequest): Result<string> => {
  const { nonce, deadline } = request;
  const written = {
    format: FORMAT,
    ...rest,
    request: {
      ...request,
      priceMicroUsd: request.priceMicroUsd.toString(),
      bondMicroUsd: request.bondMicroUsd.toString(),
      deadline: Number(deadline),
      nonce: `0x${nonce.toString(16).padStart(64, '0')}`,
    },
    inputs: (JSON.parse(writeTensors(inputs)) as { readonly tensors: unknown }).tensors,
  };
  const text = `${JSON.stringify(written, null, 2)}\n`;
  if (text.length <= MAX_REQUEST_BYTES) return ok(text);
  return refuse({
    code: 'input.too-large',
    message: `With its inputs the file of the request has ${text.length} bytes.`,
    next: 'Ask for the run of a smaller input.',
    field: 'inputs',
    value: String(text.length),
    limit: `${MAX_REQUEST_BYTES} bytes`,
  });
};
