/** Models as the protocol shows them. */
import type { Publication, Result, SignedPublish } from '@surety/core';
import { refuse } from '@surety/core';
import type { ModelHistory, ModelSummary, ModelVersion, RouteInput, RouteOutput } from '@surety/protocol';
import type { Context } from './context.ts';
import { modelStream } from './ledger.ts';
import type { ModelState, Version } from './model.ts';
import { findPublication } from './publish.ts';

const PAGE = 50;

export const versionView = (version: Version): ModelVersion => {
  const { publication, publicationId, status, heldMicroUsd, program, revealedAt, overdueAt, drift } = version;
  const { commitment, revealBy, bondMicroUsd, probes, bundle, publishedAt } = publication;
  return {
    publicationId,
    version: publication.version,
    status,
    commitment,
    revealBy,
    bondMicroUsd,
    heldMicroUsd: heldMicroUsd.toString(),
    program,
    probes,
    bundle,
    publishedAt,
    revealedAt,
    overdueAt,
    drift: drift as ModelVersion['drift'],
  };
};

const partsOf = (model: string): { readonly publisher: string; readonly name: string } => {
  const [publisher = '', name = ''] = model.split('/');
  return { publisher, name };
};

/** Models in the order of their names. */
export const listModels = async (
  { host }: Context,
  { publisher, cursor, limit = PAGE }: RouteInput<'models'>['query'],
): Promise<Result<RouteOutput<'models'>>> => {
  const prefix = publisher === undefined ? 'model:' : `model:${publisher}/`;
  const streams = await host.streams(prefix, { limit, ...(cursor !== undefined && { after: `model:${cursor}` }) });
  const models: ModelSummary[] = [];
  for (const stream of streams) {
    const { model, versions } = await host.state<ModelState>(stream);
    const latest = versions.at(-1);
    if (latest !== undefined)
      models.push({ model, ...partsOf(model), versions: versions.length, latest: versionView(latest) });
  }
  const last = streams.at(-1)?.slice('model:'.length);
  return { ok: true, value: { models, next: streams.length === limit && last !== undefined ? last : null } };
};

export const modelHistory = async (
  { host }: Context,
  { publisher, name }: { readonly publisher: string; readonly name: string },
): Promise<Result<ModelHistory>> => {
  const model = `${publisher}/${name}`;
  const { versions } = await host.state<ModelState>(modelStream(model));
  if (versions.length > 0) return { ok: true, value: { model, publisher, name, versions: versions.map(versionView) } };
  return refuse({
    code: 'publication.unknown',
    message: `No model ${model} was published here.`,
    next: 'List the models of the publisher.',
    field: 'name',
    value: model,
  });
};

/** A publication with everything that it takes to verify it offline. */
export const publicationFile = async (context: Context, publicationId: string): Promise<Result<Publication>> => {
  const found = await findPublication(context, publicationId);
  if (!found.ok) return found;
  const { state, version } = found.value;
  const [event] = await context.host.read(modelStream(state.model), version.seq - 1, 1);
  const { signed } = event!.data as unknown as { readonly signed: SignedPublish };
  const proof = async (turn: 'published' | 'revealed' | 'overdue') =>
    context.log.proofOf((await context.log.findTurn(publicationId, turn))!.index);
  const { program, salt, revealedAt, overdueAt } = version;
  return {
    ok: true,
    value: {
      type: 'surety/publication/v1',
      publicationId,
      record: version.publication,
      signed,
      log: await proof('published'),
      reveal:
        program === null || salt === null || revealedAt === null
          ? null
          : { program, salt, at: revealedAt, log: await proof('revealed') },
      overdue: overdueAt === null ? null : { at: overdueAt, log: await proof('overdue') },
    },
  };
};
