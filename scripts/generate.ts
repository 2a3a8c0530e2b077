/** `npm run generate`: rewrites the parts of documents that are drawn from the code. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { graph } from './repo/imports.ts';
import { ROOT } from './repo/workspace.ts';

const file = join(ROOT, 'ARCHITECTURE.md');
const text = readFileSync(file, 'utf8');
writeFileSync(file, text.replace(/```mermaid\ngraph TD\n[\s\S]*?```/, graph()));
