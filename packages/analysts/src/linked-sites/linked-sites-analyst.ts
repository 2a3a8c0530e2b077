/**
 * Reads a message by the sites it sends people to, with the eyes of one site juror. It says "scam" where that juror
 * votes so on a linked site, with the probability that was measured for just that sign, and never clears a message.
 */

import { abstain, clampPpm, type NameAnalyst, type Reading } from '../analyst.ts';
import { nameAnalyst } from '../name-analyst.ts';
import { voteOf } from '../panel.ts';
import { MAX_READ_CHARACTERS, sitesIn, warns } from './sites-in.ts';

/** How often the sign was seen, by `training/calibrate-messages.ts`. */
export type LinkCalibration = {
  /** Probability that a message with the sign is a scam, at a prior of one half, parts per million. */
  readonly scamPpm: number;
  /** Honest messages read, and how many of them bore the sign. */
  readonly honestMessages: number;
  readonly honestSigns: number;
};

export type LinkedSitesParts = {
  readonly id: string;
  readonly juror: NameAnalyst;
  readonly trainedOn: readonly string[];
  readonly calibration: LinkCalibration;
};

const DID_NOT_SEE = [
  'who sent it, and whether it was expected',
  'what it asks for',
  'the pages it links to, beyond their names',
] as const;

const readMessage = (text: string, parts: LinkedSitesParts, program: string): Reading => {
  const { juror, calibration } = parts;
  if (warns(text)) return abstain(program, 'It speaks of a scam itself: a warning names bad sites too.', DID_NOT_SEE);
  const sites = sitesIn(text);
  const facts = { sites: sites.length };
  if (sites.length === 0) return abstain(program, 'It names no site, and nothing else is read.', DID_NOT_SEE, facts);
  const site = sites.find((host) => voteOf(juror.readSync({ kind: 'site', host })) === 'scam');
  if (site === undefined) {
    const why = `${juror.id} is not sure of a scam on any site it names; that does not clear a message.`;
    return abstain(program, why, DID_NOT_SEE, facts);
  }
  return {
    probabilityPpm: clampPpm(calibration.scamPpm),
    saw: [`the sites named in the first ${MAX_READ_CHARACTERS} characters of the message`],
    didNotSee: DID_NOT_SEE,
    reasons: [
      { text: `It sends people to ${site}, on which ${juror.id} votes “scam”.` },
      {
        text: `${calibration.honestSigns} of ${calibration.honestMessages} honest messages (mail of 2002 and 2003) did so; that scam messages lead to sites like those on published lists is an assumption.`,
      },
    ],
    facts: { ...facts, site },
    program,
  };
};

export const linkedSitesAnalyst = (parts: LinkedSitesParts): NameAnalyst =>
  nameAnalyst({
    id: parts.id,
    view: `The sites a message sends people to, as ${parts.juror.id} reads them.`,
    family: parts.juror.family,
    trainedOn: parts.trainedOn,
    reads: ['message'],
    answers: ['scam'],
    codeVersion: 1,
    // Its juror's program is part of what decides.
    artefact: () => JSON.stringify([parts.juror.readSync({ kind: 'site', host: 'a.com' }).program, parts.calibration]),
    readSubject: (subject, program) =>
      subject.kind === 'message'
        ? readMessage(subject.text, parts, program)
        : abstain(program, 'Not a message.', DID_NOT_SEE),
  });
