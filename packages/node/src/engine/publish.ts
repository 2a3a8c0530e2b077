/**
 * Carrying out what publishers sign (spec 13): room for files, publications, reveals; and what follows of itself: the end
 * of a reveal's time, and the measuring of drift.
 */
import {
  checkSignedPublish,
  hiddenIdOf,
  type Json,
  MODEL_LIMITS,
  type ModelRecord,
  type ModelTurn,
  modelLeafOf,
  modelOf,
  type Problem,
  publicationIdOf,
  type Result,
  refuse,
  unwrap,
} from '@surety/core';
import type { Action, ActionResult, FileKind, SignedAction } from '@surety/protocol';
import type { Move } from '../journal/host.ts';
import type { FileStore } from '../models/files.ts';
import type { RunTask } from '../models/task.ts';
import type { Context } from './context.ts';
import { accountStream, type LedgerMove, modelStream, transfer } from './ledger.ts';
import { LOG_STREAM, type LogEvent } from './log.ts';
import { type ModelEvent, type ModelState, probesOf, publicBefore, type Version, versionOf } from './model.ts';
import { didIt } from './outcome-of.ts';

type Of<T extends Action['type']> = Extract<Action, { type: T }>;

/** What publishing needs beside the engine's context. */
export type Models = {
  readonly files: FileStore;
  readonly run: RunTask;
  /** A queue of its own for reports that wait at the door: markets close while drift is measured. */
  readonly rerun: RunTask;
  /** Models in which bonds may wait, for the balance roots. */
  readonly bonded: Set<string>;
};

/**
 * Where lost bonds go: an address without a key (spec 13.4). The amount is authorised there for withdrawal at once, so that
 * the settlement contract pays it out to nobody, and neither operator nor anybody else holds it for a moment.
 */
export const BURNT = '0x000000000000000000000000000000000000dEaD';

/** Seconds after the last moment for a reveal at which it is looked for: one that came in time may still be checked. */
export const OVERDUE_AFTER_SECONDS = 10;

const leafMove = (record: ModelRecord, turn: { event: ModelTurn; program: string | null; at: number }): Move => ({
  stream: LOG_STREAM,
  event: { kind: 'appended', leaf: modelLeafOf(record, turn), at: turn.at } satisfies LogEvent,
});

const unknownPublication = (publicationId: string, field: string): Result<never> =>
  refuse({
    code: 'publication.unknown',
    message: `No publication ${publicationId} is known here.`,
    next: 'See `surety model history`, or ask the node that it was made on.',
    field,
    value: publicationId,
  });

/** The state of a model and one of its versions, by the publication's id. */
export const findPublication = async (
  context: Context,
  publicationId: string,
  field = 'publicationId',
): Promise<Result<{ readonly state: ModelState; readonly version: Version }>> => {
  const placed = await context.log.findTurn(publicationId, 'published');
  if (placed === undefined) return unknownPublication(publicationId, field);
  const state = await context.host.state<ModelState>(modelStream(placed.leaf.model));
  const version = versionOf(state, publicationId);
  return version === undefined ? unknownPublication(publicationId, field) : { ok: true, value: { state, version } };
};

/** Makes room for a file. */
export const store = async (
  { files }: Models,
  { kind, id, bytes, account }: Of<'surety/action/store/v1'>,
): Promise<Result<ActionResult>> => {
  const room = await files.announce(kind, id, bytes, account);
  if (!room.ok) return room;
  const { stored, received } = room.value;
  return { ok: true, value: { kind: 'store', id, stored, received, partBytes: MODEL_LIMITS.partBytes } };
};

const notStored = (kind: FileKind, id: string, field: string): Problem => ({
  code: 'publication.not-stored',
  message: `The file ${kind}/${id} is not stored here.`,
  next: 'Store it first: announce it with `store` and send its bytes.',
  field,
  value: id,
});

/** The first file that a publication names and that is not here. */
const missingFile = async (
  { files }: Models,
  { commitment, probes, bundle }: Pick<ModelRecord, 'commitment' | 'probes' | 'bundle'>,
): Promise<Problem | null> => {
  const named: readonly (readonly [FileKind, string | null, string])[] = [
    ['programs', commitment.kind === 'open' ? commitment.program : null, 'action.commitment.program'],
    ['probes', probes, 'action.probes'],
    ['bundles', bundle, 'action.bundle'],
  ];
  for (const [kind, id, field] of named)
    if (id !== null && !(await files.has(kind, id))) return notStored(kind, id, field);
  return null;
};

const recordOf = (action: Of<'surety/action/publish/v1'>, state: ModelState, at: number): ModelRecord => ({
  type: 'surety/model/v1',
  publisher: action.account,
  name: action.name,
  version: state.versions.length + 1,
  previous: state.versions.at(-1)?.publicationId ?? null,
  commitment: action.commitment,
  revealBy: action.revealBy,
  bondMicroUsd: action.bondMicroUsd,
  probes: action.probes,
  bundle: action.bundle,
  publishedAt: at,
});

/** Publishes a version; a bond moves from the account into the model in the same transaction. */
export const publish = async (
  context: Context,
  models: Models,
  action: Of<'surety/action/publish/v1'>,
  signed: SignedAction,
): Promise<Result<ActionResult>> => {
  const at = context.now();
  const model = modelOf({ publisher: action.account, name: action.name });
  const stream = modelStream(model);
  const publication = recordOf(action, await context.host.state<ModelState>(stream), at);
  const signing = checkSignedPublish(
    publication,
    signed as unknown as Parameters<typeof checkSignedPublish>[1],
    context.network,
  );
  if (!signing.ok) return signing;
  const missing = await missingFile(models, publication);
  if (missing !== null) return refuse(missing);
  const bondMicroUsd = BigInt(publication.bondMicroUsd);
  const program = publication.commitment.kind === 'open' ? publication.commitment.program : null;
  const event: ModelEvent = {
    kind: 'published',
    publication,
    signed: signed as unknown as Json,
    nonce: action.nonce,
    at,
  };
  const bond: LedgerMove = {
    stream: accountStream(action.account),
    event: {
      kind: 'sent',
      amountMicroUsd: bondMicroUsd,
      to: { stream, purpose: 'reveal-bond' },
      sessionKey: signed.sessionKey,
      at,
    },
  };
  // Known before the money moves, so that no balance root misses it.
  if (bondMicroUsd > 0n) models.bonded.add(model);
  const done = await transfer(
    context.host,
    // The model speaks first: what is wrong with the publication matters more than what the account holds.
    [{ stream, event }, ...(bondMicroUsd > 0n ? [bond] : [])],
    [leafMove(publication, { event: 'published', program, at })],
  );
  if (!done.ok) return done;
  const publicationId = publicationIdOf(publication);
  return { ok: true, value: { kind: 'publish', publicationId, model, version: publication.version } };
};

/** What takes a bond out of a model and the ledger for good. */
const burn = ({ publication, publicationId, heldMicroUsd }: Version, at: number): readonly Move[] => {
  const stream = accountStream(BURNT);
  const from = { stream: modelStream(modelOf(publication)), purpose: 'reveal-bond' };
  return [
    { stream: from.stream, event: { kind: 'overdue', publicationId, at } satisfies ModelEvent },
    { stream, event: { kind: 'received', amountMicroUsd: heldMicroUsd, from, at } },
    { stream, event: { kind: 'withdrawal-authorised', amountMicroUsd: heldMicroUsd, nonce: publicationId, at } },
    leafMove(publication, { event: 'overdue', program: null, at }),
  ];
};

/** Shows a hidden program; in time, its bond comes back. The hour that counts is that of the action's arrival. */
export const reveal = async (
  context: Context,
  models: Models,
  action: Of<'surety/action/reveal/v1'>,
): Promise<Result<ActionResult>> => {
  const at = context.now();
  const { publicationId, program, salt, account, nonce } = action;
  const found = await findPublication(context, publicationId, 'action.publicationId');
  if (!found.ok) return found;
  const { publication } = found.value.version;
  if (publication.publisher !== account) {
    return refuse({
      code: 'publication.not-yours',
      message: `The model was published by ${publication.publisher}.`,
      next: 'Reveal it with the account that published it.',
      field: 'action.account',
      value: account,
      limit: publication.publisher,
    });
  }
  const checked = await checkReveal(models, found.value.version, program, salt);
  if (checked !== null) return refuse(checked);
  const stream = modelStream(modelOf(publication));
  // Read again: its check took time, in which its own time may have ended.
  const version = versionOf(await context.host.state<ModelState>(stream), publicationId)!;
  const late = version.status === 'overdue' || at > publication.revealBy!;
  const returnedMicroUsd = late ? 0n : version.heldMicroUsd;
  const from = { stream, purpose: 'reveal-bond' };
  const done = await context.host.transact([
    ...(late && version.status === 'hidden' ? burn(version, at) : []),
    { stream, event: { kind: 'revealed', publicationId, program, salt, nonce, at } satisfies ModelEvent },
    ...(returnedMicroUsd > 0n
      ? [
          {
            stream: accountStream(account),
            event: { kind: 'received', amountMicroUsd: returnedMicroUsd, from, at },
          } as const,
        ]
      : []),
    leafMove(publication, { event: 'revealed', program, at }),
  ]);
  if (!done.ok) return done;
  return {
    ok: true,
    value: { kind: 'reveal', publicationId, program, late, returnedMicroUsd: returnedMicroUsd.toString() },
  };
};

/** Why salt and program do not open a commitment, if so: first what costs nothing, then the bytes. */
const checkReveal = async (
  { files, run }: Models,
  { publication, program: known, status }: Version,
  program: string,
  salt: string,
): Promise<Problem | null> => {
  const { commitment } = publication;
  if (commitment.kind === 'open' || known !== null) {
    return {
      code: 'publication.revealed',
      message: `The program is public: ${known}.`,
      next: 'Nothing needs to be done.',
      field: 'action.publicationId',
      value: status,
    };
  }
  const hidden = hiddenIdOf(salt, program);
  if (hidden !== commitment.hidden) {
    return {
      code: 'publication.not-equal',
      message: 'Salt and program do not make the hidden commitment.',
      next: 'Check file and salt: both must be those of the publication.',
      field: 'action.program',
      value: hidden,
      limit: commitment.hidden,
    };
  }
  if (!(await files.has('programs', program))) return notStored('programs', program, 'action.program');
  const identified = await run({ kind: 'identify', of: 'programs', path: files.path('programs', program) });
  if (!identified.ok) return identified.problem;
  if (identified.value.id === program) return null;
  return {
    code: 'file.damaged',
    message: 'The stored program no longer has its bytes.',
    next: 'Store it again.',
    field: 'action.program',
    value: identified.value.id,
    limit: program,
  };
};

/** Schedules the look at a hidden publication after its time. */
export const watch = async (context: Context, model: string, version: number): Promise<void> => {
  const state = await context.host.state<ModelState>(modelStream(model));
  const { publicationId, publication } = state.versions[version - 1]!;
  if (publication.revealBy === null) return;
  await context.host.schedule({
    name: 'model-overdue',
    key: publicationId,
    runAt: publication.revealBy + OVERDUE_AFTER_SECONDS,
    data: { publicationId },
  });
};

/** Marks a publication that was not revealed in time, and burns its bond. Done before: nothing happens. */
export const expire = async (context: Context, publicationId: string): Promise<void> => {
  const { version } = unwrap(await findPublication(context, publicationId));
  if (version.status !== 'hidden') return;
  didIt(await context.host.transact(burn(version, context.now())));
};

/** Steps between public versions that are not measured yet, where there are probes. */
const unmeasured = (
  state: ModelState,
): readonly { readonly version: Version; readonly from: Version; readonly probes: string }[] =>
  state.versions.flatMap((version) => {
    if (version.program === null) return [];
    const number = version.publication.version;
    const from = publicBefore(state, number);
    const probes = probesOf(state, number);
    if (from === null || probes === null || version.drift?.from === from) return [];
    return [{ version, from: state.versions[from - 1]!, probes }];
  });

/** Has the drift of what is not measured yet measured by a job: after each program that became public. */
export const followDrift = async (context: Context, model: string): Promise<void> => {
  const state = await context.host.state<ModelState>(modelStream(model));
  for (const { version, from } of unmeasured(state)) {
    const key = `${from.publicationId} ${version.publicationId}`;
    await context.host.schedule({ name: 'model-drift', key, runAt: context.now(), data: { model } });
  }
};

/** Measures every step of a model that is not measured yet. */
export const measure = async (context: Context, { files, run }: Models, model: string): Promise<void> => {
  const stream = modelStream(model);
  for (const { version, from, probes } of unmeasured(await context.host.state<ModelState>(stream))) {
    const ids = { from: from.program!, to: version.program!, probes };
    const measured = await run({
      kind: 'drift',
      from: files.path('programs', ids.from),
      to: files.path('programs', ids.to),
      probes: files.path('probes', probes),
      ids,
    });
    const event: ModelEvent = {
      kind: 'drifted',
      version: version.publication.version,
      from: from.publication.version,
      probes,
      result: unwrap(measured) as unknown as Json,
      at: context.now(),
    };
    didIt(await context.host.transact([{ stream, event }]));
  }
};
