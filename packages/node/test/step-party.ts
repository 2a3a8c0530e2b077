/** Claims about proofs for tests: proved once, told wrongly, published, and providers that stand by them. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { from0x, to0x, toHex, unwrap } from '@surety/core';
import { answerStep, commit, prove, publishedData, type StepClaimed } from '@surety/proofs/zk';
import { anyInput, mlpProgram, randomLayers } from '../../programs/test/networks.ts';
import type { Hides } from '../../proofs/test/step-lies.ts';
import type { Route } from '../src/watch/route.ts';

/** A network of random weights with a proof of one run of it, which hides nothing unless stated. */
export const provedRun = async (widths: readonly number[], { proofs = 0, hideInput = false }: Hides = {}) => {
  const program = mlpProgram(widths, randomLayers(widths, 1));
  const inputs = anyInput(program, 3);
  const committed = unwrap(await commit(program, { proofs }));
  const { file } = unwrap(await prove(committed, inputs, { hideInput }));
  return { program, inputs, architecture: committed.architecture, file };
};

/** A provider that answers every question from its story; what the contract does not take stays without an answer. */
export const storyRoute = (...stories: readonly StepClaimed[]): Route => ({
  check: async ({ claim }) => {
    const story = stories.find(({ run }) => to0x(run.trace) === claim.trace);
    if (story === undefined) return { kind: 'unheld', what: 'program' };
    return {
      kind: 'right',
      answer: async (exchanges) => to0x(answerStep(story, unwrap(from0x(exchanges.at(-1)!.question)))),
      next: async () => ({ kind: 'nothing' }),
      close: async () => undefined,
    };
  },
});

/** A node as far as it publishes data of claims, and architectures. */
export const startPublisher = async () => {
  const files = new Map<string, Uint8Array>();
  const server = createServer((request, response) => {
    const file = files.get(request.url ?? '');
    response.statusCode = file === undefined ? 404 : 200;
    response.end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    publish: (claim: StepClaimed, file = publishedData(claim)): void => {
      files.set(`/v1/proofs/${toHex(claim.run.trace)}`, file);
    },
    publishArchitecture: (program: string, file: Uint8Array): void => {
      files.set(`/v1/architectures/${program}`, file);
    },
    stop: (): void => {
      server.close();
      server.closeAllConnections();
    },
  };
};
