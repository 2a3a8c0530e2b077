/** `surety model sign`: an OpenSSF model-signing bundle beside a model, made with the maker's key. */
import { resolve } from 'node:path';
import { fail } from '../local/fail.ts';
import { writeFile } from '../local/files.ts';
import { readText, withFile } from '../local/model-files.ts';
import { UsageError } from '../refusal.ts';
import type { Run } from '../table.ts';
import { safe } from '../terminal/safe.ts';

export const run: Run = async ({ args: [word = ''], values, context }) => {
  const { out, cwd } = context;
  const { key, certificate } = values;
  if (typeof key !== 'string') throw new UsageError('A key signs.', 'Name it with --key key.pem.', '--key');
  const model = resolve(cwd, word);
  const target = resolve(cwd, typeof values.out === 'string' ? values.out : `${model}.sig`);
  const { signFile } = await import('@surety/sdk/model-files');
  const keyPem = readText(key, cwd, 'The key');
  const certificatesPem = typeof certificate === 'string' ? readText(certificate, cwd, 'The certificate') : undefined;
  const options = { model, keyPem, bundle: target, ...(certificatesPem === undefined ? {} : { certificatesPem }) };
  const signed = await withFile(word, 'The model', () => signFile(options));
  if (!signed.ok) return fail(signed.problem);
  const { bundle, id, files } = signed.value;
  writeFile(target, bundle);
  if (out.json) out.data({ bundle: target, id, files });
  else {
    out.line(`${out.style.green('✔')} ${safe(target)} signs ${files === 1 ? '1 file' : `${files} files`}.`);
    out.line(out.style.dim(`  bundle ${id}`));
  }
  return 0;
};
