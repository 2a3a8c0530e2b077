/** Every built-in juror that is a pure function of the subject, by what it judges. */

import type { NameAnalyst } from '../analyst.ts';
import { messageJurors } from './message-jurors.ts';
import { siteJurors } from './site-jurors.ts';
import { tokenJurors } from './token-jurors.ts';

export const pureJurors: readonly NameAnalyst[] = [...siteJurors, ...tokenJurors, ...messageJurors];
