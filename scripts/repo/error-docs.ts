/** `docs/errors`: one page for each area of the table of errors, written from the table. */
import { ERRORS, type ErrorCode, type ErrorRule } from '@surety/core';

const entry = (code: string, rule: ErrorRule): string =>
  [
    `## ${code}`,
    '',
    `<a id="${code.replaceAll('.', '-')}"></a>`,
    rule.summary,
    '',
    `HTTP ${rule.http}, exit status ${rule.exit}. Sending the same again ${rule.retryable ? 'can help' : 'does not help'}.`,
    '',
  ].join('\n');

/** File name and text of every page. */
export const errorDocs = (): ReadonlyMap<string, string> => {
  const areas = new Map<string, ErrorCode[]>();
  for (const code of Object.keys(ERRORS) as ErrorCode[]) {
    const area = code.split('.')[0] ?? code;
    areas.set(area, [...(areas.get(area) ?? []), code]);
  }
  const pages = new Map<string, string>();
  const names = [...areas.keys()].sort();
  for (const name of names) {
    const codes = areas.get(name) ?? [];
    pages.set(`${name}.md`, [`# Errors: ${name}`, '', ...codes.map((code) => entry(code, ERRORS[code]))].join('\n'));
  }
  const list = names.map((name) => `- [${name}](${name}.md): ${areas.get(name)?.length} codes`);
  const intro = [
    '# Errors',
    '',
    'Every refusal carries one of these codes, the field at fault, its value and limit, and what to do next.',
    'Written by `npm run generate` from `packages/core/src/errors.ts`; a node serves the same under `/docs/errors`.',
    '',
  ];
  pages.set('README.md', `${[...intro, ...list].join('\n')}\n`);
  return pages;
};
