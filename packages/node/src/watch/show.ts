/**
 * `@surety/node/claims` as a program: what `surety claims` and `surety dispute` run. Says of a chain's claims what the API of a
 * node says of them, all of them or one, again with every block where it is followed. Needs no key and no node.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Chain, LOCAL_CHAIN_IDS } from '@surety/chain';
import { SuretyError, toHex, unwrap } from '@surety/core';
import { createHeldRuns } from '../runs/held-run.ts';
import { createRuns, type RunPrograms, type RunsReader } from '../runs/runs.ts';
import { idOf } from '../runs/view.ts';
import type { Holdings } from './holdings.ts';
import { connectHere, contractsOf, type Places, readTask, runProgram, say } from './program.ts';
import type { Architectures } from './proofs/architectures.ts';
import { hasArchitecture, heldArchitectures } from './proofs/held.ts';
import { holdingsOf, importedNames, recordedPrograms, recordedSteps } from './records.ts';

export type ShowTask = Places & {
  readonly home: string;
  readonly programs: readonly string[];
  /** Id of a claim or its first characters; `null` for the list of all. */
  readonly claim: string | null;
  readonly follow: boolean;
  readonly pollSeconds: number;
};

const programsOf = (home: string, holdings: Holdings, { hides }: Architectures): RunPrograms => {
  const names = importedNames(home);
  const steps = recordedSteps(home);
  const recorded = recordedPrograms(home);
  const held: RunPrograms['held'] = (id) => holdings.program(id, steps);
  return {
    held,
    holdsProofs: (id) => hasArchitecture(home, id),
    hides,
    nameOf: (id) => {
      const found = holdings.program(id, steps);
      return names.get(found === null ? (recorded.get(id) ?? id) : toHex(found.commitment.id)) ?? null;
    },
  };
};

const openReader = async (chain: Chain, task: ShowTask): Promise<RunsReader> => {
  const contracts = contractsOf(chain.chainId, task);
  const holdings = await holdingsOf(task.home, task.programs);
  const architectures = heldArchitectures(task.home, task.programs, holdings.programFiles);
  return createRuns({
    chain,
    contracts,
    routes: contracts,
    environment: LOCAL_CHAIN_IDS.includes(chain.chainId) ? 'development' : 'production',
    programs: async () => programsOf(task.home, holdings, architectures),
    own: createHeldRuns(holdings, () => recordedSteps(task.home)),
    // Whoever asks for the list means all of it.
    keepBlocks: Number.MAX_SAFE_INTEGER,
    now: () => Math.floor(Date.now() / 1_000),
  });
};

/** The whole id of a claim, from its first characters. */
const findClaim = async (reader: RunsReader, start: string): Promise<string> => {
  const wanted = start.toLowerCase().replace(/^0x/, '');
  const found = unwrap(await reader.read()).claims.filter(({ id }) => idOf(id).startsWith(wanted));
  const [only] = found;
  if (found.length === 1 && only !== undefined) return idOf(only.id);
  throw new SuretyError({
    code: 'arbiter.claim-unknown',
    message: found.length === 0 ? `No claim ${start} is known here.` : `${found.length} claims start with ${start}.`,
    next: found.length === 0 ? 'Run "surety claims" for the list.' : 'Give more digits of the one that you mean.',
    field: 'CLAIM',
    value: start,
  });
};

const run = async (): Promise<void> => {
  const task = readTask<ShowTask>();
  const reader = await openReader(await connectHere(), task);
  if (task.claim === null) {
    say({ kind: 'claims', ...unwrap(await reader.list({ limit: Number.MAX_SAFE_INTEGER })) });
    return;
  }
  const stopping = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stopping.abort());
  const claimId = await findClaim(reader, task.claim);
  let last = '';
  while (!stopping.signal.aborted) {
    const { block } = unwrap(await reader.read());
    if (block.hash !== last) {
      last = block.hash;
      const claim = unwrap(await reader.find(claimId));
      say({ kind: 'claim', claim });
      if (claim.state !== 'open') break;
    }
    if (!task.follow) break;
    await sleep(task.pollSeconds * 1_000, undefined, { signal: stopping.signal }).catch(() => undefined);
  }
  await reader.close();
};

runProgram(run);
