import { verdictWords } from '@surety/sdk/page';
import { outcomeWords, sentence } from '../../ui/wording.ts';

/** An outcome as it reads on the page. */
export const verdictName = (outcomes: readonly string[], code: number): string =>
  code < outcomes.length ? outcomeWords(outcomes, code) : verdictWords(outcomes, code);

type Props = {
  readonly legend: string;
  readonly name: string;
  readonly outcomes: readonly string[];
  readonly codes: readonly number[];
  readonly value: number | null;
  readonly onChange: (code: number) => void;
};

/** One outcome out of those that may be chosen. */
export const OutcomeChoice = ({ legend, name, outcomes, codes, value, onChange }: Props) => (
  <fieldset class="choice choice-wide">
    <legend class="field-label">{legend}</legend>
    {codes.map((code) => (
      <label key={code}>
        <input type="radio" name={name} checked={value === code} onChange={() => onChange(code)} />
        <span>{sentence(verdictName(outcomes, code))}</span>
      </label>
    ))}
  </fieldset>
);
