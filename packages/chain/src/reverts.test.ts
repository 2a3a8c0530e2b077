import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ERRORS } from '@surety/core';

import * as generated from './generated/index.ts';
import { CONTRACT_ERRORS } from './problems.ts';
import { codeOfRevert, NEXT_OF_REVERT } from './reverts.ts';

/** OpenZeppelin's errors that no call of this package can end in, or that say no more than "refused". */
const FOREIGN =
  /^(ERC20Invalid|ECDSA|InvalidAccountNonce|InvalidShortString|StringTooLong|SafeERC20|SafeCast|Reentrancy)/;

const names = new Set(CONTRACT_ERRORS.flatMap((item) => (item.type === 'error' ? [item.name] : [])));

test('every custom error of the contracts has a code of the table', () => {
  assert.ok(names.size > 40);
  const unmapped = [...names].filter((name) => !FOREIGN.test(name) && codeOfRevert(name) === 'chain.reverted');
  assert.deepEqual(unmapped, []);
  for (const name of names) assert.ok(codeOfRevert(name) in ERRORS, name);
});

test('advice is given for errors that exist', () => {
  assert.deepEqual(
    Object.keys(NEXT_OF_REVERT).filter((name) => !names.has(name)),
    [],
  );
});

test('an error of a contract that is not Surety’s is named as such', () => {
  assert.equal(codeOfRevert('SomethingElse'), 'chain.reverted');
});

test('every generated artefact names one compiler and carries its bytecode', () => {
  for (const { contractName, compiler, bytecode } of Object.values(generated)) {
    assert.match(compiler, /^solc 0\.8\.\d+$/, contractName);
    // EIP-3860: init code beyond 49,152 bytes cannot be deployed.
    assert.ok(bytecode.length > 1000 && bytecode.length / 2 - 1 <= 49_152, contractName);
  }
});
