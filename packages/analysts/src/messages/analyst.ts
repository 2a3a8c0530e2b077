/** The message analyst: what a message demands, and where it sends people. Weights are set by hand. */

import { abstain, clampPpm, type Reading } from '../analyst.ts';
import { ownerOf } from '../brands/brand.ts';
import { CRYPTO_BRANDS } from '../brands/crypto-brands.ts';
import { imitationOf } from '../brands/imitation.ts';
import { WEB_BRANDS } from '../brands/web-brands.ts';
import { hostParts } from '../host.ts';
import { nameAnalyst } from '../name-analyst.ts';
import { hostsIn, MAX_MESSAGE_CHARACTERS, SIGNS } from './signs.ts';

const DID_NOT_SEE = ['who sent it', 'the sites it links to', 'whether it was expected'];

/** Points to probability, set by hand, from none upwards. */
const POINTS_PPM = [
  250_000, 350_000, 500_000, 640_000, 750_000, 830_000, 880_000, 920_000, 950_000, 965_000, 980_000,
] as const;
const IMITATION_POINTS = 4;
/** Every link goes to a brand's own domain: the message may still lie, but not about where it leads. */
const OWN_LINKS_POINTS = -2;

const readMessage = (text: string, program: string): Reading => {
  const read = text.slice(0, MAX_MESSAGE_CHARACTERS);
  const signs = SIGNS.filter(({ pattern }) => pattern.test(read));
  const hosts = hostsIn(text).map(hostParts);
  const imitated = hosts.flatMap((parts) => {
    const found = imitationOf(parts);
    return found === null || found.common ? [] : [{ host: parts.host, brand: found.brand }];
  });
  const allOwn = hosts.length > 0 && hosts.every((parts) => ownerOf(parts) !== null);
  const didNotSee =
    text.length > MAX_MESSAGE_CHARACTERS
      ? [...DID_NOT_SEE, `all after ${MAX_MESSAGE_CHARACTERS} characters`]
      : DID_NOT_SEE;
  const facts = {
    signs: signs.map((sign) => sign.id).join(' '),
    hosts: hosts.length,
    imitates: imitated.map((i) => i.brand).join(' '),
  };
  if (signs.length === 0 && imitated.length === 0)
    return abstain(program, 'Nothing in the words speaks either way.', didNotSee, facts);
  const points =
    signs.reduce((sum, sign) => sum + sign.points, 0) +
    (imitated.length > 0 ? IMITATION_POINTS : 0) +
    (allOwn ? OWN_LINKS_POINTS : 0);
  return {
    probabilityPpm: clampPpm(POINTS_PPM[Math.max(0, Math.min(POINTS_PPM.length - 1, points))]!),
    saw: [`the message (${read.length} characters)`],
    didNotSee,
    reasons: [
      ...signs.map((sign) => ({ text: sign.says, weightPpm: sign.points * 100_000 })),
      ...imitated.map(({ host, brand }) => ({ text: `It links to ${host}, which imitates ${brand}.` })),
      { text: 'What these signs weigh is an assumption set by hand, not a measurement.' },
    ],
    facts: { ...facts, points },
    program,
  };
};

/** Reads messages. */
export const messageAnalyst = nameAnalyst({
  id: 'message-signs',
  view: 'What a message demands, threatens or promises, and whose name its links borrow.',
  family: 'rules:messages',
  trainedOn: ['surety/brands'],
  reads: ['message'],
  codeVersion: 1,
  artefact: () =>
    SIGNS.map(({ id, points, pattern }) => `${id} ${points} ${pattern.source}`).join('\n') + CRYPTO_BRANDS + WEB_BRANDS,
  readSubject: (subject, program) =>
    subject.kind === 'message' ? readMessage(subject.text, program) : abstain(program, 'Not a message.', DID_NOT_SEE),
});
