/** Many small queries as few large ones: what is asked while one round trip is under way goes with the next. */

/**
 * A function of one item from one of many. At most one call of `run` is under way; items that come meanwhile wait for
 * the next, `max` at a time. `run` answers in the order of its items; when it throws, every item of that call fails.
 */
export const together = <Item, Answer>(
  run: (items: readonly Item[]) => Promise<readonly Answer[]>,
  max = 1_000,
): ((item: Item) => Promise<Answer>) => {
  type Waiting = {
    readonly item: Item;
    readonly resolve: (answer: Answer) => void;
    readonly reject: (cause: unknown) => void;
  };
  const waiting: Waiting[] = [];
  let busy = false;

  const work = async (): Promise<void> => {
    busy = true;
    // One turn of the event loop lets the neighbours of the first item come along.
    await new Promise(setImmediate);
    while (waiting.length > 0) {
      const now = waiting.splice(0, max);
      try {
        const answers = await run(now.map(({ item }) => item));
        now.forEach(({ resolve }, n) => {
          resolve(answers[n]!);
        });
      } catch (cause) {
        for (const { reject } of now) reject(cause);
      }
    }
    busy = false;
  };

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!busy) void work();
    });
};
