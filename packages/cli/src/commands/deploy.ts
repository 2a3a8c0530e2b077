/** `surety deploy`: runs the node's deployment program as a process of its own; the command line knows no chain. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type Problem, SuretyError } from '@surety/sdk/base';
import { fail } from '../local/fail.ts';
import { ensureKey } from '../local/keys.ts';
import { UsageError } from '../refusal.ts';
import type { Context, Run, Values } from '../table.ts';
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
    }
  | { readonly kind: 'refused'; readonly problem: Problem };

/** The program, wherever this installation keeps the node. */
const program = (): string => {
  try {
    return fileURLToPath(import.meta.resolve('@surety/node/deploy'));
  } catch (cause) {
    const message = 'Deploying needs the package @surety/node, which is not installed.';
    throw new SuretyError(
      { code: 'process.not-installed', message, next: 'Run "npm run setup" in the repository.' },
      { cause },
    );
  }
};

/** The key in a file of hex digits; a key of this folder where none is named. */
const secretKey = (values: Values, { cwd, home }: Context): string => {
  if (typeof values.key !== 'string') return ensureKey(home, 'deployer').secretKey;
  const file = resolve(cwd, values.key);
  try {
    const text = readFileSync(file, 'utf8').trim();
    if (/^(?:0x)?[0-9a-fA-F]{64}$/.test(text)) return text;
  } catch {
    // Said below: an unreadable file holds no key either.
  }
  return fail({
    code: 'config.keys-unreadable',
    message: `${file} does not hold a key.`,
    next: 'Write 64 hex digits into it.',
    field: '--key',
  });
};

async function* messages(env: NodeJS.ProcessEnv, signal: AbortSignal): AsyncGenerator<Message> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program()], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
    signal,
  });
  child.on('error', () => undefined);
  for await (const line of createInterface({ input: child.stdout })) yield JSON.parse(line) as Message;
}

export const run: Run = async ({ values, context }) => {
  const { out, env, signal } = context;
  const rpcUrl = typeof values['rpc-url'] === 'string' ? values['rpc-url'] : env.RPC_URL;
  if (!rpcUrl)
    throw new UsageError(
      '"surety deploy" needs --rpc-url.',
      'Write --rpc-url http://127.0.0.1:8545, for example.',
      '--rpc-url',
    );
  const key = secretKey(values, context);
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
  for await (const message of messages(task, signal)) {
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
