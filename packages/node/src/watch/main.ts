/** `@surety/node/watch` as a program: what `surety watch` runs, and what an operator leaves running. */
import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ClaimView, createClaimBook, firstBlockOfInterest, readTerms, type Submitted } from '@surety/chain';
import { ok, unwrap } from '@surety/core';
import { createAlerts } from './alerts.ts';
import { createChecks, problemOf } from './checks.ts';
import type { Known } from './decide.ts';
import type { Knowledge } from './knowledge.ts';
import { serveMetrics } from './metrics.ts';
import { fund, payOut } from './money.ts';
import { type Alert, type Move, NEVER } from './moves.ts';
import { optimisticRoute } from './optimistic.ts';
import { connectHere, contractsOf, giveGas, ownAddress, type Places, readTask, runProgram, say } from './program.ts';
import { promisedMicroUsd } from './promised.ts';
import { checkedRoute } from './proofs/checked.ts';
import { proofFile, proofHoldings } from './proofs/held.ts';
import { asksForStepData, stepsRoute } from './proofs/steps.ts';
import { holdingsOf, recordedSteps } from './records.ts';
import { isMine, same } from './sides.ts';
import { createWatcher, DAY_SECONDS, type Look } from './watch.ts';

type Hex = `0x${string}`;

export type WatchTask = Places & {
  /** Folder of models, inputs and own claims. */
  readonly home: string;
  /** Further folders of `*.program` and `*.architecture` files. */
  readonly programs: readonly string[];
  /** Nodes that may have published the data of claims by steps. */
  readonly nodeUrls: readonly string[];
  /** Look once, make what is due, and end. */
  readonly once: boolean;
  /** Until the watched claims are decided, and no longer; all where it is empty. */
  readonly until: readonly string[];
  /** Most at stake in own disputes together, micro-dollars as text. */
  readonly maxStakeMicroUsd: string;
  /** Most of own stakes that goes into asking for withheld data within 24 hours, micro-dollars as text. */
  readonly maxDataStakeMicroUsd: string;
  /** Most native currency prepaid for answers within 24 hours, wei as text. */
  readonly maxPrepayWei: string;
  /** How far off the own clock may be. */
  readonly skewSeconds: number;
  readonly riskSeconds: number;
  /** Share of the claims of others that is checked. */
  readonly auditPpm: number;
  readonly pollSeconds: number;
  readonly outbidSeconds: number;
  /** Pay out what is free once nothing own is open. */
  readonly withdraw: boolean;
  readonly alertUrl: string | null;
  /** Loopback port of the metrics; `null` for none, 0 for a free one. */
  readonly metricsPort: number | null;
};

/** What a claim is to whoever watches, in one word. */
const standing = ({ view, knowledge }: Known): string =>
  knowledge.kind === 'unheld' ? `${knowledge.what} not held` : view.state === 'open' ? knowledge.kind : view.state;

const drawsAt =
  (key: string, auditPpm: number) =>
  (claimId: Hex): boolean =>
    createHmac('sha256', key).update(claimId).digest().readUInt32BE() < (auditPpm / 1_000_000) * 2 ** 32;

const sayMove = (move: Move, view: ClaimView, sent: Submitted): void =>
  say({
    kind: 'move',
    move: move.kind,
    claimId: view.id,
    disputeId: 'disputeId' in move ? move.disputeId : null,
    before: move.before === NEVER ? null : move.before,
    outcome: sent.kind,
    ...(sent.kind === 'mined' ? { transaction: sent.hash, gasUsed: sent.gasUsed } : {}),
    ...('problem' in sent ? { problem: sent.problem } : {}),
  });

/** Whether own money is, or may soon be, at stake. */
const isEngaged = ({ known }: Look, me: Hex): boolean =>
  known.some(
    ({ view }) =>
      (view.state === 'open' && isMine(view, me)) ||
      view.disputes.some((each) => each.turn !== 'closed' && same(each.challenger, me)),
  );

const run = async (): Promise<void> => {
  const task = readTask<WatchTask>();
  const chain = await connectHere();
  const me = ownAddress(chain);
  const contracts = contractsOf(chain.chainId, task);
  const terms = unwrap(await readTerms(chain, contracts));
  await giveGas(chain, me);
  const now = (): number => Math.floor(Date.now() / 1_000);
  const stopping = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stopping.abort());

  const holdings = await holdingsOf(task.home, task.programs);
  const { architectures, data } = proofHoldings(task.home, holdings, task.programs, task.nodeUrls);
  const asksForData = asksForStepData(contracts.proofStepVerifier);
  const checks = createChecks({
    me,
    routes: new Map([
      [contracts.tensorVerifier.toLowerCase(), optimisticRoute(holdings, () => recordedSteps(task.home))],
      [contracts.proofVerifier.toLowerCase(), checkedRoute((claimId) => proofFile(task.home, claimId))],
      [contracts.proofStepVerifier.toLowerCase(), stepsRoute(architectures, data)],
    ]),
    draws: drawsAt(process.env.SURETY_CHAIN_KEY ?? '', task.auditPpm),
    now,
    onChecked: ({ id, claim, windowEndsAt }: ClaimView, knowledge: Knowledge) =>
      say({
        kind: 'checked',
        claimId: id,
        program: claim.request.program,
        windowEndsAt,
        found: knowledge.kind,
        ...(knowledge.kind === 'failed' || (knowledge.kind === 'withheld' && knowledge.problem !== null)
          ? { problem: knowledge.problem }
          : {}),
        ...(knowledge.kind === 'unheld' ? { what: knowledge.what } : {}),
      }),
  });
  const alerts = createAlerts({
    say: (alert: Alert) => say({ ...alert, kind: 'alert', alert: alert.kind }),
    ...(task.alertUrl === null ? {} : { url: task.alertUrl }),
  });
  let moved = false;
  const watcher = createWatcher({
    chain,
    contracts,
    terms,
    me,
    checks,
    alerts,
    now,
    book: createClaimBook(chain, contracts, {
      fromBlock: unwrap(await firstBlockOfInterest(chain)),
      stakePpm: terms.stakePpm,
      keep: (view) =>
        view.disputes.some(
          (each) =>
            // Own stakes in claims that were decided otherwise are still to be collected.
            (each.turn !== 'closed' && (isMine(view, me) || same(each.challenger, me))) ||
            // What went into asking for data counts for a day.
            (view.windowEndsAt > now() - DAY_SECONDS && same(each.challenger, me) && asksForData(view, each)),
        ),
    }),
    policy: {
      maxStakeMicroUsd: BigInt(task.maxStakeMicroUsd),
      maxDataStakeMicroUsdPerDay: BigInt(task.maxDataStakeMicroUsd),
      maxPrepayWeiPerDay: BigInt(task.maxPrepayWei),
      riskSeconds: task.riskSeconds,
    },
    asksForData,
    skewSeconds: task.skewSeconds,
    outbidSeconds: task.outbidSeconds,
    fund: async (microUsd, purpose) => {
      const promised = await promisedMicroUsd(chain, contracts, task.home);
      if (!promised.ok) return promised;
      return fund(chain, contracts, promised.value + microUsd, purpose, { outbidSeconds: task.outbidSeconds });
    },
    onMove: (move, view, sent) => {
      moved ||= sent.kind === 'mined';
      sayMove(move, view, sent);
    },
  });
  const metrics = task.metricsPort === null ? null : await serveMetrics(task.metricsPort, watcher.figures);
  say({
    kind: 'watching',
    chainId: chain.chainId,
    arbiter: contracts.arbiter,
    me,
    auditPpm: task.auditPpm,
    metricsPort: metrics?.port ?? null,
  });

  let shown = '';
  const show = ({ book, known }: Look): void => {
    const claims = known.map((each) => ({
      claimId: each.view.id,
      mine: isMine(each.view, me),
      standing: standing(each),
      windowEndsAt: each.view.windowEndsAt,
      disputes: each.view.disputes.filter(({ turn }) => turn !== 'closed').length,
      staked: each.view.disputes.some(({ turn, challenger }) => turn !== 'closed' && same(challenger, me)),
    }));
    const text = JSON.stringify(claims);
    if (text !== shown) say({ kind: 'claims', block: book.block.number, chainSeconds: book.block.timestamp, claims });
    shown = text;
  };
  const isDone = ({ known }: Look): boolean =>
    task.until.length > 0 &&
    task.until.every((id) => known.some(({ view }) => same(view.id, id as Hex) && view.state !== 'open'));

  /** Nothing, while an own request can still be answered: its price has to be there. */
  const payOutFree = async () => {
    const promised = await promisedMicroUsd(chain, contracts, task.home);
    if (!promised.ok) return promised;
    return promised.value === 0n ? payOut(chain, contracts) : ok(null);
  };

  const look = async (): Promise<Look | null> => {
    const seen = await watcher.tick().catch((cause: unknown) => {
      // Whatever it was, others' clocks run on: said, and looked at anew.
      say({ kind: 'alert', alert: 'internal', problem: problemOf(cause) });
      return null;
    });
    if (seen === null) return null;
    show(seen);
    if (task.withdraw && !isEngaged(seen, me)) {
      const paid = await payOutFree();
      if (paid.ok && paid.value !== null) say({ kind: 'collected', ...paid.value });
    }
    return seen;
  };
  try {
    if (task.once) {
      await look();
      await checks.idle();
      await look();
      // How things stand after what was done.
      if (moved) await look();
    } else {
      for (;;) {
        const seen = await look();
        if (stopping.signal.aborted || (seen !== null && isDone(seen))) break;
        await sleep(task.pollSeconds * 1_000, undefined, { signal: stopping.signal }).catch(() => undefined);
        if (stopping.signal.aborted) break;
      }
    }
  } finally {
    await checks.close();
    await metrics?.close();
  }
  await alerts.drain();
  say({ kind: 'ended', undelivered: alerts.undelivered() });
};

runProgram(run);
