/** What the commands about a court of contracts share: which court, which nodes are asked for claims, and a step with its price. */
import { formatDollars, type Problem, parseDollars, unwrap } from '@surety/sdk/base';
import { type CaseTerms, servingWords, unruledWords } from '@surety/sdk/court';
import { UsageError } from '../refusal.ts';
import type { Context, Values } from '../table.ts';
import { confirm } from '../terminal/prompt.ts';
import { safe } from '../terminal/safe.ts';
import { wrap } from '../terminal/table.ts';
import { chainKey, rpcUrlOf, silent, startProgram } from './chain-program.ts';
import { readEnvironment } from './environment.ts';
import { fail } from './fail.ts';

/** Number of a case of a contract, `chain:7`; `null` for a case of a node. */
export const chainCaseId = (id: string): number | null => {
  if (!id.startsWith('chain:')) return null;
  const digits = id.slice('chain:'.length);
  if (/^[1-9]\d{0,14}$/.test(digits)) return Number(digits);
  throw new UsageError(`"${id}" names no case.`, 'Write chain: and the number of the case, such as chain:7.', 'ID');
};

/** The same where nothing else is meant. */
export const onlyChainCaseId = (id: string): number => {
  const caseId = chainCaseId(id);
  if (caseId !== null) return caseId;
  throw new UsageError(`"${id}" is no case of a contract.`, 'Write chain: and its number, such as chain:7.', 'ID');
};

/** Where the court is, and who may hold a claim that nobody published on its chain. */
export const courtPlaces = (values: Values, { home, url, env }: Context) => {
  const node = url ?? env.SURETY_URL ?? readEnvironment(home)?.url;
  return { home, court: typeof values.court === 'string' ? values.court : null, nodes: node ? [node] : [] };
};

/** What one coin of the chain is worth, in base units of a court in dollars; `null` where it is not named. */
export const coinUnits = ({ coin }: Values): string | null =>
  typeof coin === 'string' ? String(unwrap(parseDollars(coin, '--coin'))) : null;

type StepMessage =
  | {
      readonly kind: 'ready';
      readonly chainId: number;
      readonly court: string;
      readonly me: string;
      readonly words: string;
      /** Of a step that makes a case. */
      readonly terms: CaseTerms | null;
      readonly costUnits: string;
      readonly mostGas: string;
      readonly steps: number;
    }
  | { readonly kind: 'declined' }
  | {
      readonly kind: 'done';
      readonly transactions: readonly (string | null)[];
      /** Of the case that was begun; `null` for any other step. */
      readonly caseId: string | null;
      /** What kept the reason of a vote from being published. */
      readonly unpublished: Problem | null;
    };

/**
 * Says what a step takes, asks, and takes it.
 * @returns the exit status
 */
export const takeStep = async (step: object, values: Values, context: Context): Promise<number> => {
  const { out, env, signal } = context;
  const { messages, tell } = startProgram<StepMessage>(
    'court-step',
    {
      ...env,
      RPC_URL: rpcUrlOf(values, context, 'court'),
      SURETY_CHAIN_KEY: chainKey(values, context, 'cli'),
      SURETY_TASK: JSON.stringify({ ...courtPlaces(values, context), coinUnits: coinUnits(values), step }),
    },
    signal,
  );
  for await (const message of messages) {
    if (message.kind === 'refused') return fail(message.problem);
    if (message.kind === 'declined')
      return fail({ code: 'cli.declined', message: 'Nothing was sent.', next: 'Run it again when you are sure.' });
    if (message.kind === 'ready') {
      const { words, terms, costUnits, mostGas, steps, me } = message;
      if (steps === 0) continue;
      out.note(wrap(`${safe(words)}`, out.width));
      out.note(`  It takes ${formatDollars(BigInt(costUnits))} of ${me}, and at most ${mostGas} gas.`);
      for (const warning of terms === null ? [] : [unruledWords(terms), servingWords(terms)])
        if (warning !== null) out.note(out.style.yellow(`! ${wrap(safe(warning), out.width, '  ')}`));
      const yes = values.yes === true || (await confirm('Go ahead?', { fallback: false }));
      tell(yes ? 'go' : 'no');
      continue;
    }
    const { caseId, unpublished } = message;
    if (unpublished !== null)
      out.note(out.style.yellow(`! ${wrap(safe(`${unpublished.message} ${unpublished.next}`), out.width, '  ')}`));
    if (out.json)
      out.data({
        transactions: message.transactions,
        ...(caseId === null ? {} : { caseId: Number(caseId) }),
        ...(unpublished === null ? {} : { unpublished }),
      });
    else if (message.transactions.length === 0) out.line('There is nothing to do: it is so already.');
    else for (const hash of message.transactions) out.line(`${out.style.green('✔')} ${hash ?? 'done before'}`);
    if (caseId !== null && !out.json) out.line(`  surety court chain:${caseId} shows it.`);
    return 0;
  }
  return silent('The step');
};
