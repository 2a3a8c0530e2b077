/** The tarballs, installed into an empty project without a network, run, type-check and bundle as the README says. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { claimIdOf } from '@surety/core';
import { plainWords } from '@surety/intent';
import type { MarketSummary, Reading } from '@surety/protocol';
import { build } from 'vite';
import { claim, SAMPLES } from '../packages/node/src/http/testing/samples.ts';
import { startTestServer, type TestServer } from '../packages/node/src/http/testing/server.ts';
import { PUBLISHED, pack } from './pack.ts';
import { ROOT } from './repo/workspace.ts';

const exec = promisify(execFile);

type Manifest = { readonly name: string; readonly dependencies?: Readonly<Record<string, string>> };

const manifestIn = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;

/** Where `name` is found from `folder`, as Node looks for it. */
const folderOf = (name: string, folder: string): string => {
  const candidate = join(folder, 'node_modules', name);
  return existsSync(join(candidate, 'package.json')) ? candidate : folderOf(name, dirname(folder));
};

/** The foreign packages that the published ones need, directly or not, as already installed here. */
const foreign = (): string[] => {
  const found = new Map<string, string>();
  const visit = (folder: string): void => {
    for (const name of Object.keys(manifestIn(folder).dependencies ?? {})) {
      if (name.startsWith('@surety/') || found.has(name)) continue;
      const at = folderOf(name, folder);
      found.set(name, at);
      visit(at);
    }
  };
  for (const name of PUBLISHED) visit(join(ROOT, 'packages', name));
  return [...found.values()];
};

let project: string;
let server: TestServer;

before(async () => {
  project = await mkdtemp(join(tmpdir(), 'surety-pack-'));
  await writeFile(join(project, 'package.json'), '{"private":true,"type":"module"}');
  const tarballs = [...pack(join(project, 'packed')).values()];
  const flags = ['--offline', '--install-links', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  // A cache of its own: nothing is fetched, and nothing that another npm does at the same time can interfere.
  flags.push('--cache', join(project, 'cache'));
  await exec('npm', ['install', ...flags, ...tarballs, ...foreign()], { cwd: project });
  const [listed] = (SAMPLES.markets.output as { markets: readonly MarketSummary[] }).markets;
  const subject = { kind: 'site', host: 'uniswap-claim.app' } as const;
  const baited = { ...listed!, claim: { ...claim, subject } };
  server = await startTestServer({
    markets: async () => ({ ok: true, value: { markets: [baited], next: null } }),
    read: async ({ body: { asker, budgetMicroUsd } }) => {
      const asked = { ...claim, asker, budgetMicroUsd: budgetMicroUsd ?? claim.budgetMicroUsd };
      const reading = { ...(SAMPLES.read.output as Reading), plainWords: plainWords(asked) };
      return { ok: true, value: { ...reading, claim: asked, claimId: claimIdOf(asked) } };
    },
  });
  const vectors = JSON.parse(await readFile(join(ROOT, 'vectors', 'receipt.json'), 'utf8'));
  await writeFile(join(project, 'receipt.json'), vectors.valid[0].file);
  await writeFile(join(project, 'trust.json'), JSON.stringify(vectors.trust));
  const readme = await readFile(join(project, 'node_modules', '@surety', 'sdk', 'README.md'), 'utf8');
  const snippets = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map((match) => match[1] ?? '');
  await Promise.all(snippets.map((code, n) => writeFile(join(project, `snippet-${n}.ts`), code)));
});

after(async () => {
  await server?.close();
  await rm(project, { recursive: true, force: true });
});

const EXPECTED: readonly RegExp[] = [
  // The vector's market is invented, so a verifier that replays it refutes it: what counts here is that it verifies.
  /^(?:trusted|refuted)\nintent: (?:shown|not-shown)\./,
  /not scam 500000 provisional/,
  /input\.malformed marketId/,
  /kind: 'order'/,
];

test('nothing but JavaScript, declarations and data is packed', async () => {
  for (const name of PUBLISHED) {
    const files = await readdir(join(project, 'node_modules', '@surety', name), { recursive: true });
    const odd = files.filter((file) => /\.ts$/.test(file) && !/\.d\.ts$/.test(file));
    assert.deepEqual(odd, [], name);
    assert.ok(files.includes('LICENSE'), name);
    assert.ok(!files.some((file) => file.includes('.test.')), name);
    const sources = await readdir(join(ROOT, 'packages', name, 'src'), { recursive: true });
    const data = sources.filter((file) => file.endsWith('.json')).map((file) => join('dist', file));
    assert.deepEqual(
      data.filter((file) => !files.includes(file)),
      [],
      `${name}: data that its sources read`,
    );
  }
});

test('the snippets of the README run under Node 24', async () => {
  const env = { ...process.env, SURETY_URL: server.url };
  for (const [n, expected] of EXPECTED.entries()) {
    const { stdout } = await exec(process.execPath, [`snippet-${n}.ts`], { cwd: project, env, timeout: 60_000 });
    assert.match(stdout, expected);
  }
  assert.ok(!existsSync(join(project, `snippet-${EXPECTED.length}.ts`)), 'every snippet has its expectation');
});

test('the snippets type-check against the declarations', async () => {
  const tsconfig = {
    compilerOptions: {
      target: 'es2024',
      module: 'nodenext',
      strict: true,
      exactOptionalPropertyTypes: true,
      noEmit: true,
      skipLibCheck: false,
      lib: ['es2024', 'dom', 'dom.iterable'],
      typeRoots: [join(ROOT, 'node_modules', '@types')],
      types: ['node'],
    },
    include: ['snippet-*.ts'],
  };
  await writeFile(join(project, 'tsconfig.json'), JSON.stringify(tsconfig));
  const done = await exec(join(ROOT, 'node_modules', '.bin', 'tsc'), ['-p', 'tsconfig.json'], { cwd: project }).catch(
    (cause: { stdout: string }) => cause,
  );
  assert.equal(done.stdout, '');
});

test('the installed command line verifies without a node', async () => {
  const surety = join(project, 'node_modules', '.bin', 'surety');
  const env = { ...process.env, SURETY_HOME: join(project, '.surety'), NO_COLOR: '1' };
  const done = await exec(surety, ['verify', 'receipt.json', '--trust', 'trust.json'], { cwd: project, env }).catch(
    (cause: { stdout: string }) => cause,
  );
  for (const link of ['intent', 'input', 'program', 'output']) assert.match(done.stdout, new RegExp(link, 'i'));
});

test('Vite bundles the client and the verifier for browsers', async () => {
  await writeFile(join(project, 'index.html'), '<!doctype html><script type="module" src="/main.js"></script>');
  await writeFile(
    join(project, 'main.js'),
    "import { createClient } from '@surety/sdk';\nimport { verify } from '@surety/sdk/verify';\nglobalThis.surety = { createClient, verify };\n",
  );
  await build({ root: project, logLevel: 'error', configFile: false });
  const assets = (await readdir(join(project, 'dist', 'assets'))).filter((file) => file.endsWith('.js'));
  assert.ok(assets.length > 0);
  for (const asset of assets) {
    const code = await readFile(join(project, 'dist', 'assets', asset), 'utf8');
    assert.doesNotMatch(code, /from\s*["']node:/, asset);
    assert.ok(!code.includes('__vite-browser-external'), asset);
  }
});
