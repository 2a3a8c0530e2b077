/**
 * The model game: the versions of one name, what each committed to, and the bonds that wait for reveals (spec 13). Pure.
 *
 * A bond comes in with a hidden publication and leaves once: back to the publisher with a reveal in time, or to be burnt.
 * Whether a reveal opens the commitment is checked here too, so no replayed stream holds one that does not.
 */
import {
  hiddenIdOf,
  type Json,
  MODEL_LIMITS,
  type ModelRecord,
  modelOf,
  type Problem,
  publicationIdOf,
} from '@surety/core';
import type { Effect, Game } from '../journal/game.ts';
import { fromJson, toJson } from './codec.ts';
import { decodeNonces, encodeNonces, isSpent, NO_NONCES, type Nonces, spend } from './nonces.ts';

export type ModelStatus = 'open' | 'hidden' | 'revealed' | 'overdue' | 'revealed-late';

/** How answers moved from one public version to the next, as the worker measured it. */
export type Drift = {
  readonly from: number;
  readonly probes: string;
  readonly result: Json;
  readonly at: number;
};

export type Version = {
  readonly publicationId: string;
  readonly publication: ModelRecord;
  readonly status: ModelStatus;
  /** What of the bond is still here. */
  readonly heldMicroUsd: bigint;
  /** Id of the program once it is public. */
  readonly program: string | null;
  readonly salt: string | null;
  readonly revealedAt: number | null;
  readonly overdueAt: number | null;
  /** From the public version before. */
  readonly drift: Drift | null;
  /** The event of this stream that published it. */
  readonly seq: number;
};

export type ModelState = {
  /** `<publisher>/<name>`. */
  readonly model: string;
  readonly versions: readonly Version[];
  readonly nonces: Nonces;
  readonly seq: number;
};

export type ModelEvent =
  | {
      readonly kind: 'published';
      readonly publication: ModelRecord;
      /** The action as it was signed, kept for whoever verifies offline. */
      readonly signed: Json;
      readonly nonce: string;
      readonly at: number;
    }
  | {
      readonly kind: 'revealed';
      readonly publicationId: string;
      readonly program: string;
      readonly salt: string;
      readonly nonce: string;
      readonly at: number;
    }
  | { readonly kind: 'overdue'; readonly publicationId: string; readonly at: number }
  | {
      readonly kind: 'drifted';
      readonly version: number;
      readonly from: number;
      readonly probes: string;
      readonly result: Json;
      readonly at: number;
    };

export type ModelEffect = Effect & {
  readonly kind: 'model.published' | 'model.public';
  readonly model: string;
  readonly version: number;
};

type Outcome =
  | { readonly kind: 'accepted'; readonly state: ModelState; readonly effects: readonly ModelEffect[] }
  | { readonly kind: 'refused'; readonly problem: Problem };

export const initialModel = (model: string): ModelState => ({ model, versions: [], nonces: NO_NONCES(), seq: 0 });

/** Bonds that wait in this model, micro-USD. */
export const modelValue = ({ versions }: ModelState): bigint =>
  versions.reduce((sum, { heldMicroUsd }) => sum + heldMicroUsd, 0n);

export const versionOf = ({ versions }: ModelState, publicationId: string): Version | undefined =>
  versions.find((version) => version.publicationId === publicationId);

const no = (
  code: Problem['code'],
  field: string,
  message: string,
  next: string,
  value: unknown,
  limit?: unknown,
): Outcome => ({
  kind: 'refused',
  problem: { code, message, next, field, value: String(value), ...(limit !== undefined && { limit: String(limit) }) },
});

const unknown = (publicationId: string): Outcome =>
  no(
    'publication.unknown',
    'action.publicationId',
    `No publication ${publicationId} of this model is known.`,
    'List the versions of the model.',
    publicationId,
  );

const replayed = (nonce: string): Outcome =>
  no(
    'action.replayed',
    'action.nonce',
    `The action with nonce ${nonce} was already carried out.`,
    'Sign a new action if you mean to do it again.',
    nonce,
  );

/** Date and bond of a publication (spec 13.2). */
const termsProblem = ({ commitment, revealBy, bondMicroUsd }: ModelRecord, at: number): Outcome | null => {
  const bond = BigInt(bondMicroUsd);
  if (commitment.kind === 'open') {
    if (revealBy !== null)
      return no(
        'publication.past-date',
        'action.revealBy',
        'An open publication has nothing to reveal.',
        'Leave the date out, or hide the program.',
        revealBy,
        'null',
      );
    return bond === 0n
      ? null
      : no(
          'publication.bond',
          'action.bondMicroUsd',
          'An open publication has no bond.',
          'Leave the bond out, or hide the program.',
          bond,
          '0',
        );
  }
  const latest = at + MODEL_LIMITS.revealSeconds;
  if (revealBy === null || revealBy <= at || revealBy > latest)
    return no(
      'publication.past-date',
      'action.revealBy',
      `The model is to be revealed by ${revealBy ?? 'no date'}, and now is ${at}.`,
      'Name a date ahead, within five years.',
      revealBy,
      `${at + 1} .. ${latest}`,
    );
  if (bond < MODEL_LIMITS.bondMicroUsd)
    return no(
      'publication.bond',
      'action.bondMicroUsd',
      `The bond is ${bond} micro-USD.`,
      'Post more: it comes back with a reveal in time.',
      bond,
      `${MODEL_LIMITS.bondMicroUsd} or more`,
    );
  return null;
};

const publish = (state: ModelState, event: ModelEvent & { kind: 'published' }): Outcome => {
  const { publication, nonce, at } = event;
  const { versions } = state;
  if (isSpent(state.nonces, nonce)) return replayed(nonce);
  if (modelOf(publication) !== state.model)
    return no(
      'publication.name',
      'action.name',
      'The name is not that of this model.',
      'Publish under your own address.',
      modelOf(publication),
      state.model,
    );
  if (versions.length >= MODEL_LIMITS.versions)
    return no(
      'publication.full',
      'action.name',
      `The model has ${versions.length} versions.`,
      'Publish under another name.',
      versions.length,
      MODEL_LIMITS.versions,
    );
  if (publication.version !== versions.length + 1 || publication.previous !== (versions.at(-1)?.publicationId ?? null))
    return no(
      'publication.raced',
      'action.name',
      'Another version was published at the same moment.',
      'Send the action again.',
      publication.version,
      versions.length + 1,
    );
  const wrong = termsProblem(publication, at);
  if (wrong) return wrong;
  const { commitment } = publication;
  const open = commitment.kind === 'open';
  const version: Version = {
    publicationId: publicationIdOf(publication),
    publication,
    status: open ? 'open' : 'hidden',
    heldMicroUsd: BigInt(publication.bondMicroUsd),
    program: open ? commitment.program : null,
    salt: null,
    revealedAt: null,
    overdueAt: null,
    drift: null,
    seq: state.seq + 1,
  };
  const next = { ...state, versions: [...versions, version], nonces: spend(state.nonces, nonce, at) };
  const told = { model: state.model, version: publication.version };
  return {
    kind: 'accepted',
    state: next,
    effects: [{ kind: 'model.published', ...told }, ...(open ? [{ kind: 'model.public' as const, ...told }] : [])],
  };
};

const replace = (state: ModelState, changed: Version): ModelState => ({
  ...state,
  versions: state.versions.map((version) => (version.publicationId === changed.publicationId ? changed : version)),
});

const reveal = (state: ModelState, event: ModelEvent & { kind: 'revealed' }): Outcome => {
  const { publicationId, program, salt, nonce, at } = event;
  if (isSpent(state.nonces, nonce)) return replayed(nonce);
  const version = versionOf(state, publicationId);
  if (version === undefined) return unknown(publicationId);
  const { commitment, revealBy, version: number } = version.publication;
  if (commitment.kind === 'open' || version.program !== null)
    return no(
      'publication.revealed',
      'action.publicationId',
      `The program is public: ${version.program}.`,
      'Nothing needs to be done.',
      version.status,
    );
  if (hiddenIdOf(salt, program) !== commitment.hidden)
    return no(
      'publication.not-equal',
      'action.program',
      'Salt and program do not make the hidden commitment.',
      'Check file and salt: both must be those of the publication.',
      hiddenIdOf(salt, program),
      commitment.hidden,
    );
  const late = version.status === 'overdue';
  if (!late && at > revealBy!)
    return no(
      'publication.not-due',
      'action.publicationId',
      'The publication is overdue and not marked yet.',
      'Send the action again.',
      at,
      revealBy,
    );
  const changed: Version = {
    ...version,
    status: late ? 'revealed-late' : 'revealed',
    heldMicroUsd: 0n,
    program,
    salt,
    revealedAt: at,
  };
  return {
    kind: 'accepted',
    state: { ...replace(state, changed), nonces: spend(state.nonces, nonce, at) },
    effects: [{ kind: 'model.public', model: state.model, version: number }],
  };
};

const expire = (state: ModelState, { publicationId, at }: ModelEvent & { kind: 'overdue' }): Outcome => {
  const version = versionOf(state, publicationId);
  if (version === undefined) return unknown(publicationId);
  const { revealBy } = version.publication;
  if (version.status !== 'hidden')
    return no(
      'publication.revealed',
      'publicationId',
      'The publication waits for no reveal.',
      'Nothing needs to be done.',
      version.status,
    );
  if (at <= revealBy!)
    return no(
      'publication.not-due',
      'publicationId',
      `It is to be revealed by ${revealBy}, and now is ${at}.`,
      'Wait.',
      at,
      revealBy,
    );
  return {
    kind: 'accepted',
    state: replace(state, { ...version, status: 'overdue', heldMicroUsd: 0n, overdueAt: at }),
    effects: [],
  };
};

/** The newest public version before a version. */
export const publicBefore = ({ versions }: ModelState, version: number): number | null =>
  versions.slice(0, version - 1).findLastIndex(({ program }) => program !== null) + 1 || null;

/** The probe set of a version: the newest published with it or before it. */
export const probesOf = ({ versions }: ModelState, version: number): string | null =>
  versions.slice(0, version).findLast(({ publication }) => publication.probes !== null)?.publication.probes ?? null;

const drift = (state: ModelState, event: ModelEvent & { kind: 'drifted' }): Outcome => {
  const { version: number, from, probes, result, at } = event;
  const version = state.versions[number - 1];
  const fits = version?.program !== null && from === publicBefore(state, number) && probes === probesOf(state, number);
  if (version === undefined || !fits || version.drift?.from === from)
    return no(
      'publication.revealed',
      'version',
      'This step between versions is not to be measured, or was.',
      'Nothing needs to be done.',
      `${from}..${number}`,
    );
  return { kind: 'accepted', state: replace(state, { ...version, drift: { from, probes, result, at } }), effects: [] };
};

const stepOf = (state: ModelState, event: ModelEvent): Outcome => {
  switch (event.kind) {
    case 'published':
      return publish(state, event);
    case 'revealed':
      return reveal(state, event);
    case 'overdue':
      return expire(state, event);
    case 'drifted':
      return drift(state, event);
  }
};

/** One step of a model. Never throws on what a user can send. */
export const stepModel = (state: ModelState, event: ModelEvent): Outcome => {
  const outcome = stepOf(state, event);
  return outcome.kind === 'refused' ? outcome : { ...outcome, state: { ...outcome.state, seq: state.seq + 1 } };
};

/** Value that an event brings in: a bond with a publication, and out again with its reveal or its end. */
export const modelInflow = (state: ModelState, event: ModelEvent): bigint => {
  switch (event.kind) {
    case 'published':
      return BigInt(event.publication.bondMicroUsd);
    case 'revealed':
    case 'overdue':
      return -(versionOf(state, event.publicationId)?.heldMicroUsd ?? 0n);
    case 'drifted':
      return 0n;
  }
};

export const modelGame: Game<ModelState, ModelEvent, ModelEffect> = {
  name: 'model',
  initial: initialModel,
  step: stepModel,
  inflow: modelInflow,
  encodeEvent: toJson,
  decodeEvent: (json) => fromJson<ModelEvent>(json),
  encodeState: (state) => toJson({ ...state, nonces: encodeNonces(state.nonces) }),
  decodeState: (json) => {
    const { nonces, ...rest } = json as { readonly [key: string]: Json };
    return { ...fromJson<Omit<ModelState, 'nonces'>>(rest), nonces: decodeNonces(nonces ?? null) };
  },
};
