import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { BOND_UNITS, POLICY } from '../../chain/test/court-world.ts';
import { FAMILIES, type JurorWorld, QUESTION, startJurorWorld } from '../../node/test/juror-world.ts';
import { type ChainCase, type ChainCases, chainCase } from '../../protocol/src/index.ts';
import { folder, type Ran, surety } from './testing.ts';

let world: JurorWorld;
const cwd = folder();
/** `surety ...` at the world's court, with the key of one of its members. */
const run = (name: string, ...args: string[]): Promise<Ran> => {
  writeFileSync(join(cwd, name), world.keyOf(name));
  const court = args.includes('deploy') ? [] : ['--court', world.setting.court];
  return surety([...args, ...court, '--key', name], { cwd, env: { RPC_URL: world.local.rpcUrl } });
};
const show = (...args: string[]): Promise<Ran> =>
  surety(['court', ...args, '--court', world.setting.court], { cwd, env: { RPC_URL: world.local.rpcUrl } });

const parsed = <T>({ stdout, stderr, code }: Ran): T => {
  assert.equal(code, 0, stderr + stdout);
  return JSON.parse(stdout) as T;
};

before(async () => {
  world = await startJurorWorld(FAMILIES.slice(0, 1));
  await world.member('proposer');
  await world.member('challenger');
});
after(() => world?.stop());

test('a case of a contract is listed, shown, answered and challenged in the words of the node’s own court', async () => {
  assert.match((await show('--chain')).stdout, /No contract has asked/);
  const client = await world.member('client');
  const escrow = await world.openEscrow();
  await escrow.handIn(client, await world.member('freelancer'));
  const asked = await show('chain:1');
  assert.match(asked.stdout, /uniswap-claim-rewards\.app/);
  assert.match(asked.stdout, /Asked; nobody has proposed an answer yet/);
  assert.match(asked.stdout, /surety court propose chain:1 --for OUTCOME proposes one of “scam”, “legitimate”/);

  const declined = await run('proposer', 'court', 'propose', 'chain:1', '--for', 'scam');
  assert.deepEqual([declined.code === 0, /Propose “scam” in case 1/.test(declined.stderr)], [false, true]);
  const unknown = await run('proposer', 'court', 'propose', 'chain:1', '--for', 'maybe', '--yes');
  assert.match(unknown.stderr, /Use one of "scam", "legitimate", "undecidable"/);
  const proposed = await run('proposer', 'court', 'propose', 'chain:1', '--for', 'scam', '--yes');
  assert.equal(proposed.code, 0, proposed.stderr);
  assert.match(proposed.stderr, /It takes \$1\.00 of 0x/);

  const part = await run('challenger', 'challenge', 'chain:1', '--for', 'legitimate', '--pay', '0.50', '--yes');
  assert.equal(part.code, 0, part.stderr);
  const of = parsed<ChainCase>(await show('chain:1', '--json'));
  assert.deepEqual(chainCase.parse(of), of);
  assert.deepEqual(
    [of.phase, of.question, of.claimFrom, of.standing, of.pots, of.leastBondMicroUsd],
    ['proposed', QUESTION, 'chain', 0, [{ outcome: 1, amountMicroUsd: '500000' }], String(BOND_UNITS)],
  );
  assert.equal(of.latestEnd! - of.proposedAt!, of.endsAt! - of.proposedAt! + (of.latestEnd! - of.endsAt!));
  assert.equal(of.endsAt! - of.proposedAt!, POLICY.challengeSeconds);
  assert.match((await show('chain:1')).stdout, /Going on costs \$2\.10: a bond of \$2\.00, and \$0\.10 for the jurors/);
  const whole = await run('challenger', 'challenge', 'chain:1', '--for', 'legitimate', '--yes');
  assert.match(whole.stderr, /which calls the next panel/);
  const { cases } = parsed<ChainCases>(await show('--chain', '--json'));
  assert.deepEqual(
    cases.map(({ caseId, phase, round }) => [caseId, phase, round]),
    [[1, 'round', 1]],
  );
  assert.match((await show('--chain')).stdout, /chain:1 .*Round 1: AI jurors are judging/);
  const late = await run('challenger', 'challenge', 'chain:1', '--for', 'scam', '--yes');
  assert.match(late.stderr, /Nothing can be challenged or appealed in case 1 now/);
});

test('a juror joins once, raises its stake, serves, and leaves with what is free', async () => {
  const again = await run('juror grams', 'court', 'join', '--family', 'grams', '--stake', '5', '--yes');
  assert.match(again.stdout, /There is nothing to do/);
  const more = await run('juror grams', 'court', 'join', '--family', 'grams', '--stake', '6', '--yes', '--json');
  assert.equal(parsed<{ transactions: string[] }>(more).transactions.length, 1);
  const served = await run('juror grams', 'court', 'serve', '--family', 'grams', '--once');
  assert.match(served.stdout, /Serving as 0x.*family juror-model:grams/);
  assert.match(served.stdout, /Stake \$6\.00/);
  assert.equal((await run('juror grams', 'court', 'leave', '--yes')).code, 0);
  const out = await run('juror grams', 'court', 'withdraw', '--yes', '--json');
  assert.equal(parsed<{ transactions: string[] }>(out).transactions.length, 1);
  assert.match((await run('juror grams', 'court', 'withdraw', '--yes')).stdout, /There is nothing to do/);
  assert.match((await run('juror grams', 'court', 'collect', 'chain:1', '--yes')).stdout, /There is nothing to do/);
  const unknown = await run('juror grams', 'court', 'join', '--family', 'gram', '--stake', '6', '--yes');
  assert.match(unknown.stderr, /Use one of grams, trees, words/);
});

test('what names no case of a contract is refused before anything is asked', async () => {
  assert.match((await show('chain:x')).stderr, /names no case/);
  assert.match((await show('chain:99')).stderr, /no case 99/);
  assert.match((await run('proposer', 'court', 'propose', '7', '--for', 'scam')).stderr, /is no case of a contract/);
  const nowhere = await surety(['court', '--chain'], { cwd, env: { RPC_URL: world.local.rpcUrl } });
  assert.match(nowhere.stderr, /surety court deploy/);
});

test('a court is deployed from a folder, and found from there without being named', async () => {
  const deployed = await run('deployer', 'court', 'deploy', '--speed', '60', '--yes', '--json');
  const { court } = parsed<{ court: string }>(deployed);
  assert.match(court, /^0x/);
  const again = await run('deployer', 'court', 'deploy', '--speed', '60', '--yes', '--json');
  assert.equal(parsed<{ court: string }>(again).court, court);
  const listed = await surety(['court', '--chain', '--json'], { cwd, env: { RPC_URL: world.local.rpcUrl } });
  assert.equal(parsed<ChainCases>(listed).chain.court, court);
});
