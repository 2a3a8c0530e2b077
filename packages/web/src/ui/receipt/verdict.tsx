import type { Verification } from '@surety/sdk/page-verify';
import { HexText } from '../hex-text.tsx';
import { HoldsIcon } from '../holds-icon.tsx';
import { type KeysFrom, VERDICTS, verdictTitle } from './verdict-words.ts';

/** What came of verifying, first; then what was changed or is missing, by name. */
export const VerdictBanner = ({ verification, keys }: { verification: Verification; keys: KeysFrom }) => {
  const { holds, words } = VERDICTS[verification.verdict];
  return (
    <div class={`verdict verdict-${holds}`} role="status">
      <HoldsIcon holds={holds} />
      <div>
        <p class="verdict-title">{verdictTitle(verification.verdict, keys)}</p>
        <p>{words}</p>
        {verification.changed.length > 0 && (
          <p>
            Changed:{' '}
            {verification.changed.map((path, index) => (
              <span key={path}>
                {index > 0 && ', '}
                <code>{path}</code>
              </span>
            ))}
          </p>
        )}
        {verification.problems.length > 0 && (
          <ul>
            {verification.problems.map((problem, index) => (
              <li key={`${problem.code}-${index}`}>
                <HexText text={problem.message} /> <span class="mono small">{problem.code}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
};
