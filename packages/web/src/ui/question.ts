/** The two halves of a reading: what is asked, and on what terms. */
export type QuestionParts = { readonly question: string; readonly terms: string };

/** A forecast is a question already; a heading needs no frame around it. */
const FORECAST = /^"(.+\?)" comes true or does not\.$/s;

/** Splits plain words where the terms begin; a text without terms is all question. */
export const questionParts = (plainWords: string): QuestionParts => {
  const at = plainWords.lastIndexOf(' Answers: ');
  const asked = at < 0 ? plainWords : plainWords.slice(0, at);
  return { question: FORECAST.exec(asked)?.[1] ?? asked, terms: at < 0 ? '' : plainWords.slice(at + 1) };
};
