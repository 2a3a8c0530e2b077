/** Which language model plays and judges, from the environment. */
import type { LlmContext } from '@surety/analysts';
import { ok, type Result, refuse } from '@surety/core';

/** The language model of `SURETY_LLM_*`: absent without a key. */
export const readLlm = (env: Readonly<Record<string, string | undefined>>): Result<LlmContext | undefined> => {
  const apiKey = env.SURETY_LLM_KEY;
  if (!apiKey) return ok(undefined);
  const protocol = env.SURETY_LLM_PROTOCOL || 'openai';
  if (protocol !== 'openai' && protocol !== 'anthropic') {
    return refuse({
      code: 'config.invalid',
      message: `SURETY_LLM_PROTOCOL is '${protocol}', which is none of openai, anthropic.`,
      next: 'Set it to the protocol that your endpoint speaks.',
      field: 'SURETY_LLM_PROTOCOL',
      value: protocol,
      limit: 'openai | anthropic',
    });
  }
  const baseUrl = env.SURETY_LLM_URL;
  const model = env.SURETY_LLM_MODEL;
  if (!baseUrl || !model) {
    return refuse({
      code: 'config.invalid',
      message: 'SURETY_LLM_KEY is set, but not where to and for which model.',
      next: 'Set SURETY_LLM_URL and SURETY_LLM_MODEL too, or unset SURETY_LLM_KEY.',
      field: baseUrl ? 'SURETY_LLM_MODEL' : 'SURETY_LLM_URL',
    });
  }
  return ok({ protocol, baseUrl, apiKey, model });
};
