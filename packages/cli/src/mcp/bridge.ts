/**
 * MCP over standard input and output, for clients that start a program instead of naming an address. Every message
 * goes to the node's own MCP endpoint (streamable HTTP) and its answers come back unchanged, so there is one server, and
 * its tools are the same here. No MCP library: nothing is understood here but where a session begins.
 */
import type { Problem } from '@surety/sdk/base';

type Message = {
  readonly id?: string | number;
  readonly method?: string;
  readonly result?: { readonly protocolVersion?: string };
};

export type BridgeOptions = {
  /** The node's endpoint. */
  readonly url: URL;
  /** Lines of JSON from the client; ends when it leaves. */
  readonly lines: AsyncIterable<string>;
  readonly write: (line: string) => void;
  /** What became of a message that did not arrive, for the client that waits for an answer. */
  readonly explain: (error: unknown) => Problem;
};

/** JSON-RPC's code for errors of an implementation. */
const SERVER_ERROR = -32_000;
const INITIALIZED = JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' });

/** The messages of an answer, as they come: one of JSON, or many of an event stream. */
async function* messagesOf(response: Response): AsyncGenerator<string> {
  if (!/event-stream/.test(response.headers.get('content-type') ?? '')) {
    const text = await response.text();
    if (text !== '') yield text;
    return;
  }
  let rest = '';
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    const events = (rest + chunk).split(/\r?\n\r?\n/);
    rest = events.pop() ?? '';
    for (const event of events) {
      const data = event
        .split(/\r?\n/)
        .flatMap((line) => (line.startsWith('data:') ? [line.slice(5).trimStart()] : []));
      if (data.join('') !== '') yield data.join('\n');
    }
  }
}

/** Carries messages both ways until the client leaves; resolves when the last answer has been written. */
export const bridge = async ({ url, lines, write, explain }: BridgeOptions): Promise<void> => {
  let session: string | null = null;
  let version: string | null = null;
  let hello: string | null = null;

  const post = (body: string): Promise<Response> =>
    fetch(url, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        ...(session === null ? {} : { 'mcp-session-id': session }),
        ...(version === null ? {} : { 'mcp-protocol-version': version }),
      },
    });

  /** Opens a session; its answer goes to `tell`. */
  const greet = async (body: string, tell: (line: string) => void): Promise<void> => {
    [session, version] = [null, null];
    const response = await post(body);
    session = response.headers.get('mcp-session-id');
    for await (const line of messagesOf(response)) {
      version = (JSON.parse(line) as Message).result?.protocolVersion ?? version;
      tell(line);
    }
  };

  const carry = async (line: string, message: Message): Promise<void> => {
    if (message.method === 'initialize') {
      hello = line;
      return greet(line, write);
    }
    let response = await post(line);
    if (response.status === 404 && hello !== null) {
      // The node was started again, or the session was idle for too long. The client hears nothing of it.
      await greet(hello, () => {});
      await (await post(INITIALIZED)).text();
      response = await post(line);
    }
    for await (const answer of messagesOf(response)) write(answer);
  };

  const refuse = (error: unknown, id: string | number): void => {
    const { message, ...data } = explain(error);
    write(
      JSON.stringify({ jsonrpc: '2.0', id, error: { code: SERVER_ERROR, message: `${message} ${data.next}`, data } }),
    );
  };

  const inFlight = new Set<Promise<void>>();
  for await (const line of lines) {
    if (line.trim() === '') continue;
    let message: Message;
    try {
      message = JSON.parse(line) as Message;
    } catch {
      write('{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"A line is not JSON."}}');
      continue;
    }
    const sent = carry(line, message)
      .catch((error: unknown) => {
        if (message.id !== undefined && message.method !== undefined) refuse(error, message.id);
      })
      .finally(() => inFlight.delete(sent));
    inFlight.add(sent);
    // Whatever follows belongs to the session that this opens.
    if (message.method === 'initialize') await sent;
  }
  await Promise.all(inFlight);
  if (session !== null) await fetch(url, { method: 'DELETE', headers: { 'mcp-session-id': session } }).catch(() => {});
};
