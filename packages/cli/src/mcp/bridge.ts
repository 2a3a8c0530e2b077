/**
 * MCP over standard input and output, for clients that start a program instead of naming an address. Every message
 * goes to the node's own MCP endpoint and back unchanged, so there is one server, and its tools are the same here.
 */
import type { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { isInitializeRequest, isJSONRPCRequest, type JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import type { Problem } from '@surety/sdk/base';

export type BridgeOptions = {
  /** A new connection to the node's endpoint; asked again after the node has forgotten the session. */
  readonly upstream: () => StreamableHTTPClientTransport;
  /** What became of a message that did not arrive, for the client that waits for an answer. */
  readonly explain: (error: unknown) => Problem;
};

/** JSON-RPC's code for errors of an implementation. */
const SERVER_ERROR = -32_000;
/** The node does not know the session any more: it was restarted, or the session was idle for too long. */
const isForgotten = (error: unknown): boolean => (error as { readonly code?: unknown } | null)?.code === 404;

/** Carries messages both ways until `client` closes; resolves when the last answer has been written. */
export const bridge = async (client: Transport, { upstream, explain }: BridgeOptions): Promise<void> => {
  let node = upstream();
  let hello: JSONRPCMessage | null = null;
  const inFlight = new Set<Promise<void>>();
  const { promise: closed, resolve: close } = Promise.withResolvers<void>();

  const connect = async (onAnswer: (message: JSONRPCMessage) => void): Promise<void> => {
    node.onmessage = (message) => {
      if ('result' in message && typeof message.result.protocolVersion === 'string')
        node.setProtocolVersion(message.result.protocolVersion);
      onAnswer(message);
    };
    await node.start();
  };
  const forward = (message: JSONRPCMessage): void => void client.send(message);

  /** Opens a session as the client did; the client has its answer and hears nothing of this one. */
  const greetAgain = async (): Promise<void> => {
    await node.close();
    node = upstream();
    await connect((message) => {
      if (!('result' in message && 'protocolVersion' in message.result)) forward(message);
    });
    await node.send(hello!);
    await node.send({ jsonrpc: '2.0', method: 'notifications/initialized' });
  };

  const carry = async (message: JSONRPCMessage): Promise<void> => {
    try {
      await node.send(message).catch(async (error: unknown) => {
        if (!isForgotten(error) || hello === null || message === hello) throw error;
        await greetAgain();
        await node.send(message);
      });
    } catch (error) {
      if (!isJSONRPCRequest(message)) return;
      const { message: words, ...data } = explain(error);
      forward({
        jsonrpc: '2.0',
        id: message.id,
        error: { code: SERVER_ERROR, message: `${words} ${data.next}`, data },
      });
    }
  };

  await connect(forward);
  client.onmessage = (message) => {
    if (isInitializeRequest(message)) hello = message;
    const sent = carry(message).finally(() => inFlight.delete(sent));
    inFlight.add(sent);
  };
  client.onclose = () => close();
  await client.start();
  await closed;
  await Promise.all(inFlight);
  await node.terminateSession().catch(() => {});
  await node.close();
};
