/** Steps through a list that the node gives by pages; nothing where there is one page. */
export const Pager = ({
  passed,
  next,
  onGo,
  names = ['Newer', 'Older'],
}: {
  /** Cursors of the pages that were gone through, the shown one last. */
  passed: readonly string[];
  next: string | null;
  onGo: (passed: readonly string[]) => void;
  /** Of the buttons, towards the first page and away from it. */
  names?: readonly [string, string];
}) =>
  next === null && passed.length === 0 ? null : (
    <nav class="pager" aria-label="Pages">
      <button type="button" class="button" disabled={passed.length === 0} onClick={() => onGo(passed.slice(0, -1))}>
        {names[0]}
      </button>
      <button
        type="button"
        class="button"
        disabled={next === null}
        onClick={() => next !== null && onGo([...passed, next])}
      >
        {names[1]}
      </button>
    </nav>
  );
