/**
 * Malformed receipts, claims, trust files and checkpoints against the readers and the verifier of `@surety/core`: only
 * listed codes may come out, nothing may throw, hang or pile up memory.
 */

import assert from 'node:assert/strict';
import {
  concatBytes,
  decode,
  ERRORS,
  encode,
  type Json,
  openCheckpoint,
  parseClaim,
  parseReceipt,
  parseStatement,
  parseTrust,
  type Receipt,
  type ReceiptStatement,
  type Result,
  receiptBytes,
  sameBytes,
  toBase64,
  tryEncode,
  unwrap,
  utf8,
  verifyReceipt,
} from '../../packages/core/src/index.ts';
import { changedParts } from '../../packages/core/src/verify/checks/parts.ts';
import { FINAL, NOW, sampleReceipt, TRUST } from '../../packages/core/test/sample.ts';
import type { Figure } from '../figure.ts';
import { heapUsedBytes } from '../support/heap.ts';
import { mutateBytes, mutateValue } from './mutate.ts';
import { type Random, seeded } from './random.ts';

type Tally = {
  cases: number;
  accepted: number;
  unlisted: string[];
  slowestMs: number;
  /** Malformed receipts that went through every check, signatures included, and which of them were trusted. */
  verified: number;
  trusted: number;
};

/** A target takes one random case and says what came of it. */
type Target = (random: Random) => Result<unknown>;

/** What a verifier does up to the first signature. */
const readWhole = (bytes: Uint8Array): Result<ReceiptStatement> => {
  const receipt = parseReceipt(bytes);
  return receipt.ok ? parseStatement(receipt.value) : receipt;
};

const targetsOf = (receipt: Receipt, verify: (bytes: Uint8Array) => void): readonly (readonly [number, Target])[] => {
  const file = receiptBytes(receipt);
  const statement = unwrap(decode(encode(unwrap(parseStatement(receipt)))));
  const { claim } = (statement as { readonly predicate: { readonly claim: Json } }).predicate;
  const claimBytes = encode(claim);
  const trustBytes = utf8(JSON.stringify(TRUST));
  const note = utf8(receipt.log.checkpoint);
  const read = (bytes: Uint8Array): Result<unknown> => {
    const result = readWhole(bytes);
    if (result.ok) verify(bytes);
    return result;
  };
  const asFile = (value: Json): Result<Uint8Array> => {
    const bytes = tryEncode(value);
    return bytes.ok ? { ok: true, value: concatBytes(bytes.value, utf8('\n')) } : bytes;
  };
  const text = new TextDecoder();
  return [
    [20, (random) => read(mutateBytes(file, random))],
    [
      8,
      (random) => {
        const bytes = asFile(mutateValue(receipt as unknown as Json, random));
        return bytes.ok ? read(bytes.value) : bytes;
      },
    ],
    [
      12,
      (random) => {
        const payload = tryEncode(mutateValue(statement, random));
        if (!payload.ok) return payload;
        const envelope = { ...receipt.envelope, payload: toBase64(payload.value) };
        return read(receiptBytes({ ...receipt, envelope }));
      },
    ],
    [25, (random) => parseClaim(mutateValue(claim, random))],
    [
      25,
      (random) => {
        const value = decode(mutateBytes(claimBytes, random));
        return value.ok ? parseClaim(value.value) : value;
      },
    ],
    [5, (random) => openCheckpoint(text.decode(mutateBytes(note, random)))],
    [5, (random) => parseTrust(mutateBytes(trustBytes, random))],
  ];
};

const runCase = (target: Target, random: Random, tally: Tally, name: string): void => {
  try {
    const result = target(random);
    if (result.ok) tally.accepted++;
    else if (!Object.hasOwn(ERRORS, result.problem.code)) tally.unlisted.push(`${name}: ${result.problem.code}`);
  } catch (error) {
    tally.unlisted.push(`${name} threw ${String(error)}`);
  }
};

/** Above this a case is run again: a hang repeats, a busy machine does not. */
const SUSPECT_MS = 100;

/** Runs a case, again while it seems slow; the quickest of three runs counts as its time. */
const timeCase = (run: () => void): number => {
  let quickest = Number.POSITIVE_INFINITY;
  for (let runs = 0; runs < 3 && quickest > SUSPECT_MS; runs++) {
    const start = performance.now();
    run();
    quickest = Math.min(quickest, performance.now() - start);
  }
  return quickest;
};

type Verdict = (bytes: Uint8Array) => string;

/** Flips every bit of a receipt. Reading and digests refuse most; of the rest every fifth goes through all checks. */
const everyBit = (file: Uint8Array, verdictOf: Verdict): { readonly bits: number; readonly trusted: number } => {
  let trusted = 0;
  let left = 0;
  for (let bit = 0; bit < file.length * 8; bit++) {
    const changed = file.slice();
    changed[bit >> 3]! ^= 1 << (bit & 7);
    const statement = readWhole(changed);
    if (!statement.ok || changedParts(statement.value).length > 0) continue;
    if (left++ % 5 === 0 && verdictOf(changed) === 'trusted') trusted++;
  }
  return { bits: file.length * 8, trusted };
};

const megabytes = (bytes: number): number => Math.round(bytes / 1e5) / 10;

export type CoreFuzzOptions = { readonly cases?: number; readonly seed?: number; readonly verifyAtMost?: number };

/**
 * Fuzzes `cases` inputs (a million unless said) with a printed seed.
 * @returns figures for the topic `fuzz`; prints the first findings, if any
 */
export const coreFuzzFigures = async (options: CoreFuzzOptions = {}): Promise<Figure[]> => {
  const { cases = 1_000_000, seed = 20_261_121, verifyAtMost = 400 } = options;
  const receipt = await sampleReceipt({ evidence: FINAL.evidence.slice(0, 4) });
  const small = receiptBytes(await sampleReceipt({ evidence: [] }));
  const tally: Tally = { cases: 0, accepted: 0, unlisted: [], slowestMs: 0, verified: 0, trusted: 0 };
  const original = receiptBytes(receipt);
  const verdictOf: Verdict = (bytes) => {
    const { verdict, problems } = verifyReceipt(bytes, { trust: TRUST, now: NOW });
    for (const { code } of problems) if (!Object.hasOwn(ERRORS, code)) tally.unlisted.push(`verdict: ${code}`);
    return verdict;
  };
  const verify = (bytes: Uint8Array): void => {
    if (tally.verified >= verifyAtMost || sameBytes(bytes, original)) return;
    tally.verified++;
    if (verdictOf(bytes) === 'trusted') tally.trusted++;
  };
  assert.deepEqual([original, small].map(verdictOf), ['trusted', 'trusted'], 'the receipts to spoil are sound');
  const weighted = targetsOf(receipt, verify).flatMap(([weight, target]) => new Array<Target>(weight).fill(target));
  const until = (last: number): void => {
    for (; tally.cases < last; tally.cases++) {
      const { cases: i } = tally;
      const ms = timeCase(() => {
        const random = seeded(seed + i);
        runCase(random.pick(weighted), random, tally, `seed ${seed}, case ${i}`);
      });
      tally.slowestMs = Math.max(tally.slowestMs, ms);
    }
  };
  until(Math.min(cases, 20_000));
  const before = heapUsedBytes();
  until(cases);
  const grown = Math.max(0, heapUsedBytes() - before);
  const flipped = everyBit(small, verdictOf);
  for (const each of tally.unlisted.slice(0, 5)) console.error(`fuzz: ${each}`);
  const figure = (name: string, value: number, unit: string, goal: string, holds: boolean | null): Figure => ({
    name,
    value,
    unit,
    goal,
    holds,
    peer: '',
  });
  return [
    figure(
      'core: malformed receipts, claims, checkpoints, trust files',
      tally.cases,
      'cases',
      '>= 1000000',
      tally.cases >= 1_000_000,
    ),
    figure('core: answers that are not listed codes', tally.unlisted.length, 'cases', '0', tally.unlisted.length === 0),
    figure('core: bits of a receipt flipped one by one', flipped.bits, 'cases', '', null),
    figure(
      'core: changed receipts that were trusted',
      tally.trusted + flipped.trusted,
      'cases',
      '0',
      tally.trusted + flipped.trusted === 0,
    ),
    figure('core: slowest case', Math.round(tally.slowestMs * 10) / 10, 'ms', '<= 1000', tally.slowestMs <= 1000),
    figure('core: heap growth over the run', megabytes(grown), 'MB', '<= 64', grown <= 64e6),
  ];
};
