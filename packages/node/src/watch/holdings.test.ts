import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { concatBytes, toHex } from '@surety/core';
import { commitProgram, iteratedId, listRoot, writeProgram } from '@surety/programs';
import { randomInputs, randomProgram } from '../../../programs/test/random-program.ts';
import { createHoldings } from './holdings.ts';

const folder = (): string => mkdtempSync(join(tmpdir(), 'surety-watch-'));

test('programs and inputs are found by what their bytes hash to, not by their names', async () => {
  const [programs, inputs] = [folder(), folder()];
  const program = randomProgram(3);
  const id = commitProgram(program).id;
  const holdings = await createHoldings({ programs: [programs], files: () => [], inputs });
  assert.equal(holdings.program(toHex(id), []), null);
  const file = join(programs, 'any-name.program');
  writeFileSync(file, concatBytes(...writeProgram(program)));
  writeFileSync(join(programs, 'rubbish.program'), 'no program');
  assert.equal(holdings.program(toHex(id), [])?.steps, null);
  const iterated = toHex(iteratedId(id, 7));
  assert.equal(holdings.program(iterated, [6]), null);
  assert.equal(holdings.program(iterated, [6, 7])?.steps, 7);
  writeFileSync(file, concatBytes(...writeProgram(randomProgram(4))));
  assert.equal(holdings.program(toHex(id), []), null);

  const tensors = randomInputs(program, 1);
  const name = holdings.keepInput(tensors);
  assert.equal(name, toHex(listRoot(tensors)));
  assert.deepEqual(holdings.input(name), tensors);
  assert.equal(holdings.input('00'), null);
  const [kept = ''] = readdirSync(inputs);
  writeFileSync(join(inputs, kept), readFileSync(join(inputs, kept), 'utf8').replace(/"[A-Za-z0-9+/=]{4}/, '"AAAA'));
  assert.equal(holdings.input(name), null);
});
