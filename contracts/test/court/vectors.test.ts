/** The court's vectors on the real contracts: same steps, same seats, same money as in `packages/court`. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { zeroAddress } from 'viem';
import { CourtPanels } from '../../../packages/chain/src/generated/index.ts';
import { testIssuer } from '../../../packages/chain/test/test-issuer.ts';
import { compileContract } from '../support/compile.ts';
import { startCourtChain } from './court-chain.ts';
import { enrol, replay } from './replay.ts';
import { readVectors } from './vectors.ts';

const START = 1_800_000_000;
const vectors = readVectors();
const { abi, code } = compileContract('test/court/GivenBeacon.sol', 'GivenBeacon', { viaIR: false });
/** What a constructor without arguments is: it returns the code. */
const beacon = {
  abi,
  bytecode: `0x61${((code.length - 2) / 2).toString(16).padStart(4, '0')}80600c6000396000f3${code.slice(2)}`,
} as const;

for (const scenario of vectors.scenarios) {
  test(`scenario: ${scenario.name}`, async () => {
    const step = scenario.steps[0]?.step;
    assert.equal(step?.kind, 'propose');
    if (step?.kind !== 'propose') return;
    const byPerson = step.policy.rounds.some(({ lossToGain }) => lossToGain === 0);
    const persons = byPerson ? testIssuer('persons.example') : undefined;
    const options = { beacon, address: step.court, ...(persons && { persons }) };
    const chain = await startCourtChain(START - 86_400, options);
    try {
      await enrol(chain, vectors, persons);
      await replay({ chain, vectors, scenario, start: START });
    } finally {
      await chain.local.kill();
    }
  });
}

test('commitments', async () => {
  const chain = await startCourtChain(START);
  try {
    for (const c of vectors.commitments) {
      // The hash takes the court from where the panels were made, and the chain from the block.
      if (c.chainId !== '31337') continue;
      const panels = (await chain.deploy(CourtPanels, [c.court, zeroAddress, zeroAddress, 1n])).address;
      const args = [BigInt(c.caseId), c.round, c.juror, c.outcome, c.reading, c.salt];
      assert.equal(await chain.read(panels, CourtPanels.abi, 'commitmentOf', args), c.commitment);
    }
  } finally {
    await chain.local.kill();
  }
});
