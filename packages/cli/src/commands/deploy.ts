/** `surety deploy`: runs the node's deployment program as a process of its own; the command line knows no chain. */
import { chainKey, startProgram } from '../local/chain-program.ts';
import { fail } from '../local/fail.ts';
import { UsageError } from '../refusal.ts';
import type { Run } from '../table.ts';
import { confirm } from '../terminal/prompt.ts';

type Message =
  | { readonly kind: 'chain'; readonly chainId: number; readonly operator: string; readonly development: boolean }
  | { readonly kind: 'step'; readonly name: string; readonly address: string }
  | {
      readonly kind: 'deployed';
      readonly chainId: number;
      readonly contracts: { readonly [name: string]: string };
      readonly deployed: readonly string[];
      readonly gasUsed: string;
    };

export const run: Run = async ({ values, context }) => {
  const { out, env, signal } = context;
  const rpcUrl = typeof values['rpc-url'] === 'string' ? values['rpc-url'] : env.RPC_URL;
  if (!rpcUrl)
    throw new UsageError(
      '"surety deploy" needs --rpc-url.',
      'Write --rpc-url http://127.0.0.1:8545, for example.',
      '--rpc-url',
    );
  const key = chainKey(values, context, 'deployer');
  if (
    values.yes !== true &&
    !out.json &&
    process.stdin.isTTY &&
    !(await confirm(`Deploy to ${rpcUrl} and pay its gas?`, { fallback: true }))
  ) {
    return fail({ code: 'cli.declined', message: 'Nothing was deployed.', next: 'Run it again when you are sure.' });
  }
  const task = {
    ...env,
    RPC_URL: rpcUrl,
    SURETY_DEPLOY_KEY: key,
    ...(typeof values.token === 'string' ? { SURETY_DEPLOY_TOKEN: values.token } : {}),
  };
  const { bold, dim, green } = out.style;
  for await (const message of startProgram<Message>('deploy', task, signal).messages) {
    if (message.kind === 'refused') return fail(message.problem);
    if (message.kind === 'chain')
      out.line(
        dim(`chain ${message.chainId}${message.development ? ', development' : ''}; operator ${message.operator}`),
      );
    if (message.kind === 'step') out.line(`  ${message.name.padEnd(16)} ${message.address}`);
    if (message.kind !== 'deployed') continue;
    const { contracts, deployed, gasUsed, chainId } = message;
    if (out.json) out.data({ chainId, contracts, deployed, gasUsed });
    else if (deployed.length === 0) {
      out.line(`${green('✔')} Everything is there already:`);
      for (const [name, address] of Object.entries(contracts)) out.line(`  ${name.padEnd(16)} ${address}`);
    } else out.line(`${green('✔')} ${bold(`${deployed.length} contracts`)} deployed with ${gasUsed} gas.`);
    return 0;
  }
  return fail({
    code: 'internal',
    message: 'The deployment ended without a word.',
    next: 'Run it again; what is there is left alone.',
  });
};
