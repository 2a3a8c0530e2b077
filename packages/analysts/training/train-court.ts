/**
 * Trains the further families of site jurors that the court seats, and writes `src/artefact/juror-*.json` and
 * `court-origin.json`. Run from the repository root:
 *
 *     node packages/analysts/training/train-court.ts --data DIRECTORY [--out DIRECTORY]
 *
 * `DIRECTORY` holds what `src/artefact/ORIGIN.md` lists. The same data gives the same bytes; for `juror-network`, under the
 * same version of Node.
 */

import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { encodeModel } from '../src/model/artefact.ts';
import { encodeLetters } from '../src/model/letters.ts';
import { COURT, COURT_FAMILIES } from './court-recipes.ts';
import { courtSets } from './court-sets.ts';
import { crossFit } from './cross-fit.ts';
import { storedNetwork } from './network.ts';
import {
  ethPhishingDetect,
  legitimateHosts,
  phantomBlocklist,
  polkadotNextQuarter,
  polkadotPhishing,
} from './sources.ts';

const { values } = parseArgs({ options: { data: { type: 'string' }, out: { type: 'string' } } });
if (values.data === undefined) {
  process.stderr.write('Say where the training data is: --data DIRECTORY (see src/artefact/ORIGIN.md).\n');
  process.exit(2);
}
const out = values.out ?? join(import.meta.dirname, '../src/artefact');
mkdirSync(out, { recursive: true });

const taken = [polkadotPhishing(values.data), ethPhishingDetect()];
const scams = phantomBlocklist(values.data);
const later = polkadotNextQuarter(values.data);
const legitimate = legitimateHosts(values.data);
const sets = courtSets(
  {
    taken: taken.flatMap(({ hosts }) => hosts),
    scams: scams.flatMap(({ hosts }) => hosts),
    later: later.hosts,
    legitimate: legitimate.hosts,
  },
  COURT_FAMILIES.length,
);
const setOf = (family: (typeof COURT_FAMILIES)[number]) => sets[COURT_FAMILIES.indexOf(family)]!;

const files: Record<string, string> = {};
const write = (family: string, value: unknown): void => {
  const name = `juror-${family}.json`;
  const text = `${JSON.stringify(value)}\n`;
  writeFileSync(join(out, name), text);
  files[name] = createHash('sha256').update(text).digest('hex');
  process.stderr.write(`${name}: ${text.length} bytes\n`);
};

for (const family of ['shape', 'meaning', 'counts'] as const) {
  const { model, calibration } = crossFit(setOf(family), COURT[family]);
  write(family, encodeModel({ linear: [], stack: { layout: family, model }, calibration }));
}
for (const family of ['suffix', 'spaced'] as const) {
  const { model, calibration } = crossFit(setOf(family), COURT[family]);
  write(family, encodeModel({ linear: [model], calibration }));
}
const letters = crossFit(setOf('letters'), COURT.letters);
write('letters', { letters: encodeLetters(letters.model), calibration: letters.calibration });
const network = crossFit(setOf('network'), COURT.network);
write('network', {
  network: await storedNetwork(network.model, setOf('network').training),
  calibration: network.calibration,
});

const origin = {
  command: 'node packages/analysts/training/train-court.ts --data DIRECTORY',
  node: process.version,
  sources: [...taken, ...scams, later, legitimate].map(({ source }) => source),
  examples: Object.fromEntries(
    COURT_FAMILIES.map((family) => [
      family,
      { training: setOf(family).training.length, calibration: setOf(family).later.length },
    ]),
  ),
  files,
};
writeFileSync(join(out, 'court-origin.json'), `${JSON.stringify(origin, null, 2)}\n`);
