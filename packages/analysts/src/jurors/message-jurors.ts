/** Jurors of messages: the site jurors, asked about the sites that a message sends people to. */

import type { NameAnalyst } from '../analyst.ts';
import messages from '../artefact/messages-calibration.json' with { type: 'json' };
import { linkedSitesAnalyst } from '../linked-sites/linked-sites-analyst.ts';
import { siteJurors } from './site-jurors.ts';

const calibrations: Readonly<Record<string, (typeof messages)['calibrations']['juror-grams']>> = messages.calibrations;

/** One for each site juror that was measured; who was not measured does not sit. */
export const messageJurors: readonly NameAnalyst[] = siteJurors.flatMap((juror) => {
  const calibration = calibrations[juror.id];
  if (calibration === undefined) return [];
  const trainedOn = [...juror.trainedOn, 'spamassassin/public-corpus', 'scamsniffer/scam-database#rates'];
  return [linkedSitesAnalyst({ id: `${juror.id}-links`, juror, trainedOn, calibration })];
});
