/** What is shown of the people of a contract's case, in words: that they are several only where somebody is believed who says so. */
import type { ChainCase } from '@surety/protocol';

/** `null` where people are drawn by stake, and nobody says anything of them. */
export const personsWords = ({ persons }: Pick<ChainCase, 'persons'>): string | null => {
  if (persons === null) return null;
  const { registry, issuer, standing } = persons;
  const who = issuer ?? `the contract ${registry}`;
  switch (standing) {
    case 'believed':
      return `People are drawn one by one: ${who} gave each a token, and this node believes that it gave one to each person and to persons only.`;
    case 'development':
      return `People are drawn one by one, but ${who} gives a token to whoever asks: they are not shown to be several.`;
    case 'unknown':
      return `People are drawn one by one, as ${who} knows them. That is not believed here: they are not shown to be several.`;
  }
};
