import type { Problem } from '@surety/sdk/page';

/** A refusal in whole sentences: what was wrong, and what to do next. */
export const ProblemNotice = ({ problem, onRetry }: { problem: Problem; onRetry?: (() => void) | undefined }) => (
  <div class="notice notice-bad" role="alert">
    <p>
      <strong>{problem.message}</strong>
    </p>
    <p>{problem.next}</p>
    <p class="small mono">{[problem.code, problem.limit].filter((part) => part !== undefined).join(' · ')}</p>
    {onRetry !== undefined && (
      <p>
        <button type="button" class="button" onClick={onRetry}>
          Try again
        </button>
      </p>
    )}
  </div>
);
