/**
 * `@surety/node/claims` as a program: what `surety claims` and `surety dispute` run. Lists claims, or says everything of one,
 * again with every block where it is followed. Needs no key.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Book,
  type ClaimBook,
  type ClaimView,
  createClaimBook,
  type DeployedTerms,
  type Dispute,
  firstBlockOfInterest,
  readTerms,
} from '@surety/chain';
import { SuretyError, toHex, unwrap } from '@surety/core';
import type { CheckedProgram } from '@surety/programs';
import { differingOf, subjectOf } from './describe.ts';
import type { Holdings } from './holdings.ts';
import { type OwnRun, openClaim } from './optimistic.ts';
import { connectHere, contractsOf, type Places, readTask, runProgram, say } from './program.ts';
import { holdingsOf, recordedSteps } from './records.ts';

export type ShowTask = Places & {
  readonly home: string;
  readonly programs: readonly string[];
  /** Id of a claim or its first characters; `null` for the list of all. */
  readonly claim: string | null;
  readonly follow: boolean;
  readonly pollSeconds: number;
};

const summary = ({ id, claim, state, madeAt, windowEndsAt, disputes, ended }: ClaimView) => ({
  claimId: id,
  state,
  provider: claim.provider,
  requester: claim.request.requester,
  program: claim.request.program,
  bondMicroUsd: claim.request.bondMicroUsd,
  priceMicroUsd: claim.request.priceMicroUsd,
  madeAt,
  windowEndsAt,
  openDisputes: state === 'open' ? disputes.filter(({ turn }) => turn !== 'closed').length : 0,
  disputes: disputes.length,
  ended,
});

const disputeSummary = async (
  view: ClaimView,
  dispute: Dispute,
  { program, own }: { readonly program: CheckedProgram | null; readonly own: OwnRun | null },
) => ({
  disputeId: dispute.id,
  challenger: dispute.challenger,
  turn: view.state === 'open' ? dispute.turn : 'closed',
  runsOutAt: dispute.runsOutAt,
  stakeMicroUsd: dispute.stakeMicroUsd,
  stakeTo: dispute.stakeTo,
  differing: own === null ? null : await differingOf(view, dispute, own),
  moves: dispute.exchanges.flatMap(({ question, askedIn, answeredIn }) => [
    { kind: 'question', about: subjectOf(question, program), transaction: askedIn },
    ...(answeredIn === null ? [] : [{ kind: 'answer', about: null, transaction: answeredIn }]),
  ]),
});

/** The claim of an id or of its first characters. */
const findClaim = ({ claims }: Book, start: string): ClaimView => {
  const wanted = start.toLowerCase().replace(/^(?!0x)/, '0x');
  const found = claims.filter(({ id }) => id.startsWith(wanted));
  const [only] = found;
  if (found.length === 1 && only !== undefined) return only;
  throw new SuretyError({
    code: 'arbiter.claim-state',
    message: found.length === 0 ? `No claim ${start} is known here.` : `${found.length} claims start with ${start}.`,
    next: 'Run "surety claims" for the list.',
    field: 'CLAIM',
    value: start,
  });
};

const lossesOf = ({ claim }: ClaimView, terms: DeployedTerms) => {
  const share = (ppm: bigint): bigint => (claim.request.bondMicroUsd * ppm) / 1_000_000n;
  return {
    providerMicroUsd: claim.request.bondMicroUsd,
    challengerMicroUsd: share(terms.stakePpm),
    rewardMicroUsd: share(terms.rewardPpm),
  };
};

const run = async (): Promise<void> => {
  const task = readTask<ShowTask>();
  const chain = await connectHere();
  const contracts = contractsOf(chain.chainId, task);
  const terms = unwrap(await readTerms(chain, contracts));
  const fromBlock = unwrap(await firstBlockOfInterest(chain));
  const book: ClaimBook = createClaimBook(chain, contracts, { fromBlock, stakePpm: terms.stakePpm, keep: () => true });
  const holdings: Holdings = await holdingsOf(task.home, task.programs);
  const stopping = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stopping.abort());

  let own: OwnRun | null = null;
  const sayClaim = async (at: Book, start: string): Promise<ClaimView> => {
    const view = findClaim(at, start);
    const held = openClaim(holdings, () => recordedSteps(task.home), view);
    if (own === null && held.kind === 'held' && view.disputes.length > 0) {
      const ran = await held.run();
      own = ran.ok ? ran.value : null;
    }
    const program = held.kind === 'held' ? held.found.program : null;
    const disputes = [];
    for (const dispute of view.disputes) disputes.push(await disputeSummary(view, dispute, { program, own }));
    say({
      kind: 'claim',
      chainSeconds: at.block.timestamp,
      block: at.block.number,
      ...summary(view),
      input: view.claim.request.input,
      output: view.claim.output,
      trace: view.claim.trace,
      clockSeconds: view.claim.request.clockSeconds,
      madeIn: view.madeIn,
      held: held.kind === 'held' ? 'held' : held.what,
      ownOutput: own === null ? null : `0x${toHex((own as OwnRun).run.output)}`,
      losses: lossesOf(view, terms),
      list: disputes,
    });
    return view;
  };

  let last = '';
  for (;;) {
    const at = unwrap(await book.read());
    if (at.block.hash !== last) {
      last = at.block.hash;
      if (task.claim === null)
        say({ kind: 'claims', chainSeconds: at.block.timestamp, claims: at.claims.map(summary) });
      else if ((await sayClaim(at, task.claim)).state !== 'open') break;
    }
    if (!task.follow) break;
    await sleep(task.pollSeconds * 1_000, undefined, { signal: stopping.signal }).catch(() => undefined);
    if (stopping.signal.aborted) break;
  }
  await (own as OwnRun | null)?.close();
};

runProgram(run);
