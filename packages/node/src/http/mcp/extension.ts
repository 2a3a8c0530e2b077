/** MCP over streamable HTTP at `/mcp`: one server and transport for each session, bounded in number and idle time. */
import { randomUUID } from 'node:crypto';
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import { LIMITS } from '@surety/protocol';
import type { Extension } from '../options.ts';

export type McpExtensionOptions = {
  /** Makes the server of one session, which was opened from an address. */
  readonly createServer: (remote: string) => McpServer;
  readonly maxSessions?: number;
  /** Milliseconds without a request after which a session may be closed. */
  readonly idleMs?: number;
  /** Milliseconds that never go back. */
  readonly now?: () => number;
};

type Session = {
  readonly server: McpServer;
  readonly transport: WebStandardStreamableHTTPServerTransport;
  usedAt: number;
};

const rpcError = (status: number, code: number, message: string): Response =>
  Response.json({ jsonrpc: '2.0', error: { code, message }, id: null }, { status });

export const mcpExtension = (options: McpExtensionOptions): Extension => {
  const { maxSessions = 256, idleMs = 30 * 60_000, now = () => performance.now() } = options;
  const sessions = new Map<string, Session>();

  const end = async (id: string): Promise<void> => {
    const session = sessions.get(id);
    sessions.delete(id);
    await session?.server.close();
  };

  /** Closes idle sessions; says whether one more fits. */
  const hasRoom = async (): Promise<boolean> => {
    const idle = [...sessions].filter(([, session]) => now() - session.usedAt > idleMs);
    await Promise.all(idle.map(([id]) => end(id)));
    return sessions.size < maxSessions;
  };

  const begin = async (request: Request, remote: string): Promise<Response> => {
    if (!(await hasRoom())) return rpcError(503, -32000, 'Too many sessions are open. Try again later.');
    const server = options.createServer(remote);
    const transport: WebStandardStreamableHTTPServerTransport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      maxRequestBodySize: LIMITS.bodyBytes,
      onsessioninitialized: (id) => {
        sessions.set(id, { server, transport, usedAt: now() });
      },
      onsessionclosed: (id) => {
        sessions.delete(id);
      },
    });
    await server.connect(transport);
    const response = await transport.handleRequest(request);
    // A request that did not open a session leaves nothing behind.
    if (transport.sessionId === undefined) await server.close();
    return response;
  };

  return {
    path: '/mcp',
    handle: async (request, remote) => {
      const id = request.headers.get('mcp-session-id');
      if (id === null)
        return request.method === 'POST' ? begin(request, remote) : rpcError(400, -32000, 'Name a session.');
      const session = sessions.get(id);
      if (session === undefined) return rpcError(404, -32001, 'There is no such session; initialize again.');
      session.usedAt = now();
      return session.transport.handleRequest(request);
    },
    close: async () => {
      await Promise.all([...sessions.keys()].map(end));
    },
  };
};
