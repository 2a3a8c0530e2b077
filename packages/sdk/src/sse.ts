/** Reads Server-Sent Events (https://html.spec.whatwg.org/multipage/server-sent-events.html) from a byte stream. */

export type SseEvent = { readonly id: string; readonly event: string; readonly data: string };

/** Feeds text; calls `onEvent` for each complete event with data. Comments and unknown fields are skipped. */
export const createSseParser = (onEvent: (event: SseEvent) => void): ((chunk: string) => void) => {
  let pending = '';
  let id = '';
  let event = '';
  let data: string[] = [];

  const line = (text: string): void => {
    if (text === '') {
      if (data.length > 0) onEvent({ id, event: event || 'message', data: data.join('\n') });
      event = '';
      data = [];
      return;
    }
    const colon = text.indexOf(':');
    const field = colon < 0 ? text : text.slice(0, colon);
    const raw = colon < 0 ? '' : text.slice(colon + 1);
    const value = raw.startsWith(' ') ? raw.slice(1) : raw;
    if (field === 'id') id = value;
    else if (field === 'event') event = value;
    else if (field === 'data') data.push(value);
  };

  return (chunk) => {
    const lines = (pending + chunk).split(/\r\n|\n|\r(?!$)/);
    pending = lines.pop() ?? '';
    for (const text of lines) line(text);
  };
};
