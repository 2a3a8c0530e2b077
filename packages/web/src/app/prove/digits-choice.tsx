import { useMemo } from 'preact/hooks';
import { digitPixels, SIDE } from './digit-bytes.ts';

const Picture = ({ digit }: { digit: number }) => {
  const pixels = useMemo(() => digitPixels(digit), [digit]);
  return (
    <svg viewBox={`0 0 ${SIDE} ${SIDE}`} width="44" height="44" aria-hidden="true">
      {pixels.map((value, i) =>
        value <= 0 ? null : (
          <rect
            key={i}
            x={i % SIDE}
            y={Math.floor(i / SIDE)}
            width="1"
            height="1"
            fill="currentColor"
            fill-opacity={value / 127}
          />
        ),
      )}
    </svg>
  );
};

type Props = { readonly digit: number; readonly onDigit: (digit: number) => void };

/** Ten images, one of which the program reads. */
export const DigitsChoice = ({ digit, onDigit }: Props) => (
  <fieldset class="choice digits">
    <legend class="field-label">The image that it reads</legend>
    {Array.from({ length: 10 }, (_, each) => (
      <label key={each}>
        <input type="radio" name="digit" checked={each === digit} onChange={() => onDigit(each)} />
        <Picture digit={each} />
        <span class="visually-hidden">image of a {each}</span>
      </label>
    ))}
  </fieldset>
);
