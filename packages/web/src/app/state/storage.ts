/** The browser's storage, which may be full, blocked or edited by its owner. Reads give text or nothing. */

export type Shelf = 'kept' | 'session';

const shelf = (which: Shelf): Storage | null => {
  try {
    return which === 'kept' ? localStorage : sessionStorage;
  } catch {
    return null;
  }
};

export const recall = (key: string, which: Shelf = 'kept'): string | null => {
  try {
    return shelf(which)?.getItem(`surety.${key}`) ?? null;
  } catch {
    return null;
  }
};

/** @returns whether it will still be there after a reload */
export const keep = (key: string, value: string, which: Shelf = 'kept'): boolean => {
  try {
    shelf(which)?.setItem(`surety.${key}`, value);
    return recall(key, which) === value;
  } catch {
    return false;
  }
};

export const forget = (key: string, which: Shelf = 'kept'): void => {
  try {
    shelf(which)?.removeItem(`surety.${key}`);
  } catch {
    // Nothing was kept, so nothing is left.
  }
};
