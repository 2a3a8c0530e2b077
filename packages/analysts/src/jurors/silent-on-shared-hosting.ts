/**
 * A juror that keeps silent on shared hosting (`my-app.vercel.app`). Its labelled names there are nearly all scams, so
 * what it learned is the hosting, not the name: it condemned most ordinary project names too (`npm run bench -- hosting`).
 */

import { abstain, type NameAnalyst } from '../analyst.ts';
import { hostParts } from '../host.ts';
import { nameAnalyst } from '../name-analyst.ts';

const DID_NOT_SEE = ['the page', 'who published it, and when', 'whether anybody was harmed'] as const;

export const silentOnSharedHosting = (juror: NameAnalyst): NameAnalyst =>
  nameAnalyst({
    ...juror,
    codeVersion: 1,
    // The juror's own program is part of what decides.
    artefact: () => juror.readSync({ kind: 'site', host: 'a.com' }).program,
    readSubject: (subject, program) => {
      const { host, suffix, sharedHosting } = hostParts(subject.kind === 'site' ? subject.host : '');
      if (!sharedHosting) return { ...juror.readSync(subject), program };
      const why = `Under ${suffix} anybody publishes; of the names there it learned from, nearly all were scams, so it cannot tell honest ones.`;
      return abstain(program, why, DID_NOT_SEE, { host, suffix });
    },
  });
