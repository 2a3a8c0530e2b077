import type { ChainCase } from '@surety/sdk/page';
import { questionParts } from '../../ui/question.ts';

/** What a case asks, or that nobody has said so. */
export const askedBy = ({ plainWords, question }: ChainCase): string =>
  plainWords === null
    ? `A question that nobody has published (${question.slice(0, 10)}…)`
    : questionParts(plainWords).question;
