/** The example model is published and plays from the command line against a real node; its receipt is run again. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { folder, type Ran, surety } from './testing.ts';
import { startNode } from './testing-node.ts';

const EXAMPLE = join(import.meta.dirname, '../../../examples/models/site-names');
const bytes = new Uint8Array(readFileSync(`${EXAMPLE}.program`));
const adapter = JSON.parse(readFileSync(`${EXAMPLE}.adapter.json`, 'utf8')) as { readonly program: string };
const id = adapter.program;
const MODEL = ['--model', 'net.program', '--adapter', 'net.adapter.json'];

const withModel = (): string => {
  const cwd = folder();
  writeFileSync(join(cwd, 'net.program'), bytes);
  writeFileSync(join(cwd, 'net.adapter.json'), JSON.stringify(adapter));
  return cwd;
};
const failed = ({ code, stderr, stdout }: Ran): string => `${code} ${stdout}${stderr}`;

test('a model plays, its report names it, and whoever holds it runs the final receipt again', async (t) => {
  const cwd = withModel();
  const node = await startNode(join(cwd, '.surety'));
  t.after(async () => {
    node.stop();
    await node.ended;
  });
  const run = (...args: string[]) => surety(args, { cwd });
  const early = await run('player', 'add', ...MODEL, '--name', 'my-net', '--json');
  assert.equal(early.code, 1, failed(early));
  const { error } = JSON.parse(early.stdout) as { error: { code: string; next: string } };
  assert.equal(error.code, 'evidence.unknown-program');
  assert.match(error.next, /"surety model publish net\.program --name my-net" first.*--hidden --reveal-by DATE/);
  assert.equal(existsSync(join(cwd, '.surety', 'keys', 'players')), false, 'no account was made');
  const published = await run('model', 'publish', 'net.program', '--name', 'my-net');
  assert.equal(published.code, 0, failed(published));

  const player = surety(['player', 'add', ...MODEL, '--name', 'my-net', '--json'], { cwd, until: /"kind":"trade"/ });
  const asking = await run('ask', 'Is uniswap-claim-rewards.app a scam?', '--close', '30s', '--wait', '--json');
  assert.equal(asking.code, 0, failed(asking));
  const played = await player;
  assert.match(played.stdout, /"kind":"trade"/, failed(played));
  const { receipt, marketId } = JSON.parse(asking.stdout) as { receipt: string; marketId?: string };

  const listed = JSON.parse((await run('markets', '--json')).stdout) as { markets: { marketId: string }[] };
  const market = await run('market', marketId ?? listed.markets[0]!.marketId);
  assert.match(market.stdout, new RegExp(`my-net[\\s\\S]*program:${id}`), failed(market));
  assert.match(market.stdout, /not\s+that\s+it\s+is\s+right,\s+nor\s+how\s+it\s+was\s+trained/);

  const findings = async (...args: string[]) => {
    const ran = await run('verify', receipt, ...args, '--json');
    const { verdict, links } = JSON.parse(ran.stdout) as {
      verdict: string;
      links: { program: { holds: string; summary: string }[] };
    };
    const own = links.program.filter(({ summary }) => summary.includes(`program:${id}`));
    return { verdict, own: own.map(({ holds }) => holds), summary: own[0]?.summary ?? '', stderr: ran.stderr };
  };
  const without = await findings();
  assert.deepEqual([without.verdict, without.own], ['trusted', ['not-shown']]);
  assert.match(without.summary, /is not held here/);
  const holding = await findings('--programs', '.');
  assert.deepEqual([holding.verdict, holding.own], ['trusted', ['shown']]);

  // One bit of one weight makes it another program: nothing is shown by it, and nothing refuted.
  const other = bytes.slice();
  other[other.length - 1]! ^= 1;
  mkdirSync(join(cwd, 'changed'));
  writeFileSync(join(cwd, 'changed', 'net.program'), other);
  writeFileSync(join(cwd, 'changed', 'half.program'), bytes.subarray(0, bytes.length / 2));
  const changed = await findings('--programs', 'changed');
  assert.deepEqual([changed.verdict, changed.own], ['trusted', ['not-shown']]);
  assert.match(changed.stderr, /Not held: .*half\.program/);
});

test('a model is backtested on labelled questions', async () => {
  const cwd = withModel();
  const rows = [
    { question: 'Is uniswap-claim-rewards.app a scam?', outcome: 'scam' },
    { question: 'Is ethereum.org a scam?', outcome: 'legitimate' },
    { question: 'Is 0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48 the real USDC?', outcome: 'genuine' },
  ];
  writeFileSync(join(cwd, 'labels.jsonl'), rows.map((row) => JSON.stringify(row)).join('\n'));
  const ran = await surety(['player', 'backtest', ...MODEL, '--data', 'labels.jsonl', '--json'], { cwd });
  assert.equal(ran.code, 0, failed(ran));
  const { questions, answered, accuracyPpm } = JSON.parse(ran.stdout) as Record<string, number>;
  assert.deepEqual({ questions, answered, accuracyPpm }, { questions: 3, answered: 2, accuracyPpm: 1_000_000 });
});

test('what is no player is said before anything is paid', async () => {
  const cwd = withModel();
  writeFileSync(join(cwd, 'other.adapter.json'), JSON.stringify({ ...adapter, program: '00'.repeat(32) }));
  const code = async (...args: string[]): Promise<string> => {
    const { stderr } = await surety(['player', 'add', ...args], { cwd });
    return /^\s+([a-z]+\.[a-z-]+)(?: ·|$)/m.exec(stderr)?.[1] ?? stderr;
  };
  assert.equal(await code(), 'cli.usage');
  assert.equal(await code('--model', 'net.program'), 'cli.usage');
  assert.equal(await code('bot.mjs', ...MODEL), 'cli.usage');
  assert.equal(await code(...MODEL, '--name', 'My Net'), 'cli.usage');
  assert.equal(await code(...MODEL, '--hidden'), 'cli.usage');
  assert.equal(await code('--model', 'net.adapter.json', '--adapter', 'net.adapter.json'), 'program.malformed');
  assert.equal(await code('--model', 'net.program', '--adapter', 'other.adapter.json'), 'adapter.mismatch');
  assert.equal(await code('--model', 'nothing', '--adapter', 'net.adapter.json'), 'cli.file-unreadable');
});
