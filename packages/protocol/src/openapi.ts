/** Writes the OpenAPI 3.1 document from the route table; nothing in it is kept by hand. */
import { ERRORS } from '@surety/core';
import * as z from 'zod';
import { errorEnvelope } from './envelope.ts';
import { LIMITS } from './limits.ts';
import type { Route } from './route.ts';

type JsonObject = { readonly [key: string]: unknown };

export type OpenApiDocument = {
  readonly openapi: '3.1.0';
  readonly info: JsonObject;
  readonly servers: readonly JsonObject[];
  readonly paths: { readonly [path: string]: { readonly [method: string]: JsonObject } };
  readonly components: JsonObject;
};

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): JsonObject => {
  const { $schema, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12', io, unrepresentable: 'any' });
  return rest;
};

const parameters = (route: Route): readonly JsonObject[] => {
  const of = (schema: z.ZodObject | undefined, where: 'path' | 'query'): JsonObject[] =>
    Object.entries(schema?.shape ?? {}).map(([name, field]) => {
      const type = field as z.ZodType;
      return {
        name,
        in: where,
        required: where === 'path' || !(type instanceof z.ZodExactOptional),
        schema: schemaOf(type, 'output'),
      };
    });
  const key = {
    name: 'Idempotency-Key',
    in: 'header',
    required: true,
    description: 'Sending the same key and body again replays the first answer.',
    schema: { type: 'string', pattern: '^[A-Za-z0-9_-]{8,64}$' },
  };
  return [...of(route.params, 'path'), ...of(route.query, 'query'), ...(route.write ? [key] : [])];
};

const operation = (name: string, route: Route): JsonObject => ({
  operationId: name,
  summary: route.summary,
  tags: [route.tag],
  parameters: parameters(route),
  ...(route.body && {
    requestBody: { required: true, content: { 'application/json': { schema: schemaOf(route.body, 'input') } } },
  }),
  ...(route.auth === 'operator' && { security: [{ operator: [] }] }),
  responses: {
    [route.response.status]: {
      description: 'Done.',
      content: { [route.response.contentType]: { schema: schemaOf(route.response.schema, 'output') } },
    },
    default: { $ref: '#/components/responses/Refused' },
  },
  ...(route.errors.length > 0 && { 'x-error-codes': route.errors }),
});

const openApiPath = (path: string): string => path.replace(/:([A-Za-z]+)/g, '{$1}');

/** The OpenAPI 3.1 description of a route table. */
export const openapi = (
  table: { readonly [name: string]: Route },
  info: { readonly version: string; readonly serverUrl: string },
): OpenApiDocument => {
  const paths: Record<string, Record<string, JsonObject>> = {};
  for (const [name, route] of Object.entries(table)) {
    const path = openApiPath(route.path);
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(name, route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Surety',
      version: info.version,
      summary: 'Ask a question, get an answer with a receipt that anyone can verify.',
      description: `Bodies are JSON in UTF-8, at most ${LIMITS.bodyBytes} bytes. Amounts are decimal strings of base units. Streams: Server-Sent Events at /v1/stream, WebSocket at /v1/ws, MCP at /mcp.`,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: info.serverUrl }],
    paths,
    components: {
      securitySchemes: { operator: { type: 'http', scheme: 'bearer' } },
      schemas: { Error: schemaOf(errorEnvelope, 'output') },
      responses: {
        Refused: {
          description: `A typed refusal. Statuses in use: ${[...new Set(Object.values(ERRORS).map((rule) => rule.http))].sort().join(', ')}.`,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
        },
      },
    },
  };
};
