/** `surety model history`: the versions of a model, where each stands, and how answers drifted. */
import { formatDollars } from '@surety/sdk/base';
import { connect } from '../local/connect.ts';
import { readModel } from '../local/models.ts';
import { driftWords, statusWords, utcMinute } from '../model-words.ts';
import type { Run } from '../table.ts';
import { bar } from '../terminal/chart.ts';
import { safe } from '../terminal/safe.ts';
import { wrap } from '../terminal/table.ts';

const BAR = 20;

export const run: Run = async ({ args: [named = ''], context }) => {
  const { out, home } = context;
  const model = readModel(named, home);
  const { client } = await connect(context);
  const history = await client.model(model);
  if (out.json) {
    out.data(history);
    return 0;
  }
  const { bold, dim, yellow } = out.style;
  out.line(`${bold(model.name)}  ${dim(model.publisher)}\n`);
  for (const each of history.versions) {
    const { version, publicationId, commitment, publishedAt, bondMicroUsd, heldMicroUsd, program, drift, probes } =
      each;
    const words = statusWords(each);
    out.line(`  ${bold(`version ${version}`)}  ${each.status === 'overdue' ? yellow(words) : words}`);
    out.line(dim(`    published ${utcMinute(publishedAt)} · publication ${publicationId}`));
    out.line(
      dim(
        `    ${program === null ? `commitment ${commitment.kind === 'hidden' ? commitment.hidden : ''}` : `program ${program}`}`,
      ),
    );
    if (BigInt(bondMicroUsd) > 0n)
      out.line(
        dim(
          `    bond ${formatDollars(BigInt(bondMicroUsd))}, of which ${formatDollars(BigInt(heldMicroUsd))} still waits`,
        ),
      );
    if (probes !== null) out.line(dim(`    probes ${probes}`));
    if (drift === null) continue;
    const { result, from } = drift;
    if (result.kind === 'measured' && result.argmaxChanged !== null)
      out.line(`    ${bar(Math.floor((result.argmaxChanged * 1_000_000) / result.probes), BAR)} since version ${from}`);
    out.line(`    ${wrap(safe(`drift from version ${from}: ${driftWords(result)}`), out.width, '      ')}`);
  }
  const probed = history.versions.some(({ probes }) => probes !== null);
  out.line();
  out.line(
    dim(
      wrap(
        `A version shows that this publisher’s key committed to these bytes. It does not show that the model is good, that it answers elsewhere, or who made it.${probed ? ' The publisher chose the probes.' : ''}`,
        out.width,
      ),
    ),
  );
  return 0;
};
