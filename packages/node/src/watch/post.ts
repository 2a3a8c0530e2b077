/**
 * `@surety/node/claim` as a program: what `surety run --prove optimistic` runs. Runs a program once with its trace, for its own
 * request or for one that somebody signed, says on what terms, and posts the claim when it is told to go on.
 */
import { readFileSync } from 'node:fs';
import {
  attempt,
  type Chain,
  type Claim,
  type Contracts,
  claimIdOf,
  type DeployedTerms,
  NOBODY,
  type Request,
  readSent,
  readTerms,
  submit,
} from '@surety/chain';
import { SuretyError, to0x, toHex, unwrap } from '@surety/core';
import { listRoot, toReals } from '@surety/programs';
import { checkRequest } from './check-request.ts';
import type { Holdings } from './holdings.ts';
import { fund } from './money.ts';
import { type OwnRun, runHeld, shownWith } from './optimistic.ts';
import { planRun, type RunPlan } from './plan-run.ts';
import {
  agreed,
  connectHere,
  contractsOf,
  giveGas,
  ownAddress,
  type Places,
  readTask,
  runProgram,
  say,
} from './program.ts';
import { promisedMicroUsd } from './promised.ts';
import { holdingsOf, keepRecord, recordFile } from './records.ts';
import { readRequestFile, type SignedRequest } from './request-file.ts';
import { same } from './sides.ts';
import { type Named, type Subject, takeSubject } from './subject.ts';
import { checkTerms } from './terms.ts';

type Hex = `0x${string}`;

/** The provider's own request: amounts in micro-dollars as text, `null` where the planner is to say. */
export type OwnTerms = Subject & {
  readonly bondMicroUsd: string | null;
  readonly windowSeconds: number | null;
  readonly clockSeconds: number | null;
  readonly priceMicroUsd: string;
  /** What hangs on the result. */
  readonly valueMicroUsd: string;
};

export type ClaimTask = Places & {
  readonly home: string;
  readonly named: Named;
  /** Largest input, in bytes, that is shown together with the claim. */
  readonly showBytes: number;
  /** File of somebody's signed request; `null` for the own terms. */
  readonly request: string | null;
  readonly own: OwnTerms | null;
};

type Here = { readonly chain: Chain; readonly contracts: Contracts; readonly terms: DeployedTerms; readonly me: Hex };

/** What is claimed, for whom, and what that was signed with. */
type Answered = {
  readonly request: Request;
  readonly signature: Hex;
  readonly subject: Subject;
  readonly own: OwnRun;
  /** `null` for the request of somebody else, whose terms are what they are. */
  readonly plan: RunPlan | null;
};

const answerSigned = async (signed: SignedRequest, holdings: Holdings, task: ClaimTask): Promise<Answered> => {
  const { request, signature, program, steps, inputs } = signed;
  const subject = { program, steps, input: toHex(listRoot(inputs)) };
  takeSubject(task.home, holdings, subject, task.named);
  holdings.keepInput(inputs);
  return { request, signature, subject, own: await runHeld(holdings, subject), plan: null };
};

const answerOwn = async (terms: OwnTerms, holdings: Holdings, task: ClaimTask, here: Here): Promise<Answered> => {
  const { chain, contracts, me } = here;
  const subject = { program: terms.program, steps: terms.steps, input: terms.input };
  takeSubject(task.home, holdings, subject, task.named);
  const own = await runHeld(holdings, subject);
  const plan = await planRun(chain, here.terms, {
    checked: own.program.checked,
    steps: terms.steps,
    valueMicroUsd: BigInt(terms.valueMicroUsd),
    given: { ...terms, bondMicroUsd: terms.bondMicroUsd === null ? null : BigInt(terms.bondMicroUsd) },
  });
  const { timestamp } = unwrap(await attempt(chain, () => chain.reader.getBlock()));
  const request: Request = {
    requester: me,
    provider: me,
    program: to0x(own.run.program),
    input: to0x(own.run.input),
    verifier: contracts.tensorVerifier,
    priceMicroUsd: BigInt(terms.priceMicroUsd),
    ...plan.terms,
    deadline: timestamp + 3_600n,
    premiumPpm: 0,
    proofRequired: false,
    callback: NOBODY,
    nonce: BigInt(to0x(crypto.getRandomValues(new Uint8Array(32)))),
  };
  return { request, signature: '0x', subject, own, plan };
};

const outputsOf = ({ program, outputTensors }: OwnRun) =>
  outputTensors.map(({ dtype, shape, values }, i) => {
    const { name, encoding } = program.checked.outputs[i]!;
    return { name, dtype, shape, integers: Array.from(values), reals: toReals(values, encoding) };
  });

const sayReady = ({ request, own, plan }: Answered, claimId: Hex, inputShown: boolean, here: Here): void => {
  const { chain, contracts, terms, me } = here;
  const money = (ppm: bigint): bigint => (request.bondMicroUsd * ppm) / 1_000_000n;
  say({
    kind: 'ready',
    chainId: chain.chainId,
    arbiter: contracts.arbiter,
    me,
    claimId,
    requester: request.requester,
    priceMicroUsd: request.priceMicroUsd,
    deadline: Number(request.deadline),
    forAnybody: same(request.provider, NOBODY),
    callback: same(request.callback, NOBODY) ? null : request.callback,
    premiumPpm: request.premiumPpm,
    outputs: outputsOf(own),
    input: toHex(own.run.input),
    output: toHex(own.run.output),
    trace: toHex(own.run.trace),
    bondMicroUsd: request.bondMicroUsd,
    windowSeconds: request.windowSeconds,
    clockSeconds: request.clockSeconds,
    stakeMicroUsd: money(terms.stakePpm),
    rewardMicroUsd: money(terms.rewardPpm),
    inputShown,
    plan: plan?.text ?? null,
    chosen: plan?.chosen ?? null,
    planned: plan?.planned ?? null,
  });
};

/** Checks all that can be checked before anything is run. */
const openTask = async (task: ClaimTask, here: Here): Promise<SignedRequest | OwnTerms> => {
  if (task.request !== null) {
    const signed = unwrap(readRequestFile(readFileSync(task.request, 'utf8')));
    unwrap(await checkRequest(signed, here));
    return signed;
  }
  const { own } = task;
  if (own === null)
    throw new SuretyError({ code: 'config.invalid', message: 'There is nothing to claim.', next: 'Use "surety run".' });
  const bondMicroUsd = own.bondMicroUsd === null ? null : BigInt(own.bondMicroUsd);
  unwrap(checkTerms({ ...own, bondMicroUsd }, here.terms));
  return own;
};

const run = async (): Promise<void> => {
  const task = readTask<ClaimTask>();
  const chain = await connectHere();
  const me = ownAddress(chain);
  const contracts = contractsOf(chain.chainId, task);
  const here: Here = { chain, contracts, me, terms: unwrap(await readTerms(chain, contracts)) };
  const about = await openTask(task, here);
  await giveGas(chain, me);
  const holdings = await holdingsOf(task.home);
  const answered = await ('signature' in about
    ? answerSigned(about, holdings, task)
    : answerOwn(about, holdings, task, here));
  const { request, signature, subject, own } = answered;
  const claim: Claim = { request, provider: me, output: to0x(own.run.output), trace: to0x(own.run.trace) };
  const claimId = claimIdOf(claim, { chainId: chain.chainId, arbiter: contracts.arbiter });
  const shown = await shownWith(own, task.showBytes);
  // The first one is about the trace.
  sayReady(answered, claimId, shown.length > 1, here);
  if (!(await agreed())) return say({ kind: 'declined' });
  const promised = unwrap(await promisedMicroUsd(chain, contracts, task.home));
  const price = same(request.requester, me) ? request.priceMicroUsd : 0n;
  unwrap(await fund(chain, contracts, promised + request.bondMicroUsd + price, claimId));
  // Before it is sent: what is on the chain can be defended, whatever happens next.
  keepRecord(task.home, { claimId, chainId: chain.chainId, arbiter: contracts.arbiter, ...subject });
  const sent = await submit(chain, contracts, { kind: 'claim', claim, signature, shown });
  if (sent.kind === 'refused' || sent.kind === 'lost') throw new SuretyError(sent.problem);
  // The window begins in the block that has the claim.
  const madeAt =
    sent.kind === 'mined'
      ? unwrap(await readSent(chain, contracts, sent.hash)).at
      : Number(unwrap(await attempt(chain, () => chain.reader.getBlock())).timestamp);
  say({
    kind: 'claimed',
    claimId,
    file: recordFile(task.home, claimId),
    transaction: sent.kind === 'mined' ? sent.hash : null,
    gasUsed: sent.kind === 'mined' ? sent.gasUsed : null,
    finalAt: madeAt + request.windowSeconds,
  });
};

runProgram(run);
