import { dollars } from '../../ui/amount.ts';
import { span } from '../../ui/time.ts';
import type { Terms } from './read-question.ts';

const BUDGETS = ['50000', '500000', '5000000'] as const;
const CLOSES = [120, 600, 3_600] as const;

type Props = { readonly terms: Terms; readonly onTerms: (terms: Terms) => void };

/** Budget and closing time, each as one row of choices; changing one reads the question again. */
export const TermsChoice = ({ terms, onTerms }: Props) => (
  <div class="terms">
    <fieldset class="choice">
      <legend class="field-label">Budget</legend>
      {BUDGETS.map((budgetMicroUsd) => (
        <label key={budgetMicroUsd}>
          <input
            type="radio"
            name="budget"
            checked={terms.budgetMicroUsd === budgetMicroUsd}
            onChange={() => onTerms({ ...terms, budgetMicroUsd })}
          />
          {dollars(budgetMicroUsd)}
        </label>
      ))}
    </fieldset>
    <fieldset class="choice">
      <legend class="field-label">Closes after</legend>
      {CLOSES.map((closeSeconds) => (
        <label key={closeSeconds}>
          <input
            type="radio"
            name="close"
            checked={terms.closeSeconds === closeSeconds}
            onChange={() => onTerms({ ...terms, closeSeconds })}
          />
          {span(closeSeconds)}
        </label>
      ))}
    </fieldset>
  </div>
);
