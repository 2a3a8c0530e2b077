/** `/v1/programs/<id>` and its like: files in and out as streams, beside the table of routes, whose bodies are JSON. */
import { randomUUID } from 'node:crypto';
import { ReadableStream } from 'node:stream/web';
import { ERRORS, MODEL_LIMITS, ok, type Problem, type Result, refuse, SuretyError } from '@surety/core';
import { envelopeOf, FILE_KINDS, type FileKind } from '@surety/protocol';
import type { Extension } from '../http/options.ts';
import type { FileStore } from './files.ts';

/** Of the files, where somebody saves them. */
const ENDINGS: Readonly<Record<FileKind, string>> = {
  programs: 'program',
  probes: 'json',
  bundles: 'json',
  proofs: 'data',
  architectures: 'architecture',
};

const refusalOf = (problem: Problem, headers: Record<string, string> = {}): Response => {
  const requestId = randomUUID();
  return Response.json(envelopeOf(problem, requestId), {
    status: ERRORS[problem.code].http,
    headers: { 'cache-control': 'no-store', ...headers },
  });
};

const offsetOf = (url: URL): Result<number> => {
  const text = url.searchParams.get('offset') ?? '';
  if (/^(?:0|[1-9]\d{0,9})$/.test(text)) return ok(Number(text));
  return refuse({
    code: 'input.malformed',
    message: 'The offset is not a whole number.',
    next: 'Send ?offset= with the number of bytes before this part.',
    field: 'offset',
    value: text.slice(0, 120),
    limit: `0 .. ${MODEL_LIMITS.programBytes - 1}`,
  });
};

const get = async (store: FileStore, kind: FileKind, id: string): Promise<Response> => {
  const found = await store.read(kind, id);
  if (!found.ok) return refusalOf(found.problem);
  return new Response(ReadableStream.from(found.value.pieces) as unknown as BodyInit, {
    headers: {
      'content-type': ENDINGS[kind] === 'json' ? 'application/json' : 'application/octet-stream',
      'content-length': String(found.value.bytes),
      'content-disposition': `attachment; filename="${id}.${ENDINGS[kind]}"`,
      'cache-control': 'public, max-age=31536000, immutable',
    },
  });
};

const put = async (store: FileStore, kind: FileKind, id: string, request: Request): Promise<Response> => {
  const offset = offsetOf(new URL(request.url));
  if (!offset.ok) return refusalOf(offset.problem);
  if (request.body === null)
    return refusalOf({ code: 'input.empty', message: 'The part is empty.', next: 'Send its bytes.', field: 'body' });
  const done = await store.append(kind, id, offset.value, request.body);
  return done.ok ? Response.json(done.value, { headers: { 'cache-control': 'no-store' } }) : refusalOf(done.problem);
};

const handlerOf =
  (store: FileStore, kind: FileKind, onError: (cause: unknown) => void) =>
  async (request: Request): Promise<Response> => {
    const id = new URL(request.url).pathname.split('/').at(-1) ?? '';
    if (!/^[0-9a-f]{64}$/.test(id)) {
      return refusalOf({
        code: 'input.malformed',
        message: 'The id is not 32 bytes of lower-case hex.',
        next: 'Take it from the publication.',
        field: 'id',
        value: id.slice(0, 120),
      });
    }
    try {
      if (request.method === 'GET') return await get(store, kind, id);
      if (request.method === 'PUT') return await put(store, kind, id, request);
    } catch (cause) {
      onError(cause);
      if (cause instanceof SuretyError) return refusalOf(cause.problem);
      return refusalOf({
        code: 'internal',
        message: 'The file could not be handled.',
        next: 'Try again; the log has more.',
      });
    }
    const limit = 'GET | PUT';
    return refusalOf(
      {
        code: 'http.method-not-allowed',
        message: `${request.method} is not a method of this path.`,
        next: 'Use GET or PUT.',
        field: 'method',
        value: request.method,
        limit,
      },
      { allow: 'GET, PUT' },
    );
  };

/** One part of the server for each kind of file. */
export const fileExtensions = (store: FileStore, onError: (cause: unknown) => void): readonly Extension[] =>
  FILE_KINDS.map((kind) => ({
    path: `/v1/${kind}/:id`,
    handle: handlerOf(store, kind, onError),
    close: async () => undefined,
  }));
