/** `@surety/node/court-serve` as a program: what `surety court serve` runs, and what whoever runs a juror leaves running. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type CaseSoFar, createCourtBook, hasEnded, readJuror, registryName, unsettledSeats } from '@surety/chain';
import { SuretyError, unwrap } from '@surety/core';
import { drandRounds } from '../drand.ts';
import { ownAddress, readTask, runProgram, say } from '../watch/program.ts';
import { builtInJuror, mayServeOn } from './built-in.ts';
import { createClaimTexts } from './claim-text.ts';
import { createKeptVotes } from './kept-votes.ts';
import { type CourtPlaces, openCourt } from './open-court.ts';
import { publishTo } from './publish.ts';
import { createJurorService } from './service.ts';
import { coinUnitsOr } from './weigh.ts';

export type ServeTask = CourtPlaces & {
  /** Family of the built-in juror. */
  readonly family: string;
  /** Nodes that are asked for claims that nobody published on the chain, and store what own votes rest on. */
  readonly nodes: readonly string[];
  readonly drandUrl: string;
  readonly keeps: 'own' | 'all';
  readonly once: boolean;
  readonly pollSeconds: number;
  /** What one coin of the chain is worth, base units of the court's currency; `null` where nobody has to say it. */
  readonly coinUnits: string | null;
  /** What has to be left of a seat's fee once its gas is paid, base units. */
  readonly floorUnits: string;
};

const run = async (): Promise<void> => {
  const task = readTask<ServeTask>();
  const juror = unwrap(builtInJuror(task.family));
  const { chain, contracts, setting, at, fromBlock } = await openCourt(task);
  unwrap(mayServeOn(chain.chainId));
  const me = ownAddress(chain);
  const coinUnits = unwrap(coinUnitsOr(task.coinUnits, chain.chainId, setting));
  const registered = unwrap(await readJuror(chain, at, me));
  if (registered?.family !== registryName(juror.family))
    throw new SuretyError({
      code: 'court.registry',
      message: `${me} is not registered as a juror of the family ${juror.family} at the court ${setting.court}.`,
      next: `Run "surety court join --family ${task.family} --stake AMOUNT" once.`,
      field: 'family',
      value: task.family,
    });
  const stopping = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stopping.abort());
  const keep = (of: CaseSoFar): boolean => unsettledSeats(of).some(({ juror: by }) => by === me);
  const service = createJurorService({
    ...{ chain, contracts, court: at, me, juror },
    texts: createClaimTexts({ chain, fromBlock, nodes: task.nodes }),
    votes: createKeptVotes(task.home),
    drand: drandRounds({
      mode: 'on',
      url: task.drandUrl,
      onError: (problem) => say({ kind: 'alert', alert: 'beacon', problem }),
    }),
    // A stake that is still locked in a case of long ago is not forgotten.
    book: createCourtBook(chain, at, { fromBlock, keep }),
    keeps: task.keeps,
    terms: { coinUnits, floorUnits: BigInt(task.floorUnits) },
    now: () => Math.floor(Date.now() / 1_000),
    onVote: ({ caseId, round, question }, { vote, why }) => say({ kind: 'vote', caseId, round, question, vote, why }),
    onMove: (move, sent) =>
      say({
        ...{ kind: 'move', move: move.kind, caseId: move.caseId, round: 'round' in move ? move.round : null },
        ...(sent.kind === 'mined' ? { transaction: sent.hash, gasUsed: sent.gasUsed } : {}),
      }),
    publish: publishTo(task.nodes),
    onUnpublished: (caseId, problem) => say({ kind: 'alert', alert: 'unpublished', caseId, problem }),
    onTrouble: ({ kind, caseId }, problem) => say({ kind: 'alert', alert: 'refused', move: kind, caseId, problem }),
  });
  say({
    ...{ kind: 'serving', chainId: chain.chainId, court: setting.court, me, family: juror.family },
    ...{ stakeUnits: registered.stakeUnits, lockedUnits: registered.lockedUnits },
  });
  let trouble = '';
  let shown = '';
  const look = async (): Promise<number> => {
    const looked = await service.tick();
    if (!looked.ok) {
      // A chain that is away for an hour is one line.
      if (trouble !== looked.problem.code) say({ kind: 'alert', alert: 'chain', problem: looked.problem });
      trouble = looked.problem.code;
      return 0;
    }
    trouble = '';
    const open = looked.value.seen.cases
      .filter((of) => !hasEnded(of))
      .map(({ id, state, rounds }) => ({
        ...{ caseId: id, state },
        seated: rounds.some(({ seats }) => seats.some((seat) => seat.juror === me)),
      }));
    const text = open.map(({ caseId, state, seated }) => `${caseId} ${state} ${seated}`).join();
    if (text !== shown) say({ kind: 'cases', open });
    shown = text;
    return looked.value.moved;
  };
  if (task.once) while ((await look()) > 0);
  while (!task.once && !stopping.signal.aborted) {
    await look();
    await sleep(task.pollSeconds * 1_000, undefined, { signal: stopping.signal }).catch(() => undefined);
  }
  say({ kind: 'ended' });
};

runProgram(run);
