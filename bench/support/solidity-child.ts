/**
 * One share of a Solidity fuzz test, in a process of its own: `node solidity-child.ts <test file> <test> <seed> <runs>`;
 * without arguments it compiles.
 */
import { join } from 'node:path';
import { createHardhatRuntimeEnvironment } from 'hardhat/hre';
import config from '../../contracts/hardhat.config.ts';
import { ROOT } from '../../scripts/repo/workspace.ts';

const CONTRACTS = join(ROOT, 'contracts');
const [testFile = '', grep = '', seed, runs] = process.argv.slice(2);
// Task arguments name files below the working directory.
process.chdir(CONTRACTS);

const solidity = {
  ...config.test?.solidity,
  // Arguments out of the dictionary of what was seen on chain would repeat themselves.
  fuzz: { runs: Number(runs), seed: `0x${Number(seed).toString(16).padStart(64, '0')}`, dictionaryWeight: 0 },
};
const hre = await createHardhatRuntimeEnvironment(
  seed === undefined ? config : { ...config, test: { solidity } },
  {},
  CONTRACTS,
);
if (seed === undefined) await hre.tasks.getTask('build').run({ quiet: true });
else await hre.tasks.getTask(['test', 'solidity']).run({ testFiles: [testFile], grep, noCompile: true });
