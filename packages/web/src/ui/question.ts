/** The two halves of a reading: what is asked, and on what terms. */
export type QuestionParts = { readonly question: string; readonly terms: string };

/** Splits plain words where the terms begin; a text without terms is all question. */
export const questionParts = (plainWords: string): QuestionParts => {
  const at = plainWords.lastIndexOf(' Answers: ');
  return at < 0
    ? { question: plainWords, terms: '' }
    : { question: plainWords.slice(0, at), terms: plainWords.slice(at + 1) };
};
