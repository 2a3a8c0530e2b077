/** The two wire protocols: OpenAI-compatible chat completions, and Anthropic messages with one forced tool. */

import type { LlmContext } from './context.ts';

const MAX_TOKENS = 500;
/** Longest answer read, in characters. */
const MAX_ANSWER_CHARACTERS = 64 * 1024;
const TOOL = 'answer';

/** What is asked: instructions, data, and the JSON Schema of the answer, each in the place that the protocol has for it. */
export type LlmQuestion = { readonly system: string; readonly user: string; readonly schema: object };

type Sent = { readonly url: string; readonly headers: Readonly<Record<string, string>>; readonly body: unknown };

const openAi = (context: LlmContext, { system, user, schema }: LlmQuestion): Sent => ({
  url: `${context.baseUrl.replace(/\/+$/, '')}/chat/completions`,
  headers: { authorization: `Bearer ${context.apiKey}` },
  body: {
    model: context.model,
    temperature: 0,
    max_tokens: MAX_TOKENS,
    messages: [
      { role: 'system', content: system },
      { role: 'user', content: user },
    ],
    response_format: { type: 'json_schema', json_schema: { name: TOOL, strict: true, schema } },
  },
});

const anthropic = (context: LlmContext, { system, user, schema }: LlmQuestion): Sent => ({
  url: `${context.baseUrl.replace(/\/+$/, '')}/messages`,
  headers: { 'x-api-key': context.apiKey, 'anthropic-version': '2023-06-01' },
  body: {
    model: context.model,
    temperature: 0,
    max_tokens: MAX_TOKENS,
    system,
    messages: [{ role: 'user', content: user }],
    tools: [{ name: TOOL, description: 'The answer.', input_schema: schema }],
    tool_choice: { type: 'tool', name: TOOL },
  },
});

const openAiAnswer = (json: unknown): unknown => {
  const content = (json as { choices?: { message?: { content?: unknown } }[] } | null)?.choices?.[0]?.message?.content;
  return typeof content === 'string' ? JSON.parse(content) : null;
};

const anthropicAnswer = (json: unknown): unknown => {
  const blocks = (json as { content?: { type?: unknown; name?: unknown; input?: unknown }[] } | null)?.content;
  return Array.isArray(blocks)
    ? (blocks.find((block) => block?.type === 'tool_use' && block.name === TOOL)?.input ?? null)
    : null;
};

export type Asked =
  | { readonly kind: 'answered'; readonly answer: unknown }
  | { readonly kind: 'failed'; readonly detail: string };

/** Asks the endpoint once. Never throws, and never lets the key into a message. */
export const ask = async (context: LlmContext, question: LlmQuestion, timeoutMs: number): Promise<Asked> => {
  const sent = context.protocol === 'openai' ? openAi(context, question) : anthropic(context, question);
  try {
    const response = await (context.fetch ?? fetch)(sent.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...sent.headers },
      body: JSON.stringify(sent.body),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = (await response.text()).slice(0, MAX_ANSWER_CHARACTERS);
    if (!response.ok) return { kind: 'failed', detail: `the endpoint answered with status ${response.status}` };
    const json: unknown = JSON.parse(text);
    return { kind: 'answered', answer: context.protocol === 'openai' ? openAiAnswer(json) : anthropicAnswer(json) };
  } catch (error) {
    const timedOut = error instanceof Error && error.name === 'TimeoutError';
    return {
      kind: 'failed',
      detail: timedOut
        ? `no answer within ${timeoutMs} ms`
        : 'the endpoint could not be reached or its answer not read',
    };
  }
};
