import { useEffect, useRef, useState } from 'preact/hooks';

const EXAMPLES = ['Is uniswap-claim-rewards.app a scam?', 'Is google.com a scam?', 'Is аave.com a scam?'] as const;

const EXAMPLE_NOTES = ['A claim page', 'A site you know', 'One letter is not Latin'] as const;

type Props = {
  readonly start: string;
  readonly busy: boolean;
  /** Whether to offer the examples. */
  readonly examples: boolean;
  readonly onAsk: (question: string) => void;
  readonly onEdit: () => void;
};

/** The question as people type it, and three that need one tap. */
export const AskBox = ({ start, busy, examples, onAsk, onEdit }: Props) => {
  const [text, setText] = useState(start);
  const [missing, setMissing] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);

  useEffect(() => setText(start), [start]);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight + 2}px`;
  }, [text]);

  const ask = (question: string): void => {
    const trimmed = question.trim();
    setMissing(trimmed === '');
    if (trimmed === '') box.current?.focus();
    else onAsk(trimmed);
  };

  return (
    <form
      class="ask-form"
      onSubmit={(event) => {
        event.preventDefault();
        ask(text);
      }}
    >
      <label for="question" class="visually-hidden">
        Your question
      </label>
      <div class="ask-box">
        <textarea
          ref={box}
          id="question"
          rows={1}
          value={text}
          placeholder="Is this-site.example a scam?"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          maxLength={4000}
          aria-describedby={missing ? 'question-missing' : undefined}
          aria-invalid={missing}
          onInput={(event) => {
            setText(event.currentTarget.value);
            setMissing(false);
            onEdit();
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
              event.preventDefault();
              ask(text);
            }
          }}
        />
        <button type="submit" class="button button-main" aria-disabled={busy}>
          {busy ? 'Reading…' : 'Read it back'}
        </button>
      </div>
      {missing && (
        <p id="question-missing" class="small field-problem" role="alert">
          Type a question first: a site, a token, an address, or a message you received.
        </p>
      )}
      {examples && (
        <ul class="list examples" aria-label="Examples">
          {EXAMPLES.map((example, index) => (
            <li key={example}>
              <button
                type="button"
                onClick={() => {
                  setText(example);
                  ask(example);
                }}
              >
                <span>{example}</span>
                <small>{EXAMPLE_NOTES[index]}</small>
              </button>
            </li>
          ))}
        </ul>
      )}
    </form>
  );
};
