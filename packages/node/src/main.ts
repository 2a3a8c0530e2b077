/** `@surety/node` as a program: starts a node with the configuration of the environment and serves until it is told to stop. */
import { SuretyError, unwrap } from '@surety/core';
import { readConfig } from './config.ts';
import { startNode } from './start-node.ts';

const started = async (): Promise<void> => {
  const node = await startNode({
    config: unwrap(readConfig(process.env, process.cwd())),
    onStep: (step) => process.stderr.write(`starting ${step}\n`),
  });
  process.stdout.write(`Surety serves at ${node.url}\n`);
  const stop = (): void => {
    node.stop().then(() => process.exit(0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
};

started().catch((cause: unknown) => {
  process.stderr.write(`surety: ${cause instanceof SuretyError ? cause.message : String(cause)}\n`);
  process.exit(cause instanceof SuretyError ? cause.rule.exit : 70);
});
