import { writeFileSync } from 'node:fs';

/** Writes `vectors/<name>.json`, two spaces, one final newline, so that a second run changes nothing. */
export const writeVectors = (name: string, content: unknown): void => {
  writeFileSync(new URL(`../../vectors/${name}.json`, import.meta.url), `${JSON.stringify(content, null, 2)}\n`);
};
