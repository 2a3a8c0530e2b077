/** The rules analyst: which rules apply, and how often names with as many points were scams. */

import { abstain, clampPpm } from '../analyst.ts';
import calibration from '../artefact/rules.json' with { type: 'json' };
import { hostParts } from '../host.ts';
import { calibrated } from '../model/calibration.ts';
import { nameAnalyst } from '../name-analyst.ts';
import { PLAYER_DATA } from '../player-data.ts';
import { applying, pointsOf, RULES } from './rules.ts';

const DID_NOT_SEE = ['the page', 'brands', 'who registered the name, and when'] as const;
/** A rule's points as a share of the decision, for display: 10 points are the whole of it. */
const POINT_PPM = 100_000;

/** Reads structure and hosting. */
export const rulesAnalyst = nameAnalyst({
  id: 'structure-rules',
  view: 'Hand-written rules on suffix, hosting, hyphens and the words a name promises with.',
  family: 'rules:structure',
  trainedOn: PLAYER_DATA,
  reads: ['site'],
  codeVersion: 1,
  artefact: () => JSON.stringify([RULES.map((rule) => [rule.id, rule.points]), calibration]),
  readSubject: (subject, program) => {
    if (subject.kind !== 'site') return abstain(program, 'Not a site.', DID_NOT_SEE);
    const parts = hostParts(subject.host);
    if (parts.label === '' && !parts.isIp)
      return abstain(program, `${parts.host} is a bare suffix: nothing to read.`, DID_NOT_SEE, { host: parts.host });
    const rules = applying(parts);
    const points = pointsOf(rules);
    return {
      probabilityPpm: clampPpm(calibrated(calibration, points * 1000)),
      saw: [`the host name ${parts.host}`],
      didNotSee: DID_NOT_SEE,
      reasons:
        rules.length === 0
          ? [{ text: 'No rule applies to this name.' }]
          : rules.map((rule) => ({ text: rule.says, weightPpm: rule.points * POINT_PPM })),
      facts: { host: parts.host, points, rules: rules.map((rule) => rule.id).join(' ') },
      program,
    };
  },
});
