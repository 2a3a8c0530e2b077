/**
 * `@surety/node/court-cases` as a program: what `surety court --chain` and `surety court chain:7` run. Says of a court's cases
 * what the API of a node says of them. Needs no key and no node.
 */
import { LOCAL_CHAIN_IDS } from '@surety/chain';
import { unwrap } from '@surety/core';
import { type CourtPlaces, openCourt } from '../juror/open-court.ts';
import { coinUnitsOn } from '../juror/weigh.ts';
import { readTask, runProgram, say } from '../watch/program.ts';
import { groundsAtNodes } from './grounds-store.ts';
import { createChainCourt } from './reader.ts';

export type ShowCourtTask = CourtPlaces & {
  readonly nodes: readonly string[];
  /** Number of a case; `null` for the list. */
  readonly caseId: number | null;
  /** What one coin of the chain is worth, base units of the court's currency; `null` where nobody said so. */
  readonly coinUnits: string | null;
};

const run = async (): Promise<void> => {
  const task = readTask<ShowCourtTask>();
  const { chain, setting, fromBlock } = await openCourt(task);
  const reader = createChainCourt({
    ...{ chain, setting, fromBlock, nodes: task.nodes, grounds: groundsAtNodes(task.nodes) },
    // Without a node there is nobody here who believes an issuer.
    believed: null,
    environment: LOCAL_CHAIN_IDS.includes(chain.chainId) ? 'development' : 'production',
    coinUnits: task.coinUnits === null ? coinUnitsOn(chain.chainId, setting) : BigInt(task.coinUnits),
    now: () => Math.floor(Date.now() / 1_000),
  });
  if (task.caseId === null) say({ kind: 'cases', ...unwrap(await reader.list()) });
  else say({ kind: 'case', case: unwrap(await reader.find(task.caseId)) });
};

runProgram(run);
