/** Claims and their disputes as people read them in a terminal: the words are those of the page, `@surety/sdk/runs`. */
import { formatDollars } from '@surety/sdk/base';
import {
  ANNULLED_WORDS,
  answerWords,
  claimMove,
  disputeMoves,
  disputeState,
  endMove,
  isIterated,
  nativeWords,
  nextMove,
  noSpotWords,
  outcomeColumns,
  outcomesOf,
  programName,
  questionWords,
  ROUTE_WORDS,
  type Run,
  type RunDispute,
  type RunSide,
  type RunSummary,
  refutationReason,
  SHARE_VERBS,
  type Share,
  SIDE_NAMES,
  STAGE_NAMES,
  spotWords,
  stageOf,
  stepsWords,
  type ToldMove,
  valueText,
} from '@surety/sdk/runs';
import { nextCommand } from './claim-next.ts';
import { spoken } from './duration.ts';
import type { Output } from './terminal/output.ts';
import { safe } from './terminal/safe.ts';
import { table, wrap } from './terminal/table.ts';

const money = (microUsd: string): string => formatDollars(BigInt(microUsd));

/** Ids and addresses cut to what tells them apart. */
export const short = (id: string): string => {
  const whole = id.startsWith('0x') ? id : `0x${id}`;
  return `${whole.slice(0, 10)}…${whole.slice(-4)}`;
};

/** A moment in local time. */
export const moment = (seconds: number): string =>
  new Date(seconds * 1_000).toLocaleString(undefined, { dateStyle: 'short', timeStyle: 'medium' });

/** A deadline in local time, and how long there is by the chain's clock. */
export const deadline = (seconds: number, chainSeconds: number): string => {
  const left = seconds - chainSeconds;
  return `${moment(seconds)} (${left >= 0 ? `${spoken(left)} left` : `${spoken(-left)} ago`})`;
};

/** What has to happen next, by when, as a sentence. */
const dueWords = (run: RunSummary, now: number): string => {
  const { side, what, before } = nextMove(run, now);
  if (before === null) return what;
  return `${what.replace(/\.$/, '')} ${side === 'anybody' ? 'until' : 'by'} ${deadline(before, now)}.`;
};

const named = (run: RunSummary): string => {
  const steps = stepsWords(run);
  return `${safe(programName(run))}${steps === '' ? '' : `, ${steps}`}`;
};

const isMe = (account: string, me: string | null): boolean => account.toLowerCase() === me?.toLowerCase();

const whose = (account: string, me: string | null): string => (isMe(account, me) ? 'you' : short(account));

const disputesWords = ({ disputes, openDisputes }: RunSummary): string => {
  if (disputes === 0) return 'no dispute';
  const all = `${disputes} dispute${disputes === 1 ? '' : 's'}`;
  return openDisputes === 0 ? all : `${all}, ${openDisputes} open`;
};

const stageWord = (out: Output, run: RunSummary, now: number): string => {
  const { bold, red, yellow } = out.style;
  const stage = stageOf(run, now);
  if (run.state === 'void') return red(STAGE_NAMES[stage]);
  return (run.turn === null ? bold : yellow)(STAGE_NAMES[stage]);
};

/** What stood or stands in it for a provider that was asked by somebody else; `null` for its own requests. */
const requestWords = ({ requester, provider, priceMicroUsd, state }: RunSummary, me: string | null): string | null => {
  if (isMe(requester, provider)) return null;
  const mine = isMe(requester, me);
  const who = mine ? 'You' : short(requester);
  const price = money(priceMicroUsd);
  if (state === 'open') return `${who} ${mine ? 'pay' : 'pays'} ${price} if it becomes final.`;
  return state === 'final' ? `${who} paid ${price}.` : `${price} went back to ${mine ? 'you' : who}.`;
};

/** Claims, a few lines each: what it is, and who has to do what by when. */
export const printClaims = (out: Output, runs: readonly RunSummary[], now: number, me: string | null): void => {
  const { dim } = out.style;
  const head = ['claim', 'program', 'state', 'bond', 'disputes', 'provider'].map(dim);
  const rows = runs.map((run) => [
    short(run.claimId),
    named(run),
    stageWord(out, run, now),
    money(run.bondMicroUsd),
    disputesWords(run),
    whose(run.provider, me),
  ]);
  const [first = '', ...lines] = table([head, ...rows], { right: [3] });
  out.line(first);
  for (const [i, line] of lines.entries()) {
    out.line(line);
    const run = runs[i]!;
    const { side, otherwise, before } = nextMove(run, now);
    const free = side === 'anybody' && before === null ? ` ${otherwise}` : '';
    out.line(dim(`  ${dueWords(run, now)}${free}`));
    const asked = requestWords(run, me);
    if (asked !== null) out.line(dim(`  ${asked}`));
  }
};

const LABEL = 13;

const row = (out: Output, name: string, text: string): void => {
  const indent = ' '.repeat(LABEL + 2);
  out.line(`  ${out.style.dim(name.padEnd(LABEL))}${wrap(text, out.width, indent)}`);
};

const printTurn = (out: Output, run: Run): void => {
  const { bold, dim } = out.style;
  const { now } = run.chain;
  out.line(`  ${bold(dueWords(run, now))}`);
  out.line(`  ${nextMove(run, now).otherwise}`);
  const live = run.disputed.filter(({ turn }) => turn !== null);
  if (run.state !== 'open' || live.length < 2) return;
  for (const { number, turn } of live)
    if (turn !== null) out.line(dim(`  Dispute ${number}: the ${turn.side} has until ${deadline(turn.before, now)}.`));
};

const printSpot = (out: Output, run: Run): void => {
  const { bold, dim, red } = out.style;
  const { spot } = run;
  const refutation = run.end?.kind === 'void' ? run.end.refutation : null;
  if (spot === null && refutation === null && run.disputes === 0) return;
  out.line();
  out.line(bold(run.state === 'open' ? 'What is disputed' : 'What was disputed'));
  if (spot === null) {
    out.line(`  ${noSpotWords(run.route.kind)}`);
  } else {
    const { place, elements } = spotWords(spot, isIterated(run));
    out.line(`  ${elements === null ? place : `${elements} of ${place}`} ${dim('(counted from 0)')}`);
    if (spot.claimed !== null) row(out, 'provider', red(valueText(spot.claimed)));
    if (spot.computed !== null)
      row(out, spot.computedBy === 'own-run' ? 'your own run' : 'computed', bold(valueText(spot.computed)));
  }
  if (refutation !== null) out.line(`  ${refutationReason(refutation)}`);
};

const shareWords = ({ kind, microUsd, what }: Share): string => `${SHARE_VERBS[kind]}${money(microUsd)} (${what})`;

const accountWords = ({ side, account }: RunSide, me: string | null): string => {
  if (account !== null) return whose(account, me);
  return side === 'challenger' ? 'nobody yet' : '';
};

const printOutcomes = (out: Output, run: Run, me: string | null): void => {
  const { bold } = out.style;
  out.line();
  out.line(bold(run.state === 'open' ? 'What each side stands to lose' : 'Who got what'));
  if (run.state === 'annulled') out.line(`  ${ANNULLED_WORDS}`);
  for (const [title, of] of run.state === 'annulled' ? [] : outcomeColumns(run)) {
    out.line(`  ${title}`);
    const rows = outcomesOf(run).flatMap((side) => {
      const shares = of(side);
      if (shares.length === 0) return [];
      const { dispute } = side;
      const who = `${SIDE_NAMES[side.side]}${dispute === null ? '' : ` of dispute ${dispute}`}`;
      return [[`    ${who}`, accountWords(side, me), shares.map(shareWords).join('; ')]];
    });
    for (const line of table(rows)) out.line(line);
  }
};

const printMove = (out: Output, { who, at, transaction, words, prepaidWei }: ToldMove): void => {
  const { dim } = out.style;
  const indent = '      ';
  out.line(`    ${who} ${dim(`${moment(at)}, transaction ${short(transaction)}`)}`);
  out.line(`${indent}${wrap(words, out.width, indent)}`);
  if (prepaidWei !== null && prepaidWei !== '0')
    out.line(dim(`${indent}Prepaid ${nativeWords(prepaidWei)} of the chain's currency for the gas of the answer.`));
};

const printDispute = (out: Output, run: Run, dispute: RunDispute, me: string | null): void => {
  out.line(`  Dispute ${dispute.number} by ${whose(dispute.challenger, me)}, ${disputeState(run, dispute)}`);
  for (const move of disputeMoves(run, dispute)) printMove(out, move);
};

const printMoves = (out: Output, run: Run, me: string | null): void => {
  const { bold, dim } = out.style;
  const iterated = isIterated(run);
  out.line();
  out.line(bold('Every move so far'));
  printMove(out, claimMove(run));
  for (const { question, answer } of run.shown)
    out.line(`      ${wrap(`${questionWords(question, iterated)} ${answerWords(answer)}`, out.width, '      ')}`);
  for (const dispute of run.disputed) printDispute(out, run, dispute, me);
  const last = endMove(run);
  if (last !== null) printMove(out, last);
  if (run.disputed.length === 0 && run.state === 'open') out.line('  Nobody has disputed it.');
  if (run.disputed.length > 0)
    out.line(dim('  Hashes narrow down where the two runs begin to differ; the values there decide.'));
};

/** What the trace of a claim is the root of. */
const TRACES = {
  tensor: 'every value in between',
  'proof-steps': 'the data of the proof and what every step of its verifier writes',
  other: 'what its route says',
} as const;

const printFacts = (out: Output, run: Run, me: string | null): void => {
  const { bold } = out.style;
  const { program, chain } = run;
  out.line();
  out.line(bold('The claim'));
  row(out, 'program', `0x${program.id} (${program.held ? 'held here' : 'not held here'})`);
  row(out, 'input', `0x${run.input}`);
  row(out, 'output', `0x${run.output}`);
  row(out, 'route', `${run.route.verifier}, which ${ROUTE_WORDS[run.route.kind]}`);
  if (run.route.kind !== 'proof') row(out, 'trace', `0x${run.trace} (commits to ${TRACES[run.route.kind]})`);
  row(out, 'requester', isMe(run.requester, me) ? `${run.requester} (you)` : run.requester);
  row(out, 'provider', isMe(run.provider, me) ? `${run.provider} (you)` : run.provider);
  row(out, 'bond', `${money(run.bondMicroUsd)}${run.environment === 'development' ? ', in development dollars' : ''}`);
  row(out, 'price', money(run.priceMicroUsd));
  if (BigInt(run.cover.reservedMicroUsd) > 0n) row(out, 'cover', `${money(run.cover.reservedMicroUsd)} reserved`);
  row(
    out,
    'window',
    `${spoken(run.windowSeconds)} for disputes, until ${run.state === 'open' ? deadline(run.windowEndsAt, chain.now) : moment(run.windowEndsAt)}`,
  );
  if (run.proofRequired) row(out, 'proof', 'paid only for a proof on the chain within the window');
  row(out, 'clock', `${spoken(run.clockSeconds)} for each side of a dispute, for all its moves`);
  row(out, 'chain', `${chain.chainId}, block ${chain.block}, arbiter ${chain.arbiter}`);
};

const printFinding = (out: Output, { finding }: Run): void => {
  const { bold, red } = out.style;
  const { holds, summary, assumes, doesNotProve } = finding;
  out.line();
  out.line(bold('What this shows, and what not'));
  row(out, holds === 'refuted' ? red('refuted') + ' '.repeat(LABEL - 7) : holds.replace('-', ' '), summary);
  if (assumes.length > 0) row(out, 'assumes', assumes.join('; '));
  row(out, 'not proved', doesNotProve.join('; '));
};

/**
 * Everything about one claim.
 * @param me address of this folder's key, where it has one
 */
export const printClaim = (out: Output, run: Run, me: string | null): void => {
  const { bold, dim } = out.style;
  const { now } = run.chain;
  out.line(`${bold(named(run))}  ${stageWord(out, run, now)}  ${dim(`claim 0x${run.claimId}`)}`);
  out.line();
  printTurn(out, run);
  const next = nextCommand(run, now, me);
  if (next !== null) out.line(`  ${wrap(next, out.width, '  ')}`);
  printSpot(out, run);
  printOutcomes(out, run, me);
  printMoves(out, run, me);
  printFinding(out, run);
  printFacts(out, run, me);
};
