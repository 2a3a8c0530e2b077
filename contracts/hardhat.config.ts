import { createRequire } from 'node:module';
import { defineConfig } from 'hardhat/config';

// The compiler is the npm package `solc`: nothing is downloaded, and the lock file pins its bytes.
const soljson = createRequire(import.meta.url).resolve('solc/soljson.js');

/**
 * `bytecodeHash: 'none'` keeps comments out of the bytecode, so that a reworded comment moves no CREATE2 address.
 * `cancun` is the oldest EVM that the imported OpenZeppelin sources need (`mcopy`).
 */
const compiler = {
  version: '0.8.36',
  path: soljson,
  settings: {
    evmVersion: 'cancun',
    optimizer: { enabled: true, runs: 10_000 },
    metadata: { bytecodeHash: 'none' as const, appendCBOR: false },
  },
};

/** By way of Yul: a tenth cheaper to run and an eighth smaller, without which it would be too large; it compiles five times as long. */
const throughYul = { ...compiler, settings: { ...compiler.settings, viaIR: true } };

/** The field's functions in every place that calls them would be too large. */
const smaller = { ...throughYul, settings: { ...throughYul.settings, optimizer: { enabled: true, runs: 1_000 } } };

/** The court's constructor makes its two other parts, and all three together have to fit into what may deploy a contract (EIP-3860). */
const court = { ...throughYul, settings: { ...throughYul.settings, optimizer: { enabled: true, runs: 400 } } };

const compiled = {
  compilers: [compiler],
  overrides: {
    'src/court/Court.sol': court,
    'src/court/CourtJurors.sol': court,
    'src/court/CourtPanels.sol': court,
    'src/verifiers/TensorVerifier.sol': throughYul,
    'src/verifiers/ProofVerifier.sol': smaller,
    'src/verifiers/ProofStepVerifier.sol': throughYul,
    'test/verifiers/StepHarness.sol': throughYul,
  },
};

export default defineConfig({
  solidity: { profiles: { default: compiled, production: compiled } },
  paths: { sources: ['./src', './examples'], tests: { solidity: './test' } },
  test: {
    solidity: {
      fuzz: { runs: 256, seed: '0x5375726574790000000000000000000000000000000000000000000000000001' },
      invariant: { runs: 32, depth: 64, failOnRevert: true },
      fsPermissions: { readDirectory: ['../vectors', './abi'] },
    },
  },
});
