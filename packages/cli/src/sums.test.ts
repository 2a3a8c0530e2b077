/** Records of sums at the terminal: made, checked offline, and told wrong. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { writeProgram } from '../../programs/src/file/file.ts';
import { anyInput, mlpProgram, randomLayers } from '../../programs/test/networks.ts';
import { folder, surety } from './testing.ts';

test('a record is written, checked with no node and no chain, and a changed one is not shown', async () => {
  const cwd = folder();
  // So wide that both of its layers are checked by their sums.
  const program = mlpProgram([256, 256, 256], randomLayers([256, 256, 256], 1));
  writeFileSync(join(cwd, 'one.program'), Buffer.concat([...writeProgram(program)]));
  const values = [...anyInput(program, 1)[0]!.values];
  writeFileSync(join(cwd, 'input.json'), JSON.stringify({ x: values }));
  writeFileSync(join(cwd, 'other.json'), JSON.stringify({ x: values.toReversed() }));
  const run = (input: string, ...more: string[]) =>
    surety(['run', 'one.program', input, '--integers', '--prove', 'statistical', ...more], { cwd });

  const proved = await run('input.json', '--out', 'one.sums');
  assert.equal(proved.code, 0, proved.stdout + proved.stderr);
  assert.match(proved.stdout, /one\.sums \([\d,]+ bytes\).*proves nothing to anybody/s);

  const checked = await run('input.json', '--check', 'one.sums');
  assert.equal(checked.code, 0, checked.stdout + checked.stderr);
  assert.match(checked.stdout, /✔ The record of a run of program .* fits its weights/);
  assert.match(checked.stdout.replace(/\s+/g, ' '), /does not prove that the answer is right/);

  const elsewhere = await run('other.json', '--check', 'one.sums');
  assert.equal(elsewhere.code, 3);
  assert.match(elsewhere.stdout, /about another\s+input/);

  const bytes = readFileSync(join(cwd, 'one.sums'));
  // The first byte of the output that it names.
  bytes[20 + 64]! ^= 1;
  writeFileSync(join(cwd, 'lie.sums'), bytes);
  const lie = await run('input.json', '--check', 'lie.sums', '--json');
  assert.equal(lie.code, 1, lie.stdout);
  assert.equal((JSON.parse(lie.stdout) as { finding: { holds: string } }).finding.holds, 'refuted');

  writeFileSync(join(cwd, 'short.sums'), bytes.subarray(1));
  const short = await run('input.json', '--check', 'short.sums', '--json');
  assert.equal((JSON.parse(short.stdout) as { error: { code: string } }).error.code, 'statistical.malformed');
});

test('what is for a bond is refused, and so is a record for a bond', async () => {
  const cwd = folder();
  const statistical = await surety(['run', 'a', 'b', '--prove', 'statistical', '--bond', '50'], { cwd });
  assert.match(statistical.stderr, /--bond is for --prove optimistic/);
  const optimistic = await surety(['run', 'a', 'b', '--prove', 'optimistic', '--check', 'c'], { cwd });
  assert.match(optimistic.stderr, /--check is for --prove statistical/);
});
