import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { trainedSiteNames } from '../../analysts/test/site-names.ts';
import { openPrograms } from './programs.ts';

const { bytes, adapter, id } = await trainedSiteNames({ steps: 4 });
const folder = mkdtempSync(join(tmpdir(), 'surety-programs-'));
writeFileSync(join(folder, 'net.program'), bytes);
writeFileSync(join(folder, 'net.adapter.json'), JSON.stringify(adapter));
writeFileSync(join(folder, 'unknown.adapter.json'), JSON.stringify({ ...adapter, name: 'unknown', trainedOn: null }));
writeFileSync(join(folder, 'broken.program'), bytes.subarray(0, 100));
after(() => rmSync(folder, { recursive: true }));

const opened = async (programPlayers: readonly string[], programs: string | undefined = folder) =>
  openPrograms({ programs, programPlayers }, [{ id: 'charmodel' }]);
const refusal = async (...rest: Parameters<typeof opened>): Promise<string> => {
  const result = await opened(...rest);
  return result.ok ? 'ok' : `${result.problem.code}: ${result.problem.message}`;
};

test('a node holds what its folder holds, and seats the players that it names', async () => {
  const result = await opened(['site-names', 'site-names']);
  assert.ok(result.ok);
  assert.deepEqual(result.value.held?.ids, [id]);
  assert.deepEqual(
    result.value.players.map((player) => player.id),
    ['site-names'],
  );
  assert.deepEqual(
    result.value.problems.map(({ code }) => code),
    ['program.malformed'],
  );
});

test('without a folder nothing is held', async () => {
  const result = await openPrograms({ programs: undefined, programPlayers: [] }, []);
  assert.ok(result.ok && result.value.held === null && result.value.players.length === 0);
});

test('what cannot be seated stops the start, with what to do', async () => {
  assert.match(await refusal(['nobody']), /config.invalid: SURETY_PROGRAMS holds no adapter/);
  assert.match(await refusal(['unknown']), /config.invalid: .* does not say what its model was trained on/);
  assert.match(await refusal(['site-names'], join(folder, 'none')), /cli.file-unreadable/);
  const nowhere = await openPrograms({ programs: undefined, programPlayers: ['x'] }, []);
  assert.equal(nowhere.ok ? '' : nowhere.problem.code, 'config.invalid');
  const taken = await openPrograms({ programs: folder, programPlayers: ['site-names'] }, [{ id: 'site-names' }]);
  assert.equal(taken.ok ? '' : taken.problem.code, 'config.invalid');
});
