/** Runs that are claimed, and requests for them, as people read them before they agree. */
import { dirname } from 'node:path';
import { formatCents, formatDollars, type Problem } from '@surety/sdk/base';
import type { Secrecy } from '@surety/sdk/proofs';
import { moment, short } from './claim-words.ts';
import { spoken } from './duration.ts';
import type { Published } from './local/step-data.ts';
import { number } from './model-report.ts';
import { printSecrecy } from './proof-words.ts';
import type { Output } from './terminal/output.ts';
import { safe } from './terminal/safe.ts';

type RunOutput = {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly integers: readonly number[];
  readonly reals: readonly number[];
};

/** What both sides sign or accept. Amounts are micro-dollars as text. */
type Terms = {
  readonly priceMicroUsd: string;
  readonly bondMicroUsd: string;
  readonly windowSeconds: number;
  readonly clockSeconds: number;
  /** Unix seconds until which the request can be answered. */
  readonly deadline: number;
  readonly planned: {
    readonly bondMicroUsd: string;
    readonly windowSeconds: string;
    readonly clockSeconds: string;
  } | null;
};

/** Who finds a wrong claim, and by what: spec 14.2. */
export type Judged =
  /** Anybody who runs the program again. */
  | { readonly kind: 'run-again' }
  /** A contract that checks the whole proof. */
  | { readonly kind: 'checked'; readonly gas: string }
  /** Anybody who has the data of the proof; a contract carries out the step that is disputed. */
  | {
      readonly kind: 'steps';
      readonly steps: number;
      readonly dataBytes: number;
      readonly trace: string;
      readonly file: string;
      /** What claims name as their program, and the file of its architecture as it is published. */
      readonly program: string;
      readonly architecture: string;
      /** Proofs that the commitment hides the weights in, 0 for none, and whether the input is hidden. */
      readonly hides: { readonly proofs: number; readonly input: boolean };
    };

export type ReadyClaim = Terms & {
  readonly kind: 'ready';
  readonly chainId: number;
  readonly me: string;
  readonly claimId: string;
  readonly requester: string;
  /** Whether others may answer the request too. */
  readonly forAnybody: boolean;
  readonly callback: string | null;
  readonly premiumPpm: number;
  readonly outputs: readonly RunOutput[];
  readonly stakeMicroUsd: string;
  readonly rewardMicroUsd: string;
  readonly inputShown: boolean;
  readonly judged: Judged;
  /** `null` for the request of somebody else. */
  readonly plan: string | null;
  readonly chosen: string | null;
};

export type ClaimedRun = {
  readonly kind: 'claimed';
  readonly claimId: string;
  readonly file: string;
  readonly transaction: string | null;
  readonly gasUsed: string | null;
  readonly finalAt: number;
  /** File of the architecture, which others need to check a claim by steps; `null` where nothing was proved. */
  readonly architecture: string | null;
  /** What became of the proof that makes it final at once; `null` where there is none. */
  readonly proof:
    | { readonly transaction: string | null; readonly gasUsed: string | null }
    | { readonly problem: Problem }
    | null;
};

export type ReadyRequest = Terms & {
  readonly kind: 'ready';
  readonly judged: Judged['kind'];
  readonly requester: string;
  /** `null` for anybody. */
  readonly provider: string | null;
  readonly program: string;
  readonly input: string;
  readonly digest: string;
  readonly chainId: number;
  readonly arbiter: string;
  readonly plan: string;
  readonly chosen: string | null;
};

const SHOWN = 8;

const few = (numbers: readonly number[]): string =>
  `${numbers
    .slice(0, SHOWN)
    .map((value) => Number(value.toPrecision(6)))
    .join(', ')}${numbers.length > SHOWN ? `, … (${numbers.length} in all)` : ''}`;

const printOutputs = (out: Output, { outputs }: ReadyClaim): void => {
  const { bold, dim } = out.style;
  for (const { name, dtype, shape, reals } of outputs)
    out.line(`${bold(safe(name))} ${dim(`${dtype} [${shape.join(', ')}]`)}  ${few(reals)}`);
  out.line();
};

const printPlan = (out: Output, plan: string, valueMicroUsd: string): void => {
  const value = formatDollars(BigInt(valueMicroUsd));
  out.line(
    out.style.dim(
      `What the planner says if ${value} depend on the result (--value), in whole cents, rounded up. How many watch, and how well, is assumed: nobody measured it.`,
    ),
  );
  out.line(plan);
  out.line();
};

const printDoubts = (out: Output, { planned, bondMicroUsd, windowSeconds }: Terms): void => {
  const { yellow } = out.style;
  if (planned === null) return;
  const wanted = BigInt(planned.bondMicroUsd);
  if (BigInt(bondMicroUsd) < wanted) out.line(yellow(`  The planner would want a bond of ${formatCents(wanted)}.`));
  if (windowSeconds < Number(planned.windowSeconds))
    out.line(yellow(`  The planner would want a window of ${spoken(Number(planned.windowSeconds))}.`));
};

const isForSomebody = ({ requester, me }: ReadyClaim): boolean => requester.toLowerCase() !== me.toLowerCase();

const isHiding = (judged: Judged): boolean =>
  judged.kind === 'steps' && (judged.hides.proofs > 0 || judged.hides.input);

/** What a claim with a proof is, who has to watch it, and for how long. */
const printJudged = (
  out: Output,
  { judged, windowSeconds, clockSeconds, bondMicroUsd }: ReadyClaim,
  secrecy: readonly Secrecy[],
): void => {
  const bond = formatDollars(BigInt(bondMicroUsd));
  const { bold } = out.style;
  if (judged.kind === 'checked') {
    out.line(
      `${bold('You claim this result with a proof that the contract checks')}, for ${number(Number(judged.gas))} gas.`,
    );
    out.line('  It is final as soon as the proof is in the chain: there is no window, and nobody has to watch.');
    out.line(
      `  The bond of ${bond} comes back with it. Nothing is hidden: the weights are bound, and the proof tells something of them.`,
    );
    return;
  }
  if (judged.kind !== 'steps') return;
  const hidden = isHiding(judged);
  const why = hidden
    ? 'no contract checks a proof whole that hides anything, however small'
    : 'the proof is too large for one transaction';
  out.line(
    `${bold('You claim this result with a proof by steps')} and a bond of ${bond}: ${why}, so anybody may have any of its ${number(judged.steps)} steps carried out for ${spoken(windowSeconds)}; each side of a dispute has ${spoken(clockSeconds)}.`,
  );
  out.line(
    `  It assumes one honest challenger who has the ${number(judged.dataBytes)} bytes of its data; they go to your node, if one runs, before the claim is made. The contract checks no proof by itself.`,
  );
  if (hidden) printSecrecy(out, secrecy);
  else out.line('  Nothing is hidden: the weights are bound, and the proof tells something of them.');
};

/**
 * What the provider commits to.
 * @param secrecy what its proof hides and what not; read only of one that hides something
 */
export const printReadyClaim = (
  out: Output,
  ready: ReadyClaim,
  valueMicroUsd: string,
  secrecy: readonly Secrecy[],
): void => {
  const { bold, yellow } = out.style;
  printOutputs(out, ready);
  if (ready.plan !== null) printPlan(out, ready.plan, valueMicroUsd);
  const price = formatDollars(BigInt(ready.priceMicroUsd));
  const bond = formatDollars(BigInt(ready.bondMicroUsd));
  if (ready.judged.kind !== 'run-again') {
    printJudged(out, ready, secrecy);
    printDoubts(out, ready);
    out.line();
    return;
  }
  const forWhom = isForSomebody(ready) ? ` for ${ready.requester}` : '';
  out.line(
    `${bold(`You claim this result${forWhom}`)} with a bond of ${bond}; anybody may dispute it for ${spoken(ready.windowSeconds)}, each side of a dispute has ${spoken(ready.clockSeconds)}.`,
  );
  if (isForSomebody(ready)) {
    out.line(
      `  With it ${price} of the requester's are locked; they are yours once the claim is final, and go back if it is void.`,
    );
    out.line(
      '  The bond is locked until then. It is lost if somebody shows that the program gives another result, or if you leave a question unanswered.',
    );
    if (ready.forAnybody)
      out.line(yellow('  The request names no provider: whoever sees your answer may be faster with a copy of it.'));
    if (ready.callback !== null) out.line(`  The contract ${ready.callback} is told the result when it is final.`);
  }
  printDoubts(out, ready);
  if (!ready.inputShown)
    out.line(yellow('  The input is not shown with the claim: watchers can check it only if you give it to them.'));
  out.line();
};

const printProof = (out: Output, proof: NonNullable<ClaimedRun['proof']>): void => {
  const { bold, dim, green, yellow } = out.style;
  if ('problem' in proof) {
    out.line(yellow(`  Its proof did not get into the chain: ${safe(proof.problem.message)}`));
    out.line(yellow('  "surety watch" proves it; until then it is not final, and without a proof it never is.'));
    return;
  }
  out.line(`${green('✔')} ${bold('Proved on the chain, and final.')}`);
  if (proof.transaction !== null) out.line(dim(`  transaction ${proof.transaction}, ${proof.gasUsed} gas`));
};

const printPublished = (out: Output, data: Published): void => {
  const { dim, yellow } = out.style;
  if ('url' in data) {
    out.line(dim(`  The data of its proof: ${data.url}`));
    return;
  }
  out.line(yellow(`  The data of its proof are published nowhere: ${safe(data.problem.message)}`));
  out.line(
    yellow(
      '  Whoever means to check it has to ask for them on the chain: answer with "surety watch", or lose the bond.',
    ),
  );
};

export type Around = {
  /** What is paid for it; `null` where the request says so. */
  readonly price: string | null;
  /** Where the data of a proof by steps are; `null` where nobody needs any. */
  readonly data: Published | null;
  readonly judged: Judged;
};

export const printClaimed = (out: Output, claimed: ClaimedRun, { price, data, judged }: Around): void => {
  const { bold, dim, green, yellow } = out.style;
  const hidesWeights = judged.kind === 'steps' && judged.hides.proofs > 0;
  const { claimId, file, gasUsed, transaction, finalAt, proof, architecture } = claimed;
  out.line(`${green('✔')} Claimed: ${bold(claimId)}`);
  if (transaction !== null) out.line(dim(`  transaction ${transaction}, ${gasUsed} gas`));
  if (data !== null) {
    printPublished(out, data);
    out.line(
      dim(
        `  Whoever checks it needs ${hidesWeights ? 'its architecture' : 'the program or its architecture'}, ${architecture}: "surety watch --programs DIR".`,
      ),
    );
  }
  if (proof !== null) {
    printProof(out, proof);
    out.line(dim(`  How it stands: surety dispute ${claimId.slice(0, 10)}`));
    return;
  }
  out.line(dim(`  It becomes final after ${moment(finalAt)}, unless somebody disputes it.`));
  if (price !== null)
    out.line(dim(`  Then ${price} are yours: "surety watch --withdraw" makes it final and pays out.`));
  out.line(dim(`  What defends it is kept in ${dirname(file)}.`));
  out.line(
    yellow(
      '  Keep "surety watch" running until it is final: whoever does not answer a question in time loses the bond.',
    ),
  );
  out.line(dim(`  How it stands: surety dispute ${claimId.slice(0, 10)}`));
};

/** How the result is going to be shown, and what that assumes. */
const requestedLines = ({ judged, windowSeconds, clockSeconds }: ReadyRequest, bond: string): readonly string[] => {
  if (judged === 'checked')
    return [
      `  The provider locks a bond of ${bond} and proves the result on the chain within ${spoken(windowSeconds)}: the contract checks the proof, and nobody has to watch.`,
      '  Without a proof the price comes back.',
    ];
  const terms = `  The provider locks a bond of ${bond}; anybody may dispute the result for ${spoken(windowSeconds)}, each side of a dispute has ${spoken(clockSeconds)}.`;
  return judged === 'run-again'
    ? [terms]
    : [
        terms,
        '  It is claimed with a proof by steps: that it holds assumes one honest challenger who has the data of the proof. The contract checks no proof by itself.',
      ];
};

/** What the requester signs. */
export const printReadyRequest = (out: Output, ready: ReadyRequest, valueMicroUsd: string): void => {
  const { bold, yellow } = out.style;
  printPlan(out, ready.plan, valueMicroUsd);
  const price = formatDollars(BigInt(ready.priceMicroUsd));
  const bond = formatDollars(BigInt(ready.bondMicroUsd));
  const who = ready.provider === null ? 'whoever answers first' : ready.provider;
  out.line(`${bold('You sign a request')}: run program ${short(ready.program)} on input ${short(ready.input)}.`);
  out.line(`  You pay ${price} to ${who}; it can be answered until ${moment(ready.deadline)}.`);
  for (const line of requestedLines(ready, bond)) out.line(line);
  out.line(
    '  The price is deposited now, locked when somebody answers, and paid when the result is final. If that is refuted, you get it back.',
  );
  out.line('  Program and input become known to the provider, and to whoever watches.');
  if (ready.provider === null && ready.judged !== 'checked')
    out.line(
      yellow(
        '  Anybody can answer, also with a wrong result that only a watcher would find out: --provider names one.',
      ),
    );
  printDoubts(out, ready);
  out.line();
};
