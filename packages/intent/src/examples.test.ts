import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parseQuestion } from './parse.ts';

test('every example question is read, and the kinds are all there', () => {
  const lines = readFileSync(new URL('../../../examples/questions.jsonl', import.meta.url), 'utf8')
    .trim()
    .split('\n');
  const kinds = lines.map((line) => {
    const read = parseQuestion((JSON.parse(line) as { question: string }).question, { now: 1_795_300_000 });
    assert.ok(read.ok, line);
    return read.value.kind;
  });
  assert.ok(lines.length >= 14);
  assert.deepEqual([...new Set(kinds)].sort(), ['address', 'contract', 'message', 'site', 'token']);
});
