/** `surety verify` of a renewal: that a new commitment is to the weights of an old one. */
import { fail } from '../local/fail.ts';
import { printFinding } from '../proof-words.ts';
import { UsageError } from '../refusal.ts';
import type { Context, Values } from '../table.ts';
import { safe } from '../terminal/safe.ts';
import { architectureIn } from './verify-proof.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

export const verifyRenewed = async (
  file: string,
  bytes: Uint8Array,
  { architecture, ...others }: Values,
  context: Context,
): Promise<number> => {
  const { out } = context;
  const odd = (['program', 'input', 'output', 'integers'] as const).find((name) => others[name] !== undefined);
  if (typeof architecture !== 'string' || odd !== undefined)
    throw new UsageError(
      'A renewal is checked against an architecture.',
      'Name the old one, or the new one, with --architecture FILE, and nothing else.',
      '--architecture',
    );
  const { verifyRenewal } = await import('@surety/sdk/proofs');
  const held = await architectureIn(architecture, context);
  const started = performance.now();
  const verified = await verifyRenewal(bytes, held);
  const milliseconds = performance.now() - started;
  if (!verified.ok) return fail(verified.problem);
  const { from, to, finding } = verified.value;
  if (out.json) {
    out.data({ holds: finding.holds, from: hex(from), to: hex(to), finding, milliseconds });
    return 0;
  }
  printFinding(out, finding);
  out.line(out.style.dim(`\n${safe(file)}: checked offline in ${Math.ceil(milliseconds)} ms.`));
  return 0;
};
