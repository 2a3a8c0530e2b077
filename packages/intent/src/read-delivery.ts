/** "Was the work delivered as agreed? agreement sha256:… deliverable sha256:… : summary". */
import { ok, type Result, refuse, type Subject } from '@surety/core';
import { LIMITS } from './limits.ts';
import type { Token } from './tokens.ts';

type Delivery = Extract<Subject, { readonly kind: 'delivery' }>;

const ABOUT = /\b(?:deliver(?:ed|y|able|ables)?|fulfil(?:led|ls|s)?|work|job|milestone)\b/i;
const AGREED = /\b(?:agree(?:d|ment)|contract|brief|spec(?:ification)?|order|deliverable|promised)\b/i;
const NEXT = 'Write: Was the work delivered as agreed? agreement <sha256> deliverable <sha256>: <what was agreed>.';

const digest = (token: Token): string => token.key.replace(/^(?:sha-?256:|0x)/, '');

/** The label before a digest says which of the two it is. */
const labelled = (tokens: readonly Token[], label: RegExp): string | undefined => {
  const index = tokens.findIndex((token, i) => {
    const before = tokens.slice(Math.max(0, i - 2), i).filter((each) => each.kind !== 'digest');
    return token.kind === 'digest' && before.some((each) => label.test(each.key));
  });
  return index < 0 ? undefined : digest(tokens[index]!);
};

/** Reads a question about a delivery, or `null` where it is of another kind. */
export const readDelivery = (question: string, tokens: readonly Token[]): Result<Delivery> | null => {
  const digests = tokens.filter((token) => token.kind === 'digest');
  if (digests.length === 0 && !(/\bdelivered\b/i.test(question) && AGREED.test(question))) return null;
  if (!ABOUT.test(question)) return null;
  const agreementSha256 = labelled(tokens, /^(?:agreement|contract|brief|spec|order)/);
  const deliverableSha256 = labelled(tokens, /^(?:deliver|work|result|file)/);
  if (digests.length !== 2 || agreementSha256 === undefined || deliverableSha256 === undefined) {
    const message = 'A delivery is judged by two SHA-256 digests, one labelled "agreement" and one "deliverable".';
    return refuse({
      code: 'intent.no-subject',
      message,
      next: NEXT,
      field: 'subject',
      value: `${digests.length} digests`,
    });
  }
  const last = digests.at(-1)!;
  const summary = question
    .slice(last.at + last.text.length)
    .replace(/^[\s:;,.?)\]–—-]+/u, '')
    .trim();
  if (summary === '') {
    const message = 'The delivery does not say in words what was agreed.';
    return refuse({
      code: 'input.empty',
      message,
      next: NEXT,
      field: 'subject.summary',
      limit: `1 to ${LIMITS.statementChars} characters`,
    });
  }
  if (summary.length > LIMITS.statementChars) {
    const message = `The summary has ${summary.length} characters; the limit is ${LIMITS.statementChars}.`;
    return refuse({
      code: 'input.too-large',
      message,
      next: 'Shorten it; the agreement itself is named by its digest.',
      field: 'subject.summary',
    });
  }
  return ok({ kind: 'delivery', agreementSha256, deliverableSha256, summary });
};
