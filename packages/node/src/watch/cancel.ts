/** `@surety/node/cancel` as a program: what `surety cancel` runs. Takes back a signed request that nobody has answered. */
import { readFileSync } from 'node:fs';
import { readNonceUsed, submit } from '@surety/chain';
import { type Problem, SuretyError, unwrap } from '@surety/core';
import { connectHere, contractsOf, giveGas, ownAddress, type Places, readTask, runProgram, say } from './program.ts';
import { readRequestFile } from './request-file.ts';
import { same } from './sides.ts';

export type CancelTask = Places & {
  /** File of the request. */
  readonly request: string;
};

const USED: Problem = {
  code: 'action.replayed',
  message: 'The request was answered before, or taken back.',
  next: 'See "surety claims" for the claim that answers it.',
  field: 'nonce',
};

const run = async (): Promise<void> => {
  const task = readTask<CancelTask>();
  const chain = await connectHere();
  const me = ownAddress(chain);
  const contracts = contractsOf(chain.chainId, task);
  const { request } = unwrap(readRequestFile(readFileSync(task.request, 'utf8')));
  const { requester, nonce, priceMicroUsd } = request;
  if (!same(requester, me))
    throw new SuretyError({
      code: 'signature.wrong-signer',
      message: `The request is of ${requester}; your key is ${me}.`,
      next: 'Use the key that signed it (--key).',
      field: 'requester',
      value: me,
      limit: requester,
    });
  if (unwrap(await readNonceUsed(chain, contracts, request))) throw new SuretyError(USED);
  await giveGas(chain, me);
  const sent = await submit(chain, contracts, { kind: 'cancel-request', nonce });
  if (sent.kind === 'refused' || sent.kind === 'lost') throw new SuretyError(sent.problem);
  // `already`: whoever claimed in between was faster, and used the nonce.
  if (sent.kind === 'already') throw new SuretyError(USED);
  say({ kind: 'cancelled', transaction: sent.hash, priceMicroUsd });
};

runProgram(run);
