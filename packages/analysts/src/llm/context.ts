/** A language model endpoint as the analyst is given it. */

export type LlmContext = {
  /** Wire protocol. */
  readonly protocol: 'openai' | 'anthropic';
  /** Base URL up to and including the version, e.g. `https://api.openai.com/v1`. */
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly model: string;
  /** Replaces the global `fetch`. */
  readonly fetch?: typeof fetch;
};
