/** `npm run generate`: rewrites the parts of documents that are drawn from the code. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXAMPLE_PLAYER, examplePlayer } from './example-player.ts';
import { compileKernels, KERNEL_PACKAGES, kernelsFile } from './kernels.ts';
import { errorDocs } from './repo/error-docs.ts';
import { graph } from './repo/imports.ts';
import { ROOT } from './repo/workspace.ts';

const file = join(ROOT, 'ARCHITECTURE.md');
const text = readFileSync(file, 'utf8');
writeFileSync(file, text.replace(/```mermaid\ngraph TD\n[\s\S]*?```/, graph()));

const errors = join(ROOT, 'docs', 'errors');
rmSync(errors, { recursive: true, force: true });
mkdirSync(errors, { recursive: true });
for (const [name, page] of errorDocs()) writeFileSync(join(errors, name), page);

for (const name of KERNEL_PACKAGES) writeFileSync(kernelsFile(name), await compileKernels(name));

const player = await examplePlayer();
writeFileSync(EXAMPLE_PLAYER.program, player.program);
writeFileSync(EXAMPLE_PLAYER.adapter, player.adapter);
