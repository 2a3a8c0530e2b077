import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeFunctionData, getAddress } from 'viem';
import { Court, CourtPanels, DevDollar } from '../../../chain/src/generated/index.ts';
import { dueStep, fundSteps, moneyCalls, owedSteps, proposeSteps, withdrawStep } from './wallet-steps.ts';

const PLACE = {
  ...{ chainId: 31_337, court: getAddress(`0x${'c0'.repeat(20)}`), currency: getAddress(`0x${'d0'.repeat(20)}`) },
};
const account = getAddress(`0x${'a0'.repeat(20)}`);
const of = { account, caseId: 7, outcome: 253, units: 2_100_000n };

test('calldata is what an ABI encoder makes of the contract’s own interface', () => {
  const { abi } = Court;
  const [approve, deposit, fund] = fundSteps(PLACE, { balanceUnits: 100_000n, allowanceUnits: 1n }, of);
  const missing = 2_000_000n;
  assert.deepEqual(
    [approve?.data, deposit?.data, fund?.data],
    [
      encodeFunctionData({ abi: DevDollar.abi, functionName: 'approve', args: [PLACE.court, missing] }),
      encodeFunctionData({ abi, functionName: 'deposit', args: [account, missing] }),
      encodeFunctionData({ abi, functionName: 'fund', args: [7n, 253, of.units] }),
    ],
  );
  assert.deepEqual([approve?.to, deposit?.to, fund?.to], [PLACE.currency, PLACE.court, PLACE.court]);
  assert.deepEqual([approve?.chainId, deposit?.chainId, fund?.chainId], [31_337, 31_337, 31_337]);
  assert.equal(fund?.call, 'fund(7, 253, 2100000)');
  const [propose] = proposeSteps(PLACE, { balanceUnits: of.units, allowanceUnits: 0n }, of);
  assert.equal(propose?.data, encodeFunctionData({ abi, functionName: 'propose', args: [7n, 253, of.units] }));
  assert.equal(dueStep(PLACE, 7, 'tally').data, encodeFunctionData({ abi, functionName: 'tally', args: [7n] }));
  assert.equal(dueStep(PLACE, 7, 'finalise').data, encodeFunctionData({ abi, functionName: 'finalise', args: [7n] }));
  const { balanceUnits, allowanceUnits } = moneyCalls(PLACE, account);
  assert.equal(balanceUnits.data, encodeFunctionData({ abi, functionName: 'balanceOf', args: [account] }));
  const args = [account, PLACE.court] as const;
  assert.equal(allowanceUnits.data, encodeFunctionData({ abi: DevDollar.abi, functionName: 'allowance', args }));
});

test('what is owed is fetched by whom it is owed to, and the balance paid out to its owner', () => {
  const panels = getAddress(`0x${'e0'.repeat(20)}`);
  const owed = [
    { kind: 'share', account, rung: 0, outcome: 1 },
    { kind: 'share', account: PLACE.court, rung: 1, outcome: 1 },
    { kind: 'seat', account: account.toLowerCase(), round: 3, seat: 4 },
  ] as const;
  const steps = owedSteps({ caseId: 7, chain: { ...PLACE, panels }, owed }, account);
  const seat = { abi: CourtPanels.abi, functionName: 'settleSeat', args: [7n, 3, 4] } as const;
  const share = { abi: Court.abi, functionName: 'collect', args: [7n, 0, 1, account] } as const;
  assert.deepEqual(
    steps.map(({ to, data }) => [to, data]),
    [
      [PLACE.court, encodeFunctionData(share)],
      [panels, encodeFunctionData(seat)],
    ],
  );
  const out = { abi: Court.abi, functionName: 'withdraw', args: [account, 5n] } as const;
  assert.equal(withdrawStep(PLACE, account, 5n).data, encodeFunctionData(out));
});

test('only what is missing is brought, and nothing is allowed that is allowed already', () => {
  const count = (balanceUnits: bigint, allowanceUnits: bigint): number =>
    fundSteps(PLACE, { balanceUnits, allowanceUnits }, of).length;
  assert.deepEqual([count(of.units, 0n), count(0n, of.units), count(0n, 0n), count(1n, of.units - 1n)], [1, 2, 3, 2]);
});
