/** `surety redeem`: the beneficiary of a cover collects it after the receipt was overturned. */

import { resolve } from 'node:path';
import { openAccount } from '@surety/sdk';
import { formatDollars } from '@surety/sdk/base';
import { NO_TRUST, verifyReceipt } from '@surety/sdk/verify';
import { connect } from '../local/connect.ts';
import { fail } from '../local/fail.ts';
import { ensureKey, loadKey } from '../local/keys.ts';
import { readReceiptFile } from '../local/receipt-file.ts';
import type { Run } from '../table.ts';

export const run: Run = async ({ args: [file = ''], values, context }) => {
  const { out, home, cwd } = context;
  const { receiptId, problems } = verifyReceipt(readReceiptFile(file, cwd), {
    trust: NO_TRUST,
    now: Math.floor(Date.now() / 1_000),
  });
  if (receiptId === null) return fail(problems[0]!);
  const wallet = typeof values.key === 'string' ? loadKey(resolve(cwd, values.key)) : ensureKey(home, 'cli');
  const { client } = await connect(context);
  const account = await openAccount({ client, wallet, limitMicroUsd: 0n, scope: 'redeem' });
  const result = await account.act({ type: 'surety/action/redeem/v1', receiptId });
  if (result.kind !== 'redeem')
    return fail({ code: 'http.not-surety', message: 'The node answered another action.', next: 'Check --url.' });
  if (out.json) out.data(result);
  else
    out.line(
      `${out.style.green('✔')} ${formatDollars(BigInt(result.paidMicroUsd))} of cover was paid to ${wallet.address}.`,
    );
  return 0;
};
