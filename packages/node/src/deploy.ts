/**
 * `@surety/node/deploy` as a program: what `surety deploy` runs. Reads its task from the environment, so that the key
 * shows in no process list, and writes one JSON object a line: each step, then the deployment or the refusal.
 */
import { connect, DEVELOPMENT_CHAIN_IDS, deployOn } from '@surety/chain';
import { addressOfSecretKey, fromHex, parseAddress, unwrap } from '@surety/core';
import { giveGas, required, runProgram, say } from './watch/program.ts';

type Hex = `0x${string}`;

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

runProgram(run);
