/** The moves of claims about proofs, as the wire has them (spec 20.8). */
import type { ClaimView } from '@surety/chain';
import { NO_RECORD } from '@surety/proofs';
import { decodeStepQuestion, type StepQuestion } from '@surety/proofs/zk';
import type { RunAnswer, RunQuestion } from '@surety/protocol';
import type { ReadClaim, ReadExchange } from './explained.ts';
import { KnownProgram } from './known-program.ts';

type Hex = `0x${string}`;

/** Steps and chunks have numbers of 32 bits. */
const LAST = 2 ** 32 - 1;

const bytesOf = (hex: Hex): Uint8Array => new Uint8Array(Buffer.from(hex.slice(2), 'hex'));

const wireStepQuestion = (question: StepQuestion): RunQuestion => {
  if (question.kind === 'step') return question;
  const { first, count } = question;
  if (question.kind === 'chunks') return { kind: 'data', chunks: { first, last: Math.min(first + count - 1, LAST) } };
  const perHash = 2 ** question.level;
  const leaves = { first: Math.min(first * perHash, LAST), last: Math.min((first + count) * perHash - 1, LAST) };
  return { kind: 'records', leaves, perHash };
};

const SHOWS = { data: 'data', records: 'records', step: 'step', proof: 'proof' } as const;

const showsOf = ({ kind }: RunQuestion): RunAnswer['shows'] =>
  kind in SHOWS ? SHOWS[kind as keyof typeof SHOWS] : 'nothing-there';

/** HEAD alone is the answer about what lies beyond the end. */
const HEAD_BYTES = 104;

const read =
  (kind: 'proof' | 'proof-steps') =>
  ({ question: asked, answer }: { readonly question: Hex; readonly answer: Hex | null }): ReadExchange => {
    const step = kind === 'proof' ? null : decodeStepQuestion(bytesOf(asked));
    const question: RunQuestion =
      kind === 'proof' ? { kind } : step === null ? { kind: 'unread' } : wireStepQuestion(step);
    if (answer === null) return { question, answer: null };
    const bytes = bytesOf(answer).length;
    const shows = kind === 'proof-steps' && bytes <= HEAD_BYTES ? 'nothing-there' : showsOf(question);
    return { question, answer: { bytes, shows, opened: null } };
  };

/** Reads all moves of a claim about a proof: what the contract took says by its question what it shows. */
export const readProofMoves = (view: ClaimView, kind: 'proof' | 'proof-steps'): ReadClaim => ({
  program: new KnownProgram(null),
  shown: view.shown.map(read(kind)),
  disputes: view.disputes.map(({ exchanges }) => ({
    exchanges: exchanges.map(read(kind)),
    spot: null,
    record: NO_RECORD,
  })),
});
