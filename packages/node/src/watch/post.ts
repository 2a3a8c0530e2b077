/**
 * `@surety/node/claim` as a program: what `surety run --prove optimistic` runs. Runs the program once with its trace, says
 * what the planner thinks of the terms, and posts the claim when it is told to go on.
 */
import { createInterface } from 'node:readline';
import {
  attempt,
  type Chain,
  type Claim,
  claimIdOf,
  type DeployedTerms,
  type Request,
  readSent,
  readTerms,
  submit,
} from '@surety/chain';
import { type Problem, SuretyError, to0x, toHex, unwrap } from '@surety/core';
import { costOf, toReals } from '@surety/programs';
import { admitOptimistic } from '@surety/proofs';
import { ARBITER_RULES, ASSUMED_MARKET, describePlan, plan } from '@surety/proofs/planner';
import { fund } from './money.ts';
import { type OwnRun, runHeld, shownWith } from './optimistic.ts';
import { connectHere, contractsOf, giveGas, type Places, readTask, runProgram, say } from './program.ts';
import { holdingsOf, keepProgram, keepRecord, recordFile } from './records.ts';
import { checkTerms } from './terms.ts';

type Hex = `0x${string}`;

export type ClaimTask = Places & {
  readonly home: string;
  /** The program's file and P, hex. */
  readonly file: string;
  readonly program: string;
  readonly steps: number | null;
  /** Whether they are hidden from others: such claims are refused. */
  readonly programIsPrivate: boolean;
  readonly inputIsPrivate: boolean;
  /** Id of the input, which lies in `home`. */
  readonly input: string;
  /** Amounts in micro-dollars as text; `null` where the planner is to say. */
  readonly bondMicroUsd: string | null;
  readonly windowSeconds: number | null;
  readonly clockSeconds: number | null;
  readonly priceMicroUsd: string;
  readonly premiumPpm: number;
  /** What hangs on the result. */
  readonly valueMicroUsd: string;
  /** Largest input, in bytes, that is shown together with the claim. */
  readonly showBytes: number;
};

const refuse = (problem: Problem): never => {
  throw new SuretyError(problem);
};

/** What the planner says, of the chain at hand and a market that nobody measured. */
const planFor = async (chain: Chain, terms: DeployedTerms, task: ClaimTask, own: OwnRun) => {
  const { checked } = own.program;
  const { constantBytes, multiplyAccumulates } = costOf(checked);
  const weiPerGas = unwrap(await attempt(chain, () => chain.reader.getGasPrice()));
  const made = plan({
    valueMicroUsd: BigInt(task.valueMicroUsd),
    latencyMilliseconds: 30n * 86_400_000n,
    privacy: 'public',
    budgetMicroUsd: BigInt(task.valueMicroUsd),
    lossLimitMicroUsd: BigInt(task.valueMicroUsd),
    program: {
      weightBytes: BigInt(constantBytes),
      multiplyAccumulates: BigInt(multiplyAccumulates) * BigInt(task.steps ?? 1),
      published: true,
    },
    ownMachine: null,
    onChain: true,
    market: { ...ASSUMED_MARKET, chain: { ...ASSUMED_MARKET.chain, weiPerGas } },
    rules: {
      ...ARBITER_RULES,
      rewardPpm: Number(terms.rewardPpm),
      burnPpm: Number(terms.burnPpm),
      leastBondMicroUsd: terms.leastBondMicroUsd,
    },
  });
  return unwrap(made);
};

/** Waits until whoever started this agrees. */
const agreed = async (): Promise<boolean> => {
  for await (const line of createInterface({ input: process.stdin })) {
    process.stdin.destroy();
    return line.trim() === 'go';
  }
  return false;
};

const outputsOf = ({ program, outputTensors }: OwnRun) =>
  outputTensors.map(({ dtype, shape, values }, i) => {
    const { name, encoding } = program.checked.outputs[i]!;
    return { name, dtype, shape, integers: Array.from(values), reals: toReals(values, encoding) };
  });

const run = async (): Promise<void> => {
  const task = readTask<ClaimTask>();
  const chain = await connectHere();
  const me = chain.account?.address ?? refuse({ code: 'chain.no-key', message: 'There is no key.', next: 'Name one.' });
  const contracts = contractsOf(chain.chainId, task);
  const terms = unwrap(await readTerms(chain, contracts));
  const { windowSeconds, clockSeconds } = task;
  const bond = task.bondMicroUsd === null ? null : BigInt(task.bondMicroUsd);
  unwrap(checkTerms({ bondMicroUsd: bond, windowSeconds, clockSeconds }, terms));
  await giveGas(chain, me);
  keepProgram(task.home, task.program, task.file);
  const holdings = await holdingsOf(task.home);
  const held = holdings.program(task.program, []);
  if (held !== null)
    unwrap(
      admitOptimistic({
        program: held.program,
        steps: task.steps ?? 1,
        programIsPrivate: task.programIsPrivate,
        inputIsPrivate: task.inputIsPrivate,
      }),
    );
  const own = await runHeld(holdings, { program: task.program, steps: task.steps, input: task.input });
  const planned = await planFor(chain, terms, task, own);
  const route = planned.options.find((option) => option.route === 'optimistic')?.terms ?? null;
  const least = (given: number | null, wanted: bigint | undefined, floor: number): number =>
    given ?? Math.max(Number(wanted ?? 0n), floor);
  const planBond = route === null ? 0n : route.bondMicroUsd;
  const bondMicroUsd = bond ?? (planBond > terms.leastBondMicroUsd ? planBond : terms.leastBondMicroUsd);
  const { timestamp } = unwrap(await attempt(chain, () => chain.reader.getBlock()));
  const request: Request = {
    requester: me,
    provider: me,
    program: to0x(own.run.program),
    input: to0x(own.run.input),
    verifier: contracts.tensorVerifier,
    priceMicroUsd: BigInt(task.priceMicroUsd),
    bondMicroUsd,
    deadline: timestamp + 3_600n,
    windowSeconds: least(task.windowSeconds, route?.windowSeconds, 60),
    clockSeconds: least(task.clockSeconds, route?.clockSeconds, 60),
    premiumPpm: task.premiumPpm,
    callback: `0x${'0'.repeat(40)}`,
    nonce: BigInt(to0x(crypto.getRandomValues(new Uint8Array(32)))),
  };
  const claim: Claim = { request, provider: me, output: to0x(own.run.output), trace: to0x(own.run.trace) };
  const claimId: Hex = claimIdOf(claim, { chainId: chain.chainId, arbiter: contracts.arbiter });
  const shown = await shownWith(own, task.showBytes);
  const money = (ppm: bigint): bigint => (bondMicroUsd * ppm) / 1_000_000n;
  say({
    kind: 'ready',
    chainId: chain.chainId,
    arbiter: contracts.arbiter,
    me,
    claimId,
    outputs: outputsOf(own),
    input: toHex(own.run.input),
    output: toHex(own.run.output),
    trace: toHex(own.run.trace),
    bondMicroUsd,
    windowSeconds: request.windowSeconds,
    clockSeconds: request.clockSeconds,
    stakeMicroUsd: money(terms.stakePpm),
    rewardMicroUsd: money(terms.rewardPpm),
    // The first one is about the trace.
    inputShown: shown.length > 1,
    plan: describePlan(planned),
    chosen: planned.chosen,
    planned:
      route === null
        ? null
        : { bondMicroUsd: route.bondMicroUsd, windowSeconds: route.windowSeconds, clockSeconds: route.clockSeconds },
  });
  if (!(await agreed())) return say({ kind: 'declined' });
  unwrap(await fund(chain, contracts, bondMicroUsd + request.priceMicroUsd, claimId));
  // Before it is sent: what is on the chain can be defended, whatever happens next.
  const { program, steps, input } = task;
  keepRecord(task.home, { claimId, chainId: chain.chainId, arbiter: contracts.arbiter, program, steps, input });
  const sent = await submit(chain, contracts, { kind: 'claim', claim, signature: '0x', shown });
  if (sent.kind === 'refused' || sent.kind === 'lost') return refuse(sent.problem);
  // The window begins in the block that has the claim.
  const madeAt = sent.kind === 'mined' ? unwrap(await readSent(chain, contracts, sent.hash)).at : Number(timestamp);
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
