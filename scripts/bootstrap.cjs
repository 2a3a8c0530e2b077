'use strict';
/**
 * Set-up for a bare machine, in plain JavaScript that any Node from 14 on can run and that needs no package:
 * 1. Node 24 from the npm registry into `.tools/node` (skipped when the running Node is new enough),
 * 2. `npm ci` UNDER that Node (npm leaves out platform packages whose `engines` do not fit the Node it runs on),
 * 3. the asked command (`start`, `test`, `bench`, `pack`, `format`, `setup`), as `scripts/<command>.ts`.
 * Every step is a quick no-op when nothing changed, and of commands that start together one installs.
 */
const { spawn, spawnSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const { alone } = require('./alone.cjs');

const NODE_VERSION = '24.21.0';
const root = path.resolve(__dirname, '..');
const tools = path.join(root, '.tools');
const stampFile = path.join(tools, 'installed.json');
const windows = process.platform === 'win32';

/** Commands that need the development dependencies (compiler, linter, browser). */
const DEVELOPMENT = new Set(['test', 'bench', 'pack', 'format', 'generate']);

const say = (text) => process.stderr.write(`${text}\n`);
const fail = (what, fix) => {
  say(`surety: ${what}\n        ${fix}`);
  process.exit(69);
};

/** A running npm's own script, so that it can be run again under another Node. */
const npmCli = () => {
  const fromNpm = process.env.npm_execpath;
  if (fromNpm && /npm-cli\.c?js$/.test(fromNpm)) return fromNpm;
  const beside = path.join(path.dirname(process.execPath), '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js');
  if (fs.existsSync(beside)) return beside;
  for (const folder of (process.env.PATH || '').split(path.delimiter)) {
    const file = path.join(folder, windows ? 'node_modules/npm/bin/npm-cli.js' : 'npm');
    if (fs.existsSync(file)) return fs.realpathSync(file);
  }
  return fail('npm was not found.', 'Install npm (it comes with Node.js) and run this again.');
};

const explain = (output) => {
  if (/ENOSPC/.test(output)) return 'The disk is full: free about 1 GB and run this again.';
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|network/i.test(output))
    return 'The npm registry cannot be reached: check the network or proxy and run this again.';
  if (/EACCES|EPERM/.test(output)) return `The folder cannot be written: check the owner of ${root}.`;
  return 'The lines above say why; run this again after mending it.';
};

const run = (command, args, options) => {
  const done = spawnSync(command, args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26, ...options });
  if (done.status === 0) return done;
  const output = `${done.stdout || ''}${done.stderr || ''}${done.error ? done.error.message : ''}`;
  const telling = output
    .split('\n')
    .filter((line) => /error|not found|denied/i.test(line) && !/^npm error\s*$/.test(line));
  process.stderr.write(`${telling.slice(0, 12).join('\n')}\n`);
  return fail(`${options.doing} failed.`, explain(output));
};

const wanted = NODE_VERSION.split('.').map(Number);
const runs24 = (version) => {
  const [major, minor] = version.replace(/^v/, '').split('.').map(Number);
  return major === wanted[0] && minor >= 12;
};

/** Path of a Node 24 that is here; null where none is. */
const nodeHere = () => {
  if (runs24(process.version)) return process.execPath;
  const binary = path.join(tools, 'node', 'bin', windows ? 'node.exe' : 'node');
  if (!fs.existsSync(binary)) return null;
  const probe = spawnSync(binary, ['--version'], { encoding: 'utf8' });
  return probe.status === 0 && runs24(probe.stdout.trim()) ? binary : null;
};

const installNode = () => {
  const name = `node-${windows ? 'win' : process.platform}-${process.arch}`;
  say(`Installing Node ${NODE_VERSION} (this machine's is ${process.version}) ...`);
  const scratch = path.join(tools, 'fetch');
  fs.rmSync(scratch, { recursive: true, force: true });
  fs.mkdirSync(scratch, { recursive: true });
  fs.writeFileSync(path.join(scratch, 'package.json'), '{"private":true}');
  run(
    process.execPath,
    [
      npmCli(),
      'install',
      '--no-save',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
      `${name}@${NODE_VERSION}`,
    ],
    {
      cwd: scratch,
      doing: `Installing ${name}`,
    },
  );
  fs.rmSync(path.join(tools, 'node'), { recursive: true, force: true });
  fs.renameSync(path.join(scratch, 'node_modules', name), path.join(tools, 'node'));
  fs.rmSync(scratch, { recursive: true, force: true });
};

/** Everything `npm ci` depends on, as one hash. */
const lockHash = () => {
  const hash = createHash('sha256');
  for (const file of ['package.json', 'package-lock.json', '.npmrc'])
    hash.update(fs.readFileSync(path.join(root, file)));
  const packages = path.join(root, 'packages');
  for (const name of fs.readdirSync(packages).sort()) {
    const file = path.join(packages, name, 'package.json');
    if (fs.existsSync(file)) hash.update(fs.readFileSync(file));
  }
  return hash.digest('hex');
};

const readStamp = () => {
  try {
    return JSON.parse(fs.readFileSync(stampFile, 'utf8'));
  } catch {
    return {};
  }
};

const hasPackages = (development) => {
  const stamp = readStamp();
  const fits = stamp.lock === lockHash() && (stamp.development || !development);
  return fits && fs.existsSync(path.join(root, 'node_modules'));
};

const installPackages = (node, development) => {
  const lock = lockHash();
  say(`Installing ${development ? 'runtime and development' : 'runtime'} packages ...`);
  fs.rmSync(stampFile, { force: true });
  // No install script of any dependency runs: what needs one (PostgreSQL's links) Surety does itself on start.
  const args = [npmCli(), 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  if (!development) args.push('--omit=dev');
  run(node, args, { env: environment(node), doing: 'npm ci' });
  fs.writeFileSync(stampFile, JSON.stringify({ lock, development }));
};

const environment = (node) => ({
  ...process.env,
  PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH || ''}`,
  // What Node made of the sources: a process that was started before is there in less than half the time.
  NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE || path.join(tools, 'compile-cache'),
});

/** Path of Node, with all packages in place; null where something is to be installed. */
const ready = (development) => {
  const node = nodeHere();
  return node !== null && hasPackages(development) ? node : null;
};

const setUp = (development) => {
  fs.mkdirSync(tools, { recursive: true });
  const file = path.join(tools, 'installing');
  const waits = (pid) => say(`Waiting for process ${pid}, which installs here (if it does not, delete ${file}) ...`);
  return alone(file, waits, () => {
    if (nodeHere() === null) installNode();
    const node = nodeHere();
    if (node === null) return fail('Node was installed and does not start.', `Delete ${tools} and run this again.`);
    if (!hasPackages(development)) installPackages(node, development);
    return node;
  });
};

const main = () => {
  const [command = 'start', ...rest] = process.argv.slice(2);
  const development = DEVELOPMENT.has(command);
  const node = ready(development) || setUp(development);
  if (command === 'setup') return;
  const script = path.join(root, 'scripts', `${command}.ts`);
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', script, ...rest], {
    cwd: root,
    stdio: 'inherit',
    env: { ...environment(node), SURETY_LAUNCHED_AT: String(Date.now() - Math.round(process.uptime() * 1000)) },
  });
  // Ctrl-C reaches the whole terminal group; this process only waits for the child's orderly end.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  }
  child.on('exit', (code, signal) => process.exit(signal ? 128 + (signal === 'SIGINT' ? 2 : 15) : code));
};

main();
