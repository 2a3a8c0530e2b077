/** The court's jurors: the case file that they read, and how a vote follows. `case-file.ts` says what a file is. */

export * from './case-file.ts';
export * from './inert-text.ts';
export * from './llm-juror.ts';
export * from './measured.ts';
export { type CourtAnswer, courtAnswerSchema, parseCourtAnswer, quoteCase } from './prompt.ts';
export * from './vote.ts';
