/** `surety player add`: of a file or a model, an account with money of its own, then the player's loop until Ctrl-C. */
import { openAccount, play } from '@surety/sdk';
import { formatDollars } from '@surety/sdk/base';
import { type Connection, connect } from '../local/connect.ts';
import { fail } from '../local/fail.ts';
import { ensureKey } from '../local/keys.ts';
import { loadPlayer, type Player } from '../local/player.ts';
import { ensureBalance } from '../local/purse.ts';
import { subjectLine } from '../report.ts';
import type { Run } from '../table.ts';
import { percent } from '../terminal/chart.ts';
import { safe } from '../terminal/safe.ts';
import { cut } from '../terminal/table.ts';

/** What a player has at least before it starts; one market takes a dollar of it. */
const PURSE_MICRO_USD = 1_000_000n;

/** A node refuses reports of a program that it does not hold: known before any money moves. */
const requireHeld = async ({ client }: Connection, { name, program }: Player): Promise<void> => {
  if (program === null || (await client.program({ program: program.id })).held) return;
  const publish = `surety model publish ${program.file} --name ${name}`;
  fail({
    code: 'evidence.unknown-program',
    message: `The node does not hold the program ${program.id}, so it would refuse the reports of ${name}.`,
    next: `Run "${publish}" first. To keep it private, run "${publish} --hidden --reveal-by DATE" and add --hidden here.`,
    field: '--model',
    value: program.file,
  });
};

export const run: Run = async ({ args: [file], values, context }) => {
  const { out, home, signal } = context;
  const player = await loadPlayer(file, values, context);
  const { name, believe } = player;
  const connection = await connect(context);
  await requireHeld(connection, player);
  const wallet = ensureKey(home, `players/${name}`);
  const balance = await ensureBalance(connection, wallet.address, PURSE_MICRO_USD);
  const account = await openAccount({ client: connection.client, wallet });
  const { bold, dim, yellow } = out.style;
  if (!out.json)
    out.line(`${bold(name)} plays as ${wallet.address} with ${formatDollars(balance)}. ${dim('Ctrl-C stops it.')}\n`);
  const say = (record: object, words: string): void => {
    if (out.json) process.stdout.write(`${JSON.stringify(record)}\n`);
    else out.line(words);
  };
  await play({
    client: connection.client,
    account,
    believe,
    signal,
    onTrade: (market, result) => {
      if (result.kind !== 'order') return;
      const { marketId, claim } = market;
      const [before = 0] = market.probabilitiesPpm;
      const [after = 0] = result.probabilitiesPpm;
      const cost = formatDollars(BigInt(result.costMicroUsd));
      const words = `  ${dim(marketId.slice(0, 8))}  ${cut(safe(subjectLine(claim)), 40)}  ${safe(claim.outcomes[0]!)} ${percent(before)} → ${bold(percent(after))}  ${dim(cost)}`;
      say({ kind: 'trade', marketId, before, after, costMicroUsd: result.costMicroUsd }, words);
    },
    onRefusal: (market, { problem }) => {
      say(
        { kind: 'refusal', marketId: market.marketId, problem },
        `  ${dim(market.marketId.slice(0, 8))}  ${yellow(safe(problem.message))}`,
      );
    },
  });
  return 0;
};
