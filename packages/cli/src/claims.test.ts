import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type LocalChain, startChain } from '../../chain/test/local-chain.ts';
import { concatBytes, toHex } from '../../core/src/index.ts';
import { commitProgram, writeProgram } from '../../programs/src/index.ts';
import { randomInputs, randomProgram } from '../../programs/test/random-program.ts';
import { type Run, run as runSchema } from '../../protocol/src/index.ts';
import { folder, type Ran, surety } from './testing.ts';

const PROGRAM = randomProgram(3, 6);
const ID = toHex(commitProgram(PROGRAM).id);

let local: LocalChain;
const cwd = folder();
const run = (...args: string[]): Promise<Ran> => surety(args, { cwd, env: { RPC_URL: local.rpcUrl } });

const parsed = <T>({ stdout, stderr, code }: Ran): T => {
  assert.equal(code, 0, stderr + stdout);
  return JSON.parse(stdout) as T;
};

type Listed = { readonly runs: readonly { readonly claimId: string; readonly state: string }[] };

before(async () => {
  local = await startChain();
  writeFileSync(join(cwd, 'p.program'), concatBytes(...writeProgram(PROGRAM)));
  const inputs = randomInputs(PROGRAM, 3).map(({ values }, i) => [PROGRAM.inputs[i]!.name, [...values]]);
  writeFileSync(join(cwd, 'in.json'), JSON.stringify(Object.fromEntries(inputs)));
  assert.equal((await run('deploy', '--yes')).code, 0);
});
after(() => local?.kill());

const POST = [
  'run',
  'p.program',
  'in.json',
  '--integers',
  '--window',
  '10m',
  '--clock',
  '10m',
  '--bond',
  '50',
  '--yes',
];

test('a run is claimed, listed, shown, defended and final, and what defends it lies in the home folder', async () => {
  const claimed = parsed<{ claimId: string; inputShown: boolean; file: string; finalAt: number }>(
    await run(...POST, '--prove', 'optimistic', '--json'),
  );
  assert.ok(claimed.inputShown);
  assert.match(claimed.file, /claims.0x[0-9a-f]{64}\.json$/);
  const { runs } = parsed<Listed>(await run('claims', '--json'));
  assert.deepEqual(
    runs.map(({ claimId, state }) => [`0x${claimId}`, state]),
    [[claimed.claimId, 'open']],
  );
  // Somebody else who holds the program finds the input in the claim itself.
  const programs = join(cwd, 'programs');
  mkdirSync(programs);
  writeFileSync(join(programs, 'any.program'), concatBytes(...writeProgram(PROGRAM)));
  const other = await surety(['watch', '--once', '--programs', programs], {
    env: { RPC_URL: local.rpcUrl },
  });
  assert.match(other.stdout, /✔ 0x\S+ agrees with your own run/);
  await local.rpc('evm_increaseTime', [601]);
  await local.rpc('evm_mine');
  const watched = await run('watch', '--once', '--withdraw', '--json');
  assert.equal(watched.code, 0, watched.stderr);
  const kinds = watched.stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line).kind as string]));
  assert.ok(kinds.includes('move') && kinds.includes('collected'), kinds.join());
  const shown = parsed<Run>(await run('dispute', claimed.claimId.slice(2, 10), '--json'));
  assert.deepEqual(runSchema.safeParse(shown).error, undefined);
  const { state, program: about } = shown;
  assert.equal(shown.windowEndsAt, claimed.finalAt);
  assert.deepEqual([state, about.name, about.held, about.nodes], ['final', 'p', true, PROGRAM.nodes.length]);
  const words = await run('dispute', claimed.claimId);
  assert.match(words.stdout, /Nobody refuted it in time\..*not proved/s);
  assert.match((await run('claims')).stdout, /0x\S+ +p +not refuted +\$50\.00 +no dispute +you/);
});

test('what cannot be claimed is refused with its reason, before anything is paid', async () => {
  const code = async (...args: string[]) => {
    const { stdout } = await run(...args, '--json');
    return (JSON.parse(stdout) as { error?: { code: string } }).error?.code;
  };
  assert.equal(await code(...POST, '--prove', 'optimistic', '--private-input'), 'optimistic.private');
  assert.equal(await code(...POST, '--prove', 'enclave'), 'route.unavailable');
  const salts = join(cwd, '.surety', 'salts');
  mkdirSync(salts, { recursive: true });
  writeFileSync(join(salts, `${'ab'.repeat(32)}.json`), JSON.stringify({ program: ID, salt: 'cd'.repeat(32) }));
  assert.equal(await code(...POST, '--prove', 'optimistic'), 'optimistic.private');
  assert.equal(parsed<Listed>(await run('claims', '--json')).runs.length, 1);
  assert.equal(await code('dispute', 'ffffffff'), 'arbiter.claim-unknown');
  assert.equal(await code('watch', '--audit', '101'), 'cli.usage');
});
