/**
 * Trains every shipped model and writes `src/artefact`. Run from the repository root:
 *
 *     node packages/analysts/training/train.ts --data DIRECTORY [--out DIRECTORY]
 *
 * `DIRECTORY` holds `polkadot-phishing-all.json` and `legitimate-hosts.txt` (see `src/artefact/ORIGIN.md`).
 * The same data gives the same bytes.
 */

import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { encodeModel } from '../src/model/artefact.ts';
import { fitSiteModel } from './pipeline.ts';
import { JUROR_GRAMS, JUROR_TREES, JUROR_WORDS, PLAYER_CHARACTERS, PLAYER_STACK } from './recipes.ts';
import { jurorSets, playerSet } from './sets.ts';
import { ethPhishingDetect, legitimateHosts, polkadotPhishing, projectLists } from './sources.ts';
import { tallyLookalikes, tallyRules } from './tally.ts';

const { values } = parseArgs({ options: { data: { type: 'string' }, out: { type: 'string' } } });
if (values.data === undefined) {
  process.stderr.write('Say where the training data is: --data DIRECTORY (see src/artefact/ORIGIN.md).\n');
  process.exit(2);
}
const out = values.out ?? join(import.meta.dirname, '../src/artefact');
mkdirSync(out, { recursive: true });

const phishing = polkadotPhishing(values.data);
const legitimate = legitimateHosts(values.data);
const older = ethPhishingDetect();
const projects = projectLists();

const players = playerSet(
  phishing.hosts,
  older.hosts,
  legitimate.hosts,
  projects.flatMap((list) => list.hosts),
);
const jurors = jurorSets(phishing.hosts, legitimate.hosts);
const files: Record<string, string> = {};
const write = (name: string, value: unknown): void => {
  const text = `${JSON.stringify(value)}\n`;
  writeFileSync(join(out, `${name}.json`), text);
  files[`${name}.json`] = createHash('sha256').update(text).digest('hex');
};
const train = (name: string, model: () => ReturnType<typeof fitSiteModel>): void => {
  process.stderr.write(`${name}\n`);
  write(name, encodeModel(model()));
};
const progress = (what: string): void => void process.stderr.write(`  ${what}\n`);

write('lookalike', tallyLookalikes(players.real));
write('rules', tallyRules(players.real));
train('charmodel', () => fitSiteModel(players.all, { ...PLAYER_CHARACTERS, progress }));
train('stackmodel', () => fitSiteModel(players.all, { ...PLAYER_STACK, progress }));
train('juror-grams', () => fitSiteModel(jurors[0], { ...JUROR_GRAMS, progress }));
train('juror-trees', () => fitSiteModel(jurors[1], { ...JUROR_TREES, progress }));
train('juror-words', () => fitSiteModel(jurors[2], { ...JUROR_WORDS, progress }));

const origin = {
  command: 'node packages/analysts/training/train.ts --data DIRECTORY',
  sources: [phishing, older, legitimate, ...projects].map((loaded) => loaded.source),
  examples: { players: players.all.length, jurors: jurors.map((set) => set.length) },
  files,
};
writeFileSync(join(out, 'origin.json'), `${JSON.stringify(origin, null, 2)}\n`);
