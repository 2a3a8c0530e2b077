/**
 * Verification of a receipt: bytes and pinned trust in, four links and a verdict out. Offline and pure; what is not
 * shown is said. The order of checks is that of `spec/07-receipt.md`, section 7.5.
 */
import { concatBytes, fromBase64, utf8 } from '../bytes.ts';
import { idOf, tryEncode } from '../canonical.ts';
import type { QuestionClaim } from '../claim.ts';
import { claimIdOf } from '../claim-shape.ts';
import { ERRORS, ok, type Problem, type Result } from '../errors.ts';
import { type Finding, LINKS, type Link } from '../finding.ts';
import { sha256Hex } from '../hash.ts';
import type { Receipt, ReceiptStatement } from '../receipt.ts';
import { parseReceipt, parseStatement } from '../receipt-shape.ts';
import type { Trust } from '../trust.ts';
import { broken, type Check, type FreshAnswer, type Opened } from './check.ts';
import { checkContractSignature } from './checks/contract-signature.ts';
import { checkCover } from './checks/cover.ts';
import { checkEnvelope } from './checks/envelope.ts';
import { checkIssuer } from './checks/issuer.ts';
import { checkLaterRulings } from './checks/later-rulings.ts';
import { checkLog } from './checks/log.ts';
import { checkNetwork } from './checks/network.ts';
import { changedFindings, changedParts, checkParts } from './checks/parts.ts';
import { checkTime } from './checks/time.ts';
import type { EvidenceContext, ProgramRegistry, ProgramRun, ReplayMarket } from './context.ts';
import { decisionFinding } from './decision.ts';
import { verifyEvidence } from './evidence.ts';
import { findingAbout } from './finding-of.ts';
import { inputFindings } from './inputs.ts';

export type Verdict =
  /** Issued by pinned keys, in a pinned log, unchanged. Says nothing about whether the answer is right. */
  | 'trusted'
  /** Not a receipt, or bytes of it were changed so that it no longer reads. */
  | 'malformed'
  /** Reads, but a signature, proof, digest or piece of evidence contradicts it. */
  | 'refuted'
  | 'self-signed'
  | 'foreign-network'
  | 'development'
  | 'unlogged'
  /** Authentic, but a later ruling replaced its answer. */
  | 'replaced';

export type VerifyOptions = {
  readonly trust: Trust;
  /** Unix seconds. */
  readonly now: number;
  /** EIP-55 address of whoever relies on the receipt: is the cover for them? */
  readonly relyingParty?: string;
  readonly fresh?: FreshAnswer;
  readonly programs?: ProgramRegistry;
  readonly replayMarket?: ReplayMarket;
  readonly plainWords?: (claim: QuestionClaim) => string;
};

export type Verification = {
  readonly verdict: Verdict;
  /** 0 only for `trusted`. */
  readonly exitCode: number;
  /** Why it is not trusted, the gravest first; empty when trusted. */
  readonly problems: readonly Problem[];
  /** Paths of what was changed, as far as signatures and digests can tell. */
  readonly changed: readonly string[];
  readonly receiptId: string | null;
  readonly claimId: string | null;
  /** What the receipt says; `null` when it does not read. Not a finding. */
  readonly statement: ReceiptStatement | null;
  readonly logSize: number | null;
  readonly links: Readonly<Record<Link, readonly Finding[]>>;
  readonly checks: readonly Check[];
  /** Plain sentences a person must see, most important first. */
  readonly sayings: readonly string[];
};

const VERDICT_OF_CODE: Readonly<Record<string, Verdict>> = {
  'receipt.self-signed': 'self-signed',
  'receipt.foreign-network': 'foreign-network',
  'receipt.development': 'development',
  'receipt.unknown-log': 'unlogged',
  'receipt.too-few-witnesses': 'unlogged',
  'receipt.replaced': 'replaced',
};

/** Gravest first. */
const ORDER: readonly Verdict[] = ['refuted', 'self-signed', 'foreign-network', 'development', 'unlogged', 'replaced'];

const verdictOf = (problem: Problem): Verdict => VERDICT_OF_CODE[problem.code] ?? 'refuted';

const grouped = (findings: readonly Finding[]): Verification['links'] => {
  const of = (link: Link): readonly Finding[] => {
    const own = findings.filter((finding) => finding.link === link);
    return own.length > 0 ? own : [nothing(link)];
  };
  return { intent: of('intent'), input: of('input'), program: of('program'), output: of('output') };
};

const nothing = (link: Link, summary = `No evidence for the ${link} is attached.`): Finding =>
  findingAbout(link, 'none', {
    holds: 'not-shown',
    summary,
    assumes: [`the issuer, for the whole of the ${link}`],
    doesNotProve: [`anything about the ${link}`],
  });

const malformed = (problem: Problem, checks: readonly Check[]): Verification => ({
  verdict: 'malformed',
  exitCode: 1,
  problems: [problem],
  changed: problem.field === undefined || problem.field === '' ? [] : [problem.field],
  receiptId: null,
  claimId: null,
  statement: null,
  logSize: null,
  links: grouped(LINKS.map((link) => nothing(link, 'The receipt could not be read.'))),
  checks,
  sayings: [problem.message, problem.next],
});

/** Runs each program once for each input. */
const once = (programs: ProgramRegistry): ProgramRegistry => {
  const runs = new Map<string, ProgramRun>();
  return {
    run: (program, input, adapter) => {
      const key = `${program}\n${adapter ?? ''}\n${idOf(input)}`;
      const run = runs.get(key) ?? programs.run(program, input, adapter);
      runs.set(key, run);
      return run;
    },
  };
};

const findingsOf = (statement: ReceiptStatement, options: VerifyOptions): readonly Finding[] => {
  const { predicate } = statement;
  const { claim, evidence } = predicate;
  const { programs, replayMarket, plainWords } = options;
  const context: EvidenceContext = {
    network: predicate.network,
    issuedAt: predicate.issuedAt,
    probabilitiesPpm: predicate.probabilitiesPpm,
    personIssuers: options.trust.personIssuers ?? [],
    ...(programs === undefined ? {} : { programs: once(programs) }),
    ...(replayMarket === undefined ? {} : { replayMarket }),
    ...(plainWords === undefined ? {} : { plainWords }),
  };
  return [
    ...evidence.map((piece) => verifyEvidence(claim, piece, context)),
    ...inputFindings(claim, evidence, context),
    decisionFinding(predicate),
  ];
};

const refutedProblem = (finding: Finding): Problem => ({
  code: 'receipt.refuted',
  message: `${finding.link}: ${finding.summary}`,
  next: 'Do not rely on it; get the receipt again from whoever issued it.',
  field: finding.source,
});

/** Where the change is, as far as the checks together can tell. */
const locate = (checks: readonly Check[], parts: readonly string[]): readonly string[] => {
  if (parts.length > 0) return parts.map((part) => `predicate.${part}`);
  return checks.flatMap((check) => (check.holds === 'refuted' && check.problem?.field ? [check.problem.field] : []));
};

const sayingsOf = (checks: readonly Check[], statement: ReceiptStatement): readonly string[] => {
  const said = (name: Check['name']): string[] =>
    checks.flatMap((check) => (check.name === name ? [check.summary] : []));
  const development = statement.predicate.network.environment === 'development';
  return [
    ...(development ? ['DEVELOPMENT: no real money stands behind this receipt.'] : []),
    ...said('later-rulings'),
    ...said('cover'),
    ...statement.predicate.assumes.map((assumption) => `The issuer states: ${assumption}`),
  ];
};

/** Without both signatures nothing is authentic: a check that rests on them keeps only what it shows by itself. */
const withoutSignature = (check: Check): Check => {
  const proves = check.proves.filter(({ property }) => property !== 'authenticity');
  if (check.holds === 'refuted' || proves.length === check.proves.length) return check;
  return {
    ...check,
    holds: proves.length === 0 ? 'not-shown' : check.holds,
    summary: `Its signatures do not hold; it only says of itself: ${check.summary}`,
    proves,
    assumes: ['that the issuer signed this, which is not so as it stands', ...check.assumes],
  };
};

const judge = (opened: Opened, envelope: Check, options: VerifyOptions): Verification => {
  const { statement } = opened;
  const parts = changedParts(statement);
  const log = checkLog(opened);
  const isTrusted = (receipt: Receipt): Problem | null => {
    const { fresh: _, ...rest } = options;
    const problem = verifyReceipt(receipt, rest).problems[0];
    return problem === undefined || problem.code === 'receipt.replaced' ? null : problem;
  };
  const contractSignature = checkContractSignature(opened);
  const issuer = checkIssuer(opened);
  const resting: readonly Check[] = [
    issuer,
    checkNetwork(opened),
    ...log.checks,
    checkTime(opened),
    checkCover(opened, { relyingParty: options.relyingParty ?? null, isPinned: issuer.holds === 'shown' }),
    checkLaterRulings(opened, log.checkpoint, {
      isTrusted,
      ...(options.fresh === undefined ? {} : { fresh: options.fresh }),
    }),
  ];
  const isSigned = envelope.holds === 'shown' && contractSignature.holds === 'shown';
  const checks: readonly Check[] = [
    checkParts(parts),
    envelope,
    contractSignature,
    ...(isSigned ? resting : resting.map(withoutSignature)),
  ];
  const findings = [...changedFindings(statement, parts), ...findingsOf(statement, options)];
  const problems = [
    ...checks.flatMap((check) => check.problem ?? []),
    ...findings.filter((finding) => finding.holds === 'refuted').map(refutedProblem),
  ].sort((a, b) => ORDER.indexOf(verdictOf(a)) - ORDER.indexOf(verdictOf(b)));
  const [gravest] = problems;
  return {
    verdict: gravest === undefined ? 'trusted' : verdictOf(gravest),
    exitCode: gravest === undefined ? 0 : ERRORS[gravest.code].exit,
    problems,
    changed: locate(checks, parts),
    receiptId: opened.receiptId,
    claimId: claimIdOf(statement.predicate.claim),
    statement,
    logSize: log.checkpoint?.size ?? null,
    links: grouped(findings),
    checks,
    sayings: sayingsOf(checks, statement),
  };
};

/** Bytes as they are; a value that was parsed elsewhere is written again, so that it is read as strictly. */
const bytesOf = (input: Uint8Array | Receipt): Result<Uint8Array> => {
  if (input instanceof Uint8Array) return ok(input);
  const encoded = tryEncode(input);
  return encoded.ok ? ok(concatBytes(encoded.value, utf8('\n'))) : encoded;
};

/**
 * Verifies a receipt against pinned trust. Never throws for what it is given, whatever the bytes.
 * @param input the bytes of a receipt file, or a receipt that was read already
 */
export const verifyReceipt = (input: Uint8Array | Receipt, options: VerifyOptions): Verification => {
  const bytes = bytesOf(input);
  const parsed = bytes.ok ? parseReceipt(bytes.value) : bytes;
  if (!parsed.ok) return malformed(parsed.problem, [broken('file', parsed.problem)]);
  const receipt = parsed.value;
  const payload = fromBase64(receipt.envelope.payload, { field: 'envelope.payload' });
  if (!payload.ok) return malformed(payload.problem, [broken('file', payload.problem)]);
  const envelope = checkEnvelope(receipt, payload.value);
  const statement = parseStatement(receipt);
  if (!statement.ok) {
    const field = statement.problem.field ? `envelope.payload: ${statement.problem.field}` : 'envelope.payload';
    const problem: Problem = { ...statement.problem, field };
    return malformed(problem, [broken('file', problem), envelope]);
  }
  const opened: Opened = {
    receipt,
    payload: payload.value,
    receiptId: sha256Hex(payload.value),
    statement: statement.value,
    trust: options.trust,
    now: options.now,
  };
  return judge(opened, envelope, options);
};

/** All findings of a verification in the order of the links. */
export const allFindings = (verification: Verification): readonly Finding[] =>
  LINKS.flatMap((link) => verification.links[link]);
