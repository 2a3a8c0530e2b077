/**
 * The unmodified Zodiac Reality module (version 2.1.0 as its authors compiled it) carries out a proposal that our court let
 * pass: answered, doubted with a bond, decided by three jurors drawn by a published round of drand.
 *
 * The module's bytecode is not in this repository. The test reads it out of `mastercopies.json` of
 * https://github.com/gnosisguild/zodiac-module-reality, at the path in `ZODIAC_REALITY_MASTERCOPIES`, and is skipped without.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { type Abi, type Hex, keccak256, stringToHex } from 'viem';
import { CourtReality } from '../../../packages/chain/src/generated/index.ts';
import { compileContract } from '../support/compile.ts';
import { type Artifact, DRAND, startCourtChain, who } from './court-chain.ts';
import { BEACON_SECONDS, BOND, CHALLENGE_SECONDS, enrolPrograms, HOUR_SECONDS, hold, POLICY } from './moves.ts';

const path = process.env.ZODIAC_REALITY_MASTERCOPIES ?? '';
const skip = existsSync(path) ? false : 'n/a: ZODIAC_REALITY_MASTERCOPIES names no file';

const [DAO, ANSWERER, DOUBTER, PAYEE] = [who(2), who(3), who(4), who(7)];
const COOLDOWN_SECONDS = 3 * HOUR_SECONDS;
const YES: Hex = `0x${'1'.padStart(64, '0')}`;
const NO: Hex = `0x${'0'.repeat(64)}`;

type Mastercopies = Record<string, Record<string, { readonly abi: Abi; readonly bytecode: Hex }>>;

/** A module that asks our court, over an account with money. */
const setUp = async () => {
  const chain = await startCourtChain(DRAND.seconds - 40 * HOUR_SECONDS);
  await enrolPrograms(chain, 4);
  const oracle = (await chain.deploy(CourtReality, [chain.court, POLICY])).address;
  const { abi, code } = compileContract('test/court/Avatar.sol', 'Avatar', { viaIR: false });
  const avatar = who(0xa);
  await chain.local.rpc('anvil_setCode', [avatar, code]);
  const zodiac = (JSON.parse(readFileSync(path, 'utf8')) as Mastercopies).RealityModuleETH?.['2.1.0'] as Artifact;
  const terms = [CHALLENGE_SECONDS, COOLDOWN_SECONDS, 0, BOND, 0n, oracle];
  const module = (await chain.deploy(zodiac, [DAO, avatar, avatar, oracle, ...terms])).address;
  await chain.send(DAO, avatar, abi, 'enable', [module]);
  await chain.local.rpc('anvil_setBalance', [avatar, '0x64']);
  return { chain, oracle, zodiac, module };
};

test('a proposal that the court lets pass is carried out, and one that it does not is not', { skip }, async () => {
  const { chain, oracle, zodiac, module } = await setUp();
  try {
    const transaction = [PAYEE, 7n, '0x', 0] as const;
    const hash = await chain.read(module, zodiac.abi, 'getTransactionHash', [...transaction, 0n]);
    const ask = async (proposal: string): Promise<Hex> => {
      await chain.send(DAO, module, zodiac.abi, 'addProposal', [proposal, [hash]]);
      const text = await chain.read(module, zodiac.abi, 'buildQuestion', [proposal, [hash]]);
      const id = await chain.read(module, zodiac.abi, 'questionIds', [keccak256(stringToHex(text as string))]);
      assert.notEqual(id, NO, 'the module computes the id that the court gave');
      return id as Hex;
    };
    const answer = (from: Hex, id: Hex, yes: Hex, value: bigint) =>
      chain.send(from, oracle, CourtReality.abi, 'submitAnswer', [id, yes, 0n], value);
    const execute = (proposal: string) =>
      chain.send(ANSWERER, module, zodiac.abi, 'executeProposal', [proposal, [hash], ...transaction]);

    const [good, bad] = [await ask('pay'), await ask('plunder')];
    chain.till(DRAND.seconds - BEACON_SECONDS - 100);
    await answer(ANSWERER, good, YES, BOND);
    await answer(ANSWERER, bad, NO, BOND);
    const [bond, fees] = (await chain.read(oracle, CourtReality.abi, 'priceOf', [good])) as readonly [bigint, bigint];
    chain.till(DRAND.seconds - BEACON_SECONDS);
    await answer(DOUBTER, good, NO, bond + fees);
    await assert.rejects(execute('pay'), /reverted/, 'the jurors have it');
    chain.till(DRAND.seconds);
    await hold(chain, 1n, 1, 1);
    assert.equal(await chain.read(oracle, CourtReality.abi, 'getBestAnswer', [good]), YES);
    await assert.rejects(execute('pay'), /reverted/, 'somebody may appeal');

    const final = (await chain.read(oracle, CourtReality.abi, 'getFinalizeTS', [good])) as number;
    chain.till(final + COOLDOWN_SECONDS);
    await assert.rejects(execute('pay'), /reverted/, 'the module waits for its cooldown');
    await execute('pay');
    assert.equal(await chain.local.rpc('eth_getBalance', [PAYEE, 'latest']), '0x7', 'the account has paid');
    await assert.rejects(execute('plunder'), /reverted/, 'the answer was no');
  } finally {
    await chain.local.kill();
  }
});
