import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Court, CourtPanels, PersonTokens } from '../../chain/src/generated/index.ts';
import { BOND_UNITS, type CourtWorld, enrol, POLICY, startCourtWorld } from '../../chain/test/court-world.ts';
import { developmentIssuer } from '../../node/src/index.ts';
import { type ChainCase, type ChainCases, chainCase } from '../../protocol/src/index.ts';
import { folder, here, type Ran, surety } from './testing.ts';

type Hex = `0x${string}`;

let world: CourtWorld;
const cwd = folder();

/** A command on the world's chain, in this process. */
const onChain = (...args: string[]): Promise<Ran> => here([...args, '--rpc-url', world.local.rpcUrl], cwd);
const show = (...args: string[]): Promise<Ran> => onChain('court', ...args, '--court', world.setting.court);
/** One at the world's court with the key of one of its members. */
const run = (name: string, ...args: string[]): Promise<Ran> => {
  writeFileSync(join(cwd, name), world.keyOf(name));
  return onChain(...args, '--court', world.setting.court, '--key', name);
};

const parsed = <T>({ stdout, stderr, code }: Ran): T => {
  assert.equal(code, 0, stderr + stdout);
  return JSON.parse(stdout) as T;
};

before(async () => {
  world = await startCourtWorld();
  for (const name of ['asker', 'proposer', 'challenger']) await world.member(name);
  await enrol(world, await world.member('juror'), 'juror-model:grams', 1);
});
after(() => world?.local.kill());

test('a question is asked of a court of contracts, shown, answered and challenged in the words of the node’s own court', async () => {
  const question = ['court', 'ask', 'Is uniswap-claim-rewards.app a scam?', '--reward', '0.25', '--yes'];
  const told = await run('asker', ...question, '--policy', world.policyId, '--coin', '1000000000');
  assert.match(told.stderr, /Nobody is registered here as a person[\s\S]*ends\s+undecided/);
  assert.match(told.stderr, /A seat of round 1 earns \$0\.01, and serving it takes about \$[\d,.]+ of gas/);
  assert.match(told.stderr, /Publish and ask: Is the site uniswap-claim-rewards\.app a scam\?.*It takes \$0\.25/s);
  assert.match(told.stdout, /surety court chain:1 shows it/);
  const asked = await show('chain:1');
  assert.match(asked.stdout, /uniswap-claim-rewards\.app[\s\S]*Asked; nobody has proposed an answer yet/);
  assert.doesNotMatch(asked.stdout, /of gas/, 'on a development chain gas costs nothing');
  assert.match((await show('chain:1', '--coin', '1000000000')).stdout, /takes about \$[\d,.]+ of gas/);
  assert.match(asked.stdout, /surety court propose chain:1 --for OUTCOME proposes one of “scam”, “legitimate”/);

  const declined = await run('proposer', 'court', 'propose', 'chain:1', '--for', 'scam');
  assert.deepEqual([declined.code === 0, /Propose “scam” in case 1/.test(declined.stderr)], [false, true]);
  const proposed = await run('proposer', 'court', 'propose', 'chain:1', '--for', 'scam', '--yes');
  assert.match(proposed.stderr, /It takes \$1\.00 of 0x/);
  const part = await run('challenger', 'challenge', 'chain:1', '--for', 'legitimate', '--pay', '0.50', '--yes');
  assert.equal(part.code, 0, part.stderr);
  const of = parsed<ChainCase>(await show('chain:1', '--json'));
  assert.deepEqual(chainCase.parse(of), of);
  assert.deepEqual(
    [of.phase, of.claimFrom, of.rewardMicroUsd, of.standing, of.pots, of.leastBondMicroUsd],
    ['proposed', 'chain', '250000', 0, [{ outcome: 1, amountMicroUsd: '500000' }], String(BOND_UNITS)],
  );
  assert.equal(of.endsAt! - of.proposedAt!, POLICY.challengeSeconds);
  assert.match((await show('chain:1')).stdout, /Going on costs \$2\.10: a bond of \$2\.00, and \$0\.10 for the jurors/);
  const whole = await run('challenger', 'challenge', 'chain:1', '--for', 'legitimate', '--yes');
  assert.match(whole.stderr, /which calls the next panel/);
  assert.match((await show('--chain')).stdout, /chain:1 .*Round 1: AI jurors are judging/);
  assert.match((await run('asker', 'court', 'draw', 'chain:1', '--yes')).stderr, /its beacon is due in/);
});

test('a juror joins once, raises its stake, serves, and leaves with what is free', async () => {
  const more = await run('juror', 'court', 'join', '--family', 'grams', '--stake', '6', '--yes', '--json');
  assert.equal(parsed<{ transactions: string[] }>(more).transactions.length, 1);
  const served = await run('juror', 'court', 'serve', '--family', 'grams', '--once');
  assert.match(served.stdout, /Serving as 0x.*family juror-model:grams[\s\S]*Stake \$6\.00/);
  assert.equal((await run('juror', 'court', 'leave', '--yes')).code, 0);
  const out = await run('juror', 'court', 'withdraw', '--yes', '--json');
  assert.equal(parsed<{ transactions: string[] }>(out).transactions.length, 1);
  assert.match((await run('juror', 'court', 'collect', 'chain:1', '--yes')).stdout, /There is nothing to do/);
});

test('what a step cannot be taken with is refused before anything is sent', async () => {
  assert.match((await show('chain:x')).stderr, /names no case/);
  assert.match((await show('chain:99')).stderr, /no case 99/);
  assert.match((await run('asker', 'court', 'propose', '7', '--for', 'scam')).stderr, /is no case of a contract/);
  assert.match((await run('asker', 'court', 'summon', 'chain:1', '--yes')).stderr, /is not the auditor of the policy/);
  assert.match((await run('asker', 'court', 'strike', 'chain:1', '--yes')).stderr, /--excluded is missing/);
  assert.match((await run('asker', 'court', 'show-early', 'chain:1', '--yes')).stderr, /--vote is missing/);
});

test('a person takes a ticket by a token, and gives it back', async () => {
  const { setting, issuer } = world;
  const registry = setting.registry!;
  const { address } = (await world.member('person')).account!;
  const person = (...args: string[]): Promise<Ran> => run('person', 'court', 'person', ...args, '--yes');
  assert.match((await person()).stderr, /How to get a token of persons\.example is not stated here[\s\S]*--directory/);
  assert.match((await person('--token', 'ab')).stderr, /A token has 354 bytes, and this has 1/);
  const lent = issuer.tokenFor(registry, setting.court).slice(2);
  assert.match((await person('--token', lent)).stderr, /court\.person-token/);
  const shown = await person('--token', issuer.tokenFor(registry, address));
  assert.match(
    shown.stderr,
    /Count 0x\w+ as one person, known to persons\.example: one ticket[\s\S]*at most 1300000 gas/,
  );
  assert.equal(shown.stdout.match(/✔ 0x/g)?.length, 2, shown.stdout);
  assert.equal(parsed<{ transactions: string[] }>(await person('--leave', '--json')).transactions.length, 1);
  // The registry knows it already: no token is asked for again.
  assert.equal(parsed<{ transactions: string[] }>(await person('--json')).transactions.length, 1);
});

test('a court is deployed that draws people by person, whose issuer for development gives a token to whoever asks', async () => {
  const elsewhere = folder();
  const { extensions } = developmentIssuer(join(elsewhere, '.surety'));
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', async () => {
      const { method = 'GET', url = '/' } = request;
      const body = method === 'POST' ? { body: Buffer.concat(chunks) } : {};
      const asked = new Request(new URL(url, 'http://issuer.example'), { method, ...body });
      const answer = await extensions.find(({ path }) => path === url)!.handle(asked, '127.0.0.1');
      response.writeHead(answer.status).end(Buffer.from(await answer.arrayBuffer()));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const directory = `http://127.0.0.1:${port}${extensions[0]!.path}`;
  try {
    writeFileSync(join(elsewhere, 'persons'), world.keyOf('persons'));
    const own = ['--key', 'persons', '--yes', '--rpc-url', world.local.rpcUrl];
    const deployed = await here(['court', 'deploy', '--by-person', '--json', ...own], elsewhere);
    const { registry, policy, court } = parsed<{ registry: Hex; policy: Hex; court: Hex }>(deployed);
    const terms = await world.curator.reader.readContract({
      ...{ abi: Court.abi, address: court, functionName: 'policyOf', args: [policy] },
    });
    assert.deepEqual(
      terms.rounds.map(({ lossToGain, absence }) => [lossToGain, absence]),
      [
        [9, 5_000n],
        [9, 5_000n],
        [0, 0n],
        [0, 0n],
      ],
    );
    const shown = await here(['court', 'person', '--directory', directory, ...own], elsewhere);
    assert.match(shown.stderr, /DEVELOPMENT: this issuer gives a token to whoever asks/);
    assert.equal(shown.stdout.match(/✔ 0x/g)?.length, 2, shown.stderr);
    const { address } = (await world.member('persons')).account!;
    const args = [address] as const;
    const known = await world.curator.reader.readContract({
      ...{ abi: PersonTokens.abi, address: registry, functionName: 'isHuman', args },
    });
    assert.equal(known, true);
    await here(['court', 'ask', 'Is example.org a scam?', ...own], elsewhere);
    const asked = await here(['court', 'chain:1', '--rpc-url', world.local.rpcUrl], elsewhere);
    assert.match(asked.stdout, /round 3, 15 people, one ticket each[\s\S]*not\s+shown to be several/);
  } finally {
    server.close();
  }
});

test('a court is deployed from a folder, and asked from there without being named', async () => {
  assert.match((await onChain('court', '--chain')).stderr, /surety court deploy/);
  writeFileSync(join(cwd, 'deployer'), world.keyOf('deployer'));
  const own = ['--key', 'deployer', '--yes', '--json'];
  const deployed = await onChain('court', 'deploy', '--speed', '60', ...own);
  const { court, panels } = parsed<{ court: string; panels: `0x${string}` }>(deployed);
  const at = { abi: CourtPanels.abi, address: panels } as const;
  const fallback = await world.curator.reader.readContract({ ...at, functionName: 'fallbackBlocks' });
  assert.equal(fallback, 0n, 'a chain that makes no blocks by itself need not wait for one');
  const asked = await onChain('court', 'ask', 'Is example.org a scam?', ...own);
  assert.equal(parsed<{ caseId: number }>(asked).caseId, 1);
  // As its users start it.
  const listed = await surety(['court', '--chain', '--json'], { cwd, env: { RPC_URL: world.local.rpcUrl } });
  const { chain, cases } = parsed<ChainCases>(listed);
  assert.deepEqual([chain.court, cases.map(({ phase }) => phase)], [court, ['asked']]);
});
