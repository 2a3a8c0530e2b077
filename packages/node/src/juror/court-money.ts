/** Money at a court of contracts: what a step needs beyond the balance is moved there from the wallet. */
import { randomBytes } from 'node:crypto';
import {
  type Chain,
  type Contracts,
  type CourtSetting,
  DEVELOPMENT_CHAIN_IDS,
  type Intent,
  isNative,
  readCourtMoney,
  submit,
} from '@surety/chain';
import { ok, type Result, refuse, to0x } from '@surety/core';

export type CourtPurse = {
  readonly chain: Chain;
  readonly contracts: Contracts;
  readonly setting: CourtSetting;
  /** The own address. */
  readonly me: `0x${string}`;
};

/** Makes an intent take effect, or says why it does not. */
export const effect = async ({ chain, contracts }: CourtPurse, intent: Intent): Promise<Result<string | null>> => {
  const sent = await submit(chain, contracts, intent);
  if (sent.kind === 'mined') return ok(sent.hash);
  return sent.kind === 'already' ? ok(null) : refuse(sent.problem);
};

/** Whether the court's currency is the dollar that anybody may mint. */
const isPlay = ({ chain, contracts, setting }: CourtPurse): boolean =>
  DEVELOPMENT_CHAIN_IDS.includes(chain.chainId) && setting.currency === contracts.dollar;

/**
 * Makes sure that the own balance at the court is at least `units`.
 * @returns `account.insufficient-funds` where the wallet has not got so much
 */
export const fundAtCourt = async (purse: CourtPurse, units: bigint): Promise<Result<null>> => {
  const { chain, setting, me } = purse;
  const { court, panels, jurors, currency } = setting;
  const money = await readCourtMoney(chain, setting, me);
  if (!money.ok) return money;
  const missing = units - money.value.balanceUnits;
  if (missing <= 0n) return ok(null);
  const at = { court, panels, jurors };
  const mint = { kind: 'mint', to: me, amountMicroUsd: missing, id: to0x(new Uint8Array(randomBytes(32))) } as const;
  const lacking = money.value.walletUnits < missing;
  if (lacking && !isPlay(purse))
    return refuse({
      code: 'account.insufficient-funds',
      message: `${me} has ${money.value.walletUnits} base units beside its balance; ${missing} more are needed.`,
      next: 'Get more of the court’s currency to that address.',
      field: 'balance',
      value: String(missing),
      limit: String(money.value.walletUnits),
    });
  const payWei = isNative(setting) ? missing : 0n;
  const steps: readonly Intent[] = [
    ...(lacking ? [mint] : []),
    ...(isNative(setting) ? [] : [{ kind: 'court-approve', at, currency, amountUnits: missing } as const]),
    { kind: 'court-deposit', at, amountUnits: missing, untilUnits: units, payWei },
  ];
  for (const step of steps) {
    const done = await effect(purse, step);
    if (!done.ok) return done;
  }
  return ok(null);
};
