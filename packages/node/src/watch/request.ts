/**
 * `@surety/node/request` as a program: what `surety request` runs, for somebody who wants a program run by another. Says what is
 * going to be signed, sees to it that the price lies in the Arbiter, signs, and hands out the file for providers.
 */
import { NOBODY, type Request, readChainTime, readTerms, requestDigest, signRequest } from '@surety/chain';
import { parseAddress, SuretyError, to0x, unwrap } from '@surety/core';
import { iteratedId } from '@surety/programs';
import { onChainProofFacts } from '@surety/proofs/planner';
import { fund } from './money.ts';
import { planRun } from './plan-run.ts';
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
import { keepRequest, promisedMicroUsd } from './promised.ts';
import { claimProgramOf, proofVerifierOf } from './proofs/claim-program.ts';
import { holdingsOf } from './records.ts';
import { writeRequestFile } from './request-file.ts';
import { type Named, type Prove, type Subject, takeSubject } from './subject.ts';
import { checkTerms } from './terms.ts';

type Hex = `0x${string}`;

export type RequestTask = Places & {
  readonly home: string;
  readonly named: Named;
  readonly subject: Subject;
  /** `zk`: by a proof that a contract judges; `optimistic`: anybody may run it again. */
  readonly prove: Prove;
  /** Who may answer; `null` for anybody. */
  readonly provider: string | null;
  /** Amounts in micro-dollars as text; `null` where the planner is to say. */
  readonly priceMicroUsd: string;
  readonly bondMicroUsd: string | null;
  readonly windowSeconds: number | null;
  readonly clockSeconds: number | null;
  /** How long it can be answered, from now by the chain's clock. */
  readonly deadlineSeconds: number;
  /** What hangs on the result. */
  readonly valueMicroUsd: string;
};

const run = async (): Promise<void> => {
  const task = readTask<RequestTask>();
  const chain = await connectHere();
  const me = ownAddress(chain);
  const contracts = contractsOf(chain.chainId, task);
  const terms = unwrap(await readTerms(chain, contracts));
  const given = { ...task, bondMicroUsd: task.bondMicroUsd === null ? null : BigInt(task.bondMicroUsd) };
  unwrap(checkTerms(given, terms));
  const provider =
    task.provider === null
      ? NOBODY
      : (unwrap(parseAddress(task.provider, { field: '--provider', lenient: true })) as Hex);
  const holdings = await holdingsOf(task.home);
  const { subject, priceMicroUsd, valueMicroUsd } = task;
  const { program, steps, input } = subject;
  const found = takeSubject(task.home, holdings, subject, task.named, task.prove);
  const inputs = holdings.input(input);
  if (inputs === null)
    throw new SuretyError({ code: 'internal', message: 'The input is gone.', next: 'Run it again.' });
  const proof = task.prove === 'zk' ? await claimProgramOf(found.program) : null;
  const plan = await planRun(chain, terms, {
    checked: found.program,
    steps,
    ...(proof === null ? {} : { proof: unwrap(await onChainProofFacts(found.program)) }),
    valueMicroUsd: BigInt(valueMicroUsd),
    given,
  });
  const id = proof?.id ?? (steps === null ? found.commitment.id : iteratedId(found.commitment.id, steps));
  const request: Request = {
    requester: me,
    provider,
    program: to0x(id),
    input: `0x${input}`,
    verifier: proof === null ? contracts.tensorVerifier : proofVerifierOf(contracts, proof.route),
    priceMicroUsd: BigInt(priceMicroUsd),
    ...plan.terms,
    deadline: BigInt(unwrap(await readChainTime(chain)) + task.deadlineSeconds),
    premiumPpm: 0,
    // Where a proof is final at once, silence is not to be.
    proofRequired: proof?.route === 'checked',
    callback: NOBODY,
    nonce: BigInt(to0x(crypto.getRandomValues(new Uint8Array(32)))),
  };
  const domain = { chainId: chain.chainId, arbiter: contracts.arbiter };
  const digest = requestDigest(request, domain);
  const unsigned = { ...domain, request, program, steps, inputs, prove: task.prove };
  // That it fits into a file is known before anything is paid.
  unwrap(writeRequestFile({ ...unsigned, signature: '0x' }));
  const { deadline, nonce: _, ...told } = request;
  say({
    kind: 'ready',
    ...told,
    chainId: chain.chainId,
    arbiter: contracts.arbiter,
    digest,
    provider: task.provider === null ? null : provider,
    deadline: Number(deadline),
    judged: proof?.route ?? 'run-again',
    plan: plan.text,
    chosen: plan.chosen,
    planned: plan.planned,
  });
  if (!(await agreed())) return say({ kind: 'declined' });
  const promised = unwrap(await promisedMicroUsd(chain, contracts, task.home));
  await giveGas(chain, me);
  unwrap(await fund(chain, contracts, promised + request.priceMicroUsd, digest));
  const account = chain.account!;
  const text = unwrap(writeRequestFile({ ...unsigned, signature: await signRequest(account, request, domain) }));
  keepRequest(task.home, digest, text);
  say({ kind: 'signed', text });
};

runProgram(run);
