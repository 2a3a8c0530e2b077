import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { OPERATORS } from './operators.ts';

const PAGE = join(import.meta.dirname, '../../../../../docs/decisions/onnx.md');

test('the page on ONNX lists the operators that there are', () => {
  const [, list = ''] = /\*\*Operators\*\* \([^)]*\): ([^.]*)\./.exec(readFileSync(PAGE, 'utf8')) ?? [];
  assert.deepEqual(list.split(/,\s+/), [...OPERATORS.keys()].sort());
});
