/**
 * `@surety/node/deploy` as a program: what `surety deploy` runs. Reads its task from the environment, so that the key
 * shows in no process list, and writes one JSON object a line: each step, then the deployment or the refusal.
 */
import { type Chain, connect, DEVELOPMENT_CHAIN_IDS, deployOn, LOCAL_CHAIN_IDS } from '@surety/chain';
import { addressOfSecretKey, ERRORS, fromHex, type Problem, parseAddress, SuretyError, unwrap } from '@surety/core';

type Hex = `0x${string}`;

const say = (value: object): void => {
  process.stdout.write(
    `${JSON.stringify(value, (_key, each: unknown) => (typeof each === 'bigint' ? each.toString() : each))}\n`,
  );
};

const required = (name: string): string => {
  const value = process.env[name];
  if (value) return value;
  throw new SuretyError({ code: 'config.invalid', message: `${name} is not set.`, next: `Set ${name}.`, field: name });
};

/** Gas for a fresh key on a local chain, whose owner prints it anyway. Chains that do not offer it say no. */
const giveGas = async ({ chainId, reader }: Chain, address: Hex): Promise<void> => {
  if (!LOCAL_CHAIN_IDS.includes(chainId) || (await reader.getBalance({ address })) > 0n) return;
  const request = reader.request as (call: { method: string; params: readonly unknown[] }) => Promise<unknown>;
  await request({ method: 'anvil_setBalance', params: [address, '0x56bc75e2d63100000'] }).catch(() => undefined);
};

const run = async (): Promise<void> => {
  const key = required('SURETY_DEPLOY_KEY');
  const operator = addressOfSecretKey(unwrap(fromHex(key.replace(/^0x/, ''), { bytes: 32, field: 'key' }))) as Hex;
  const token = process.env.SURETY_DEPLOY_TOKEN;
  const chain = unwrap(await connect(required('RPC_URL'), { key }));
  say({ kind: 'chain', chainId: chain.chainId, operator, development: DEVELOPMENT_CHAIN_IDS.includes(chain.chainId) });
  await giveGas(chain, operator);
  const deployment = unwrap(
    await deployOn(chain, {
      operator,
      ...(token ? { token: unwrap(parseAddress(token, { field: 'token', lenient: true })) as Hex } : {}),
      onStep: (name, address) => say({ kind: 'step', name, address }),
    }),
  );
  say({ kind: 'deployed', ...deployment });
};

run().catch((cause: unknown) => {
  const problem: Problem =
    cause instanceof SuretyError
      ? cause.problem
      : { code: 'internal', message: String(cause), next: 'Report it with the line above.' };
  say({ kind: 'refused', problem });
  process.exitCode = ERRORS[problem.code].exit;
});
