import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ALLOWED, arrows, graph } from './repo/imports.ts';
import { packages, ROOT } from './repo/workspace.ts';

test('no package imports another but along the allowed arrows', () => {
  const wrong = [...arrows()].filter(([key]) => {
    const [from = '', to = ''] = key.split(' ');
    return !ALLOWED[from]?.includes(to);
  });
  assert.deepEqual(wrong, []);
});

test('the allowed arrows have no cycle', () => {
  const done = new Set<string>();
  const visit = (name: string, path: readonly string[]): void => {
    assert.ok(!path.includes(name), `cycle: ${[...path, name].join(' -> ')}`);
    if (done.has(name)) return;
    for (const next of ALLOWED[name] ?? []) visit(next, [...path, name]);
    done.add(name);
  };
  for (const name of Object.keys(ALLOWED)) visit(name, []);
});

test('every import of another package is declared in package.json, and every declaration is used', () => {
  const drawn = new Set(arrows().keys());
  for (const { name, dependsOn } of packages()) {
    const declared = new Set(dependsOn.map((other) => `${name} ${other}`));
    const used = new Set([...drawn].filter((key) => key.startsWith(`${name} `)));
    assert.deepEqual([...declared].sort(), [...used].sort(), `packages/${name}/package.json`);
  }
});

test('ARCHITECTURE.md shows the graph as it is (npm run generate redraws it)', () => {
  const text = readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8');
  assert.ok(text.includes(graph()), 'run: npm run generate');
});
