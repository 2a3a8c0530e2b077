/** `surety person`: shows the court once that one is a person, by a token of the issuer that it believes. */
import { resolve } from 'node:path';
import { openAccount } from '@surety/sdk';
import { unwrap } from '@surety/sdk/base';
import { personToken } from '@surety/sdk/court';
import { connect } from '../local/connect.ts';
import { nodeUrl } from '../local/environment.ts';
import { fail } from '../local/fail.ts';
import { ensureKey, loadKey } from '../local/keys.ts';
import type { Run } from '../table.ts';
import { safe } from '../terminal/safe.ts';

const day = (seconds: number): string => new Date(seconds * 1_000).toISOString().slice(0, 10);

export const run: Run = async ({ values, context }) => {
  const { out, home, cwd } = context;
  const { client, network } = await connect(context);
  const wallet = typeof values.key === 'string' ? loadKey(resolve(cwd, values.key)) : ensureKey(home, 'cli');
  const { person } = await client.juror({ address: wallet.address });
  if (person === null)
    return fail({
      code: 'court.no-issuer',
      message: 'This court draws people by their stakes, and takes no tokens of persons.',
      next: 'Stake on the page (#/court), or advise.',
    });
  const { issuer, directory, tokenKey, environment } = person;
  if (directory === null && typeof values.token !== 'string')
    return fail({
      code: 'court.person-token',
      message: `How to get a token of ${safe(issuer)} is not stated here.`,
      next: 'Ask the issuer, and bring the token: surety person --token HEX.',
    });
  const scope = { issuer, chainId: network.chainId, court: network.issuer.address, account: wallet.address };
  const token =
    typeof values.token === 'string'
      ? values.token
      : unwrap(await personToken({ directory: new URL(directory!, nodeUrl(context)).href, tokenKey, scope }));
  const account = await openAccount({ client, wallet, limitMicroUsd: 0n, scope: 'judge' });
  const result = await account.act({ type: 'surety/action/show-person/v1', token });
  if (out.json) {
    out.data(result);
    return 0;
  }
  out.line(`${out.style.green('✔')} ${wallet.address} counts as one person, known to ${safe(issuer)}.`);
  if (environment === 'development')
    out.line(
      out.style.yellow('  DEVELOPMENT: this issuer gives a token to whoever asks. It shows nothing of anybody.'),
    );
  out.line(out.style.dim('  It can be drawn into panels of people that are called from now on, and locks nothing.'));
  if (person.outUntil !== null) out.line(`  Not before ${day(person.outUntil)}: it missed a vote.`);
  return 0;
};
