/** A pushed notice as text, read with care: whatever arrives, something harmless is shown, since browsers demand that something is. */

export type Shown = {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly link: string;
};

const UNREADABLE: Shown = { id: 'court', title: 'Something moved at the court.', summary: '', link: '/#/court' };

export const readNotice = (text: string): Shown => {
  try {
    const { id, title, summary, link } = JSON.parse(text) as Readonly<Record<string, unknown>>;
    return [id, title, summary, link].every((part) => typeof part === 'string')
      ? ({ id, title, summary, link } as Shown)
      : UNREADABLE;
  } catch {
    return UNREADABLE;
  }
};

/** Where a notice leads: a place of this origin, whatever its link says. */
export const placeOf = (link: string, origin: string): string => {
  if (!URL.canParse(link, origin)) return '/#/court';
  const url = new URL(link, origin);
  // Whole: a path that begins with two slashes would be another host.
  return url.origin === origin ? `${origin}${url.pathname}${url.hash}` : '/#/court';
};
