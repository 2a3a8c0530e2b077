import { ChainMark } from '../../ui/chain-mark.tsx';

const LINKS = [
  ['Intent', 'Your words, read back to you and signed. Not: what you hoped to ask.'],
  ['Input', 'What each reader looked at, and what it did not. Not: everything there is.'],
  ['Program', 'Which program read it, so that it can be run again. Not: that the program is right.'],
  ['Output', 'How prices or jurors reached the answer. Not: that the answer is true.'],
] as const;

/** What a receipt is made of, for somebody who has never seen one. */
export const FourLinks = () => (
  <section class="four-links" aria-labelledby="four-links">
    <h2 id="four-links">Four links, each can break on its own</h2>
    <p class="quiet">
      A receipt shows them one by one. Green means shown, and nothing here is green for any other reason.
    </p>
    <ol class="list">
      {LINKS.map(([name, words], index) => (
        <li key={name}>
          <ChainMark holds={LINKS.map((_, other) => (other === index ? 'plain' : 'not-shown'))} height={26} />
          <h3>{name}</h3>
          <p class="small">{words}</p>
        </li>
      ))}
    </ol>
  </section>
);
