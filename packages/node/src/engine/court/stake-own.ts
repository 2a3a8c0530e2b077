/** The operator puts up the stakes with which its built-in jurors can be drawn, as far as its balance goes. */
import type { AccountState } from '../account.ts';
import type { Context } from '../context.ts';
import { accountStream, type LedgerMove, mustTransfer } from '../ledger.ts';
import { REGISTRY_STREAM, type Registry } from './registry.ts';

/** Stakes each built-in juror that has none; what cases have locked of a stake counts as one. May be run at every start. */
export const stakeOwn = async (context: Context): Promise<void> => {
  const { host, operator, jurors, config } = context;
  const amountMicroUsd = config.jurorStakeMicroUsd;
  if (amountMicroUsd === 0n) return;
  const treasury = accountStream(operator.address);
  const [{ balanceMicroUsd }, registry] = await Promise.all([
    host.state<AccountState>(treasury),
    host.state<Registry>(REGISTRY_STREAM),
  ]);
  const known = new Set(registry.jurors.map(({ account }) => account));
  const room = Number(balanceMicroUsd / amountMicroUsd);
  const at = context.now();
  const moves = jurors
    .filter(({ account }) => !known.has(account))
    .slice(0, room)
    .flatMap(({ account }): LedgerMove[] => [
      {
        stream: treasury,
        event: { kind: 'sent', amountMicroUsd, to: { stream: REGISTRY_STREAM, purpose: 'juror-stake' }, at },
      },
      { stream: REGISTRY_STREAM, event: { kind: 'staked', account, amountMicroUsd, at } },
    ]);
  if (moves.length > 0) await mustTransfer(host, moves);
};
