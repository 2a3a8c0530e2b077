/** `surety model verify-signature`: who signed a model, as far as keys and roots that one names can say. */
import { resolve } from 'node:path';
import { readText, withFile } from '../local/model-files.ts';
import { UsageError } from '../refusal.ts';
import type { Run } from '../table.ts';
import { safe } from '../terminal/safe.ts';
import { wrap } from '../terminal/table.ts';

const STATUS = { shown: 0, refuted: 1, 'not-shown': 3 } as const;

export const run: Run = async ({ args: [word = '', named], values, context }) => {
  const { out, cwd } = context;
  const bundle = resolve(cwd, word);
  if (named === undefined && !/\.sig$/.test(bundle)) {
    throw new UsageError('Which model was signed?', 'Name it after the bundle.', 'FILE');
  }
  const model = named === undefined ? bundle.replace(/\.sig$/, '') : resolve(cwd, named);
  const key = values.key;
  const chain = values['certificate-chain'];
  const { checkSignature } = await import('@surety/sdk/model-files');
  const options = {
    bundle,
    model,
    keys: typeof key === 'string' ? { [key]: readText(key, cwd, 'The key') } : {},
    atSeconds: Math.floor(Date.now() / 1_000),
    ...(typeof chain === 'string' ? { rootsPem: readText(chain, cwd, 'The certificate chain') } : {}),
  };
  const { id, finding } = await withFile(word, 'The signature or model', () => checkSignature(options));
  if (out.json) out.data({ bundle: id, finding });
  else {
    const { green, red, yellow, dim } = out.style;
    const mark = finding.holds === 'shown' ? green('✔') : finding.holds === 'refuted' ? red('✘') : yellow('○');
    out.line(`${mark} ${wrap(safe(finding.summary), out.width - 2, '  ')}`);
    for (const assumed of finding.assumes) out.line(dim(`  assumes ${wrap(safe(assumed), out.width - 4, '    ')}`));
    for (const not of finding.doesNotProve) out.line(dim(`  does not prove ${wrap(safe(not), out.width - 4, '    ')}`));
    out.line(dim(`  bundle ${id}`));
  }
  return STATUS[finding.holds];
};
