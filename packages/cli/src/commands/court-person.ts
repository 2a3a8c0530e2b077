/** `surety court person`: takes one's ticket at a court of contracts that draws people by person, or gives it back. */

import { unwrap } from '@surety/sdk/base';
import { personToken } from '@surety/sdk/court';
import { chainKey, rpcUrlOf, silent, startProgram } from '../local/chain-program.ts';
import { connect } from '../local/connect.ts';
import { courtPlaces, takeStep } from '../local/court-program.ts';
import { nodeUrl } from '../local/environment.ts';
import { fail } from '../local/fail.ts';
import type { Context, Run, Values } from '../table.ts';
import { safe } from '../terminal/safe.ts';

type PersonHere = {
  readonly kind: 'person';
  readonly chainId: number;
  readonly me: string;
  readonly registry: string;
  readonly issuer: { readonly name: string; readonly tokenKey: string } | null;
  readonly environment: 'development' | 'production';
  readonly isPerson: boolean;
  readonly outUntil: number;
};

const look = async (values: Values, context: Context): Promise<PersonHere> => {
  const { env, signal } = context;
  const { messages } = startProgram<PersonHere>(
    'court-person',
    {
      ...env,
      RPC_URL: rpcUrlOf(values, context, 'court person'),
      SURETY_CHAIN_KEY: chainKey(values, context, 'cli'),
      SURETY_TASK: JSON.stringify(courtPlaces(values, context)),
    },
    signal,
  );
  for await (const message of messages) return message.kind === 'refused' ? fail(message.problem) : message;
  return silent('The court');
};

/** Of the own node, where it believes the same issuer. */
const directoryHere = async ({ issuer, me }: PersonHere, context: Context): Promise<string | null> => {
  try {
    const { client } = await connect(context);
    const { person } = await client.juror({ address: me });
    const same = person !== null && person.issuer === issuer?.name && person.tokenKey === issuer.tokenKey;
    return same && person.directory !== null ? new URL(person.directory, nodeUrl(context)).href : null;
  } catch {
    // No node is needed here; without one the directory has to be named.
    return null;
  }
};

const tokenFor = async (here: PersonHere, values: Values, context: Context): Promise<string | null> => {
  const { issuer, chainId, registry, me } = here;
  if (here.isPerson) return null;
  if (typeof values.token === 'string') return values.token;
  if (issuer === null) return null;
  const directory = typeof values.directory === 'string' ? values.directory : await directoryHere(here, context);
  if (directory === null)
    return fail({
      code: 'court.person-token',
      message: `How to get a token of ${safe(issuer.name)} is not stated here.`,
      next: 'Name its directory with --directory URL, or bring a token with --token HEX.',
    });
  const scope = { issuer: issuer.name, chainId, court: registry, account: me };
  return unwrap(await personToken({ directory, tokenKey: issuer.tokenKey, scope }));
};

export const run: Run = async ({ values, context }) => {
  if (values.leave === true) return takeStep({ kind: 'leave-persons' }, values, context);
  const here = await look(values, context);
  const { out } = context;
  const token = await tokenFor(here, values, context);
  if (here.environment === 'development')
    out.note(out.style.yellow('DEVELOPMENT: this issuer gives a token to whoever asks. It shows nothing of anybody.'));
  if (here.outUntil * 1_000 > Date.now())
    out.note(
      `Not drawn before ${new Date(here.outUntil * 1_000).toISOString().slice(0, 16)}Z: it missed a vote, or copied one.`,
    );
  return takeStep({ kind: 'person', token }, values, context);
};
