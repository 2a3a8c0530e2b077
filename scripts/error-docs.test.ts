import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { errorDocs } from './repo/error-docs.ts';
import { ROOT } from './repo/workspace.ts';

const folder = join(ROOT, 'docs', 'errors');

test('docs/errors is what the table of errors says (npm run generate rewrites it)', () => {
  const pages = errorDocs();
  assert.deepEqual(readdirSync(folder).sort(), [...pages.keys()].sort(), 'run: npm run generate');
  for (const [name, text] of pages)
    assert.equal(readFileSync(join(folder, name), 'utf8'), text, 'run: npm run generate');
});
