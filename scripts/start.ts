/**
 * `npm start`: the main job. Starts Surety, asks the example questions (once), shows how each market moved, prints what
 * was answered and how, verifies every receipt, and keeps serving until Ctrl-C.
 */
import { SuretyError, unwrap } from '@surety/core';
import { readConfig } from '../packages/node/src/config.ts';
import { type RunningNode, startNode } from '../packages/node/src/start-node.ts';
import { ROOT } from './repo/workspace.ts';
import { runExamples } from './start/examples.ts';

const launchedAt = Number(process.env.SURETY_LAUNCHED_AT ?? Date.now());
const say = (text = ''): void => {
  process.stdout.write(`${text}\n`);
};
const seconds = (since: number): string => `${((Date.now() - since) / 1_000).toFixed(1)} s`;

const main = async (): Promise<void> => {
  const config = unwrap(readConfig(process.env, ROOT));
  say('Surety: ask, and get an answer with a receipt that anyone can verify, and money behind it.');
  if (config.environment === 'development') {
    say('DEVELOPMENT: a local chain, development dollars and built-in players; no real money stands behind an answer.');
  }
  say();
  let leaving = false;
  const left = new AbortController();
  let starting: Promise<RunningNode> | undefined;
  /** A start under way is waited for: only what has started can be stopped in order. A second Ctrl-C does not wait. */
  const leave = (status: number, after = '"npm start" carries on where this ended.'): void => {
    if (leaving) process.exit(status);
    leaving = true;
    left.abort();
    say('\nStopping: finishing what is under way, then chain and database ...');
    const stopped = async (): Promise<void> => {
      const node = await starting?.catch(() => undefined);
      await node?.stop();
      say(`Stopped. Everything is kept in ${config.home}; ${after}`);
    };
    stopped().then(
      () => process.exit(status),
      (cause: unknown) => fail(cause),
    );
  };
  process.on('SIGINT', () => leave(0));
  process.on('SIGTERM', () => leave(0));
  process.on('SIGHUP', () => leave(0));

  let last = Date.now();
  let step = '';
  const onStep = (next: string): void => {
    if (step !== '' && !leaving) say(`  ${step.padEnd(24)} ${seconds(last)}`);
    last = Date.now();
    step = next;
  };
  starting = startNode({ config, onStep });
  const node = await starting;
  if (leaving) return;
  onStep('');
  say(`  ${'ready'.padEnd(24)} ${seconds(launchedAt)} after launch\n`);

  if (!process.argv.includes('--no-examples')) {
    const { url, trust } = node;
    const done = await runExamples({ url, home: config.home, trust, launchedAt, say, signal: left.signal }).then(
      () => true,
      // Whoever stops the node cuts the examples off; the next start carries on with them.
      (cause: unknown) => (leaving ? false : Promise.reject(cause)),
    );
    if (!done) return;
  }
  say(`\nThe page:  ${node.url}`);
  say('Ask:       ./surety ask "Is uniswap-claim-rewards.app a scam?"');
  say('Stop:      Ctrl-C');
  node.fenced.then(({ message }) => {
    say(`\n${message}`);
    leave(75, 'the newer process carries on.');
  });
};

function fail(cause: unknown): never {
  if (cause instanceof SuretyError) {
    process.stderr.write(`\nsurety: ${cause.problem.message}\n        ${cause.problem.next}\n`);
    process.exit(cause.rule.exit);
  }
  process.stderr.write(`\nsurety: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}\n`);
  process.exit(70);
}

main().catch(fail);
