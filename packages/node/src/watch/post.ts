/**
 * `@surety/node/claim` as a program: what `surety run` runs for a claim with a bond. Runs a program once, with its trace or with a proof,
 * for its own request or for one that somebody signed, says on what terms, and posts the claim when it is told to go on.
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
import { type CheckedProgram, listRoot, type Tensor, toReals } from '@surety/programs';
import type { Run as RunIds } from '@surety/proofs';
import { onChainProofFacts, type Privacy } from '@surety/proofs/planner';
import type { ChainRoute, ClaimHides } from '@surety/proofs/zk';
import { checkRequest } from './check-request.ts';
import type { Holdings } from './holdings.ts';
import { fund } from './money.ts';
import { runHeld, shownWith } from './optimistic.ts';
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
import { proofVerifierOf } from './proofs/claim-program.ts';
import { keepArchitecture, keepProof, keepPublishedArchitecture, keepStepData } from './proofs/held.ts';
import { type ProvedRun, proveHeld } from './proofs/prove-held.ts';
import { hiddenBy, type ProofFiles, provedBefore } from './proofs/proved-before.ts';
import { holdingsOf, keepRecord, recordFile } from './records.ts';
import { readRequestFile, type SignedRequest } from './request-file.ts';
import { same } from './sides.ts';
import { type Named, type Prove, type Subject, takeSubject } from './subject.ts';
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
  /** `zk`: with a proof that a contract judges; `optimistic`: anybody may run it again. */
  readonly prove: Prove;
  /** Of a proof that hides: where it is, made by whoever keeps the secrets; `null` for one that is made here. */
  readonly proved: ProofFiles | null;
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
  readonly program: CheckedProgram;
  readonly outputs: readonly Tensor[];
  readonly run: RunIds;
  /** Answers in advance. */
  readonly shown: Awaited<ReturnType<typeof shownWith>>;
  readonly inputShown: boolean;
  /** `null` where anybody runs the program again. */
  readonly proved: ProvedRun | null;
  /** `null` for the request of somebody else, whose terms are what they are. */
  readonly plan: RunPlan | null;
};

/** Hidden from whoever relies on the result. */
const privacyOf = ({ proofs, input }: ClaimHides): Privacy => {
  if (proofs > 0) return input ? 'private-both' : 'private-weights';
  return input ? 'private-input' : 'public';
};

type Ran = Pick<Answered, 'program' | 'outputs' | 'run' | 'shown' | 'inputShown' | 'proved'>;

const ranAgain = async (holdings: Holdings, subject: Subject, showBytes: number): Promise<Ran> => {
  const own = await runHeld(holdings, subject);
  const shown = await shownWith(own, showBytes);
  const { run, outputTensors } = own;
  // The first one is about the trace.
  const inputShown = shown.length > 1;
  return { program: own.program.checked, outputs: outputTensors, run, shown, inputShown, proved: null };
};

/** What a contract checks, or carries out the steps of, needs nothing shown in advance. */
const ranWith = (proved: ProvedRun): Ran => {
  const { program, outputs, run } = proved;
  return { program, outputs, run, shown: [], inputShown: true, proved };
};

const ranProved = async (
  subject: Subject,
  holdings: Holdings,
  { chain, contracts }: Here,
  route: ChainRoute | null,
): Promise<Ran> => {
  const proved = await proveHeld(chain, contracts, holdings, subject, (at) => say({ kind: 'proving', at }), route);
  return ranWith(proved);
};

/** The contract that judges a run. */
const verifierOf = (contracts: Contracts, proved: ProvedRun | null): Hex =>
  proved === null ? contracts.tensorVerifier : proofVerifierOf(contracts, proved.judged.kind);

/** Of a request for a proof: that it names what was proved, and the contract that judges that. */
const checkProved = ({ request }: SignedRequest, contracts: Contracts, { run, proved }: Ran): void => {
  const [named, own] = [request.program, to0x(run.program)];
  if (named === own && same(request.verifier, verifierOf(contracts, proved))) return;
  throw new SuretyError({
    code: 'arbiter.request-differs',
    message: 'What the request names as its program is not what a proof of the program in its file is about.',
    next: 'Ask the requester for the file as "surety request" wrote it.',
    field: 'program',
    value: own.slice(2),
    limit: named.slice(2),
  });
};

const answerSigned = async (
  signed: SignedRequest,
  holdings: Holdings,
  task: ClaimTask,
  here: Here,
): Promise<Answered> => {
  const { request, signature, program, steps, inputs, prove } = signed;
  const subject = { program, steps, input: toHex(listRoot(inputs)) };
  takeSubject(task.home, holdings, subject, task.named, prove);
  holdings.keepInput(inputs);
  if (prove === 'optimistic')
    return { request, signature, subject, ...(await ranAgain(holdings, subject, task.showBytes)), plan: null };
  const route = same(request.verifier, here.contracts.proofVerifier) ? 'checked' : 'steps';
  const ran = await ranProved(subject, holdings, here, route);
  checkProved(signed, here.contracts, ran);
  return { request, signature, subject, ...ran, plan: null };
};

const answerOwn = async (terms: OwnTerms, holdings: Holdings, task: ClaimTask, here: Here): Promise<Answered> => {
  const { chain, contracts, me } = here;
  const subject = { program: terms.program, steps: terms.steps, input: terms.input };
  takeSubject(task.home, holdings, subject, task.named, task.prove);
  const ran = await (task.prove === 'optimistic'
    ? ranAgain(holdings, subject, task.showBytes)
    : task.proved === null
      ? ranProved(subject, holdings, here, null)
      : provedBefore(holdings, subject, task.proved, task.named.hides).then(ranWith));
  const { proved } = ran;
  const hides = proved === null ? null : hiddenBy(proved);
  const plan = await planRun(chain, here.terms, {
    checked: ran.program,
    steps: terms.steps,
    ...(proved === null || hides === null
      ? {}
      : {
          // As it is claimed: a proof that could be checked whole may be claimed by steps, and needs their window then.
          proof: unwrap(await onChainProofFacts(ran.program, hides, proved.judged.kind)),
          privacy: privacyOf(hides),
        }),
    valueMicroUsd: BigInt(terms.valueMicroUsd),
    given: { ...terms, bondMicroUsd: terms.bondMicroUsd === null ? null : BigInt(terms.bondMicroUsd) },
  });
  const { timestamp } = unwrap(await attempt(chain, () => chain.reader.getBlock()));
  const request: Request = {
    requester: me,
    provider: me,
    program: to0x(ran.run.program),
    input: to0x(ran.run.input),
    verifier: verifierOf(contracts, proved),
    priceMicroUsd: BigInt(terms.priceMicroUsd),
    ...plan.terms,
    deadline: timestamp + 3_600n,
    premiumPpm: 0,
    // Where a proof is at hand, silence is not to make anything final.
    proofRequired: proved?.judged.kind === 'checked',
    callback: NOBODY,
    nonce: BigInt(to0x(crypto.getRandomValues(new Uint8Array(32)))),
  };
  return { request, signature: '0x', subject, ...ran, plan };
};

const outputsOf = ({ program, outputs }: Answered) =>
  outputs.map(({ dtype, shape, values }, i) => {
    const { name, encoding } = program.outputs[i]!;
    return { name, dtype, shape, integers: Array.from(values), reals: toReals(values, encoding) };
  });

/** Which contract judges the claim, and what of it others need. */
const judgedOf = (proved: ProvedRun | null, home: string) => {
  if (proved === null) return { kind: 'run-again' } as const;
  if (proved.judged.kind === 'checked') return { kind: 'checked', gas: proved.judged.gas } as const;
  const { run, program, data } = proved.judged.claimed;
  // Kept before it is claimed: both are also what is published.
  const file = keepStepData(home, proved.judged.claimed);
  const hides = hiddenBy(proved);
  const architecture = keepPublishedArchitecture(home, run.program, {
    architecture: proved.architecture,
    hideInput: hides.input,
  });
  return {
    kind: 'steps',
    steps: program.steps.length,
    dataBytes: data.length,
    trace: toHex(run.trace),
    file,
    program: toHex(run.program),
    architecture,
    hides,
  } as const;
};

const sayReady = (answered: Answered, claimId: Hex, home: string, here: Here): void => {
  const { request, run, plan, proved, inputShown } = answered;
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
    outputs: outputsOf(answered),
    input: toHex(run.input),
    output: toHex(run.output),
    trace: toHex(run.trace),
    judged: judgedOf(proved, home),
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

/** What defends the claim, beside its record: written before it is sent. Returns the architecture's file. */
const keepProved = (home: string, claimId: Hex, proved: ProvedRun | null): string | null => {
  if (proved === null) return null;
  if (proved.judged.kind === 'checked') keepProof(home, claimId, proved.judged.proof);
  return keepArchitecture(home, proved.run.program, proved.architecture);
};

/** Proves a claim where that can be done at once; what does not get through now is proved by `surety watch`. */
const proveClaim = async ({ chain, contracts }: Here, claim: Claim, proved: ProvedRun | null) => {
  if (proved?.judged.kind !== 'checked') return null;
  const sent = await submit(chain, contracts, { kind: 'prove', claim, proof: to0x(proved.judged.proof) });
  if (sent.kind === 'refused' || sent.kind === 'lost') return { problem: sent.problem };
  return sent.kind === 'mined'
    ? { transaction: sent.hash, gasUsed: sent.gasUsed }
    : { transaction: null, gasUsed: null };
};

/** Checks all that can be checked before anything is run. */
const openTask = async (task: ClaimTask, here: Here): Promise<SignedRequest | OwnTerms> => {
  if (task.request !== null) {
    const signed = unwrap(readRequestFile(readFileSync(task.request, 'utf8')));
    if (signed.prove !== task.prove)
      throw new SuretyError({
        code: 'arbiter.request-differs',
        message: `The request asks for a result to be shown by --prove ${signed.prove}.`,
        next: `Write --prove ${signed.prove}.`,
        field: '--prove',
        value: task.prove,
        limit: signed.prove,
      });
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
    ? answerSigned(about, holdings, task, here)
    : answerOwn(about, holdings, task, here));
  const { request, signature, subject, run: ids, shown, proved } = answered;
  const claim: Claim = { request, provider: me, output: to0x(ids.output), trace: to0x(ids.trace) };
  const claimId = claimIdOf(claim, { chainId: chain.chainId, arbiter: contracts.arbiter });
  sayReady(answered, claimId, task.home, here);
  if (!(await agreed())) return say({ kind: 'declined' });
  const promised = unwrap(await promisedMicroUsd(chain, contracts, task.home));
  const price = same(request.requester, me) ? request.priceMicroUsd : 0n;
  unwrap(await fund(chain, contracts, promised + request.bondMicroUsd + price, claimId));
  // Before it is sent: what is on the chain can be defended, whatever happens next.
  const architecture = keepProved(task.home, claimId, proved);
  keepRecord(task.home, {
    claimId,
    chainId: chain.chainId,
    arbiter: contracts.arbiter,
    claimed: toHex(ids.program),
    ...subject,
  });
  const sent = await submit(chain, contracts, { kind: 'claim', claim, signature, shown });
  if (sent.kind === 'refused' || sent.kind === 'lost') throw new SuretyError(sent.problem);
  // The window begins in the block that has the claim.
  const madeAt =
    sent.kind === 'mined'
      ? unwrap(await readSent(chain, contracts, sent.hash)).at
      : Number(unwrap(await attempt(chain, () => chain.reader.getBlock())).timestamp);
  const proof = await proveClaim(here, claim, proved);
  say({
    kind: 'claimed',
    claimId,
    proof,
    architecture,
    file: recordFile(task.home, claimId),
    transaction: sent.kind === 'mined' ? sent.hash : null,
    gasUsed: sent.kind === 'mined' ? sent.gasUsed : null,
    finalAt: madeAt + request.windowSeconds,
  });
};

runProgram(run);
