/** `surety court deploy`: a court of contracts on a development chain. */
import { chainKey, rpcUrlOf, silent, startProgram } from '../local/chain-program.ts';
import { fail } from '../local/fail.ts';
import { UsageError } from '../refusal.ts';
import type { Run } from '../table.ts';
import { confirm } from '../terminal/prompt.ts';

type Message =
  | { readonly kind: 'ready'; readonly chainId: number; readonly me: string }
  | { readonly kind: 'declined' }
  | {
      readonly kind: 'deployed';
      readonly court: string;
      readonly panels: string;
      readonly jurors: string;
      /** Of persons, where people are drawn by person. */
      readonly registry?: string;
      readonly currency: string;
      readonly policy: string;
    };

export const run: Run = async ({ values, context }) => {
  const { out, env, home, signal } = context;
  const speed = values.speed ?? '1';
  if (typeof speed !== 'string' || !/^[1-9]\d{0,3}$/.test(speed))
    throw new UsageError(`--speed cannot be ${speed}.`, 'Give a whole number from 1 to 9999.', '--speed');
  const people = values['by-person'] === true ? 'by-person' : 'by-stake';
  const { messages, tell } = startProgram<Message>(
    'court-deploy',
    {
      ...env,
      RPC_URL: rpcUrlOf(values, context, 'court deploy'),
      SURETY_CHAIN_KEY: chainKey(values, context, 'cli'),
      SURETY_TASK: JSON.stringify({ home, speed: Number(speed), people }),
    },
    signal,
  );
  for await (const message of messages) {
    if (message.kind === 'refused') return fail(message.problem);
    if (message.kind === 'declined')
      return fail({ code: 'cli.declined', message: 'Nothing was deployed.', next: 'Run it again when you are sure.' });
    if (message.kind === 'ready') {
      const question = `Deploy a court to chain ${message.chainId} with ${message.me} as its curator, and pay the gas?`;
      tell(values.yes === true || (await confirm(question, { fallback: true })) ? 'go' : 'no');
      continue;
    }
    const { kind: _, ...deployed } = message;
    if (deployed.registry !== undefined)
      out.note(out.style.yellow('DEVELOPMENT: its people are known to an issuer that gives a token to whoever asks.'));
    if (out.json) out.data(deployed);
    else for (const [name, value] of Object.entries(deployed)) out.line(`  ${name.padEnd(10)} ${value}`);
    return 0;
  }
  return silent('The deployment');
};
