/** Refusals of models, thrown inside the importer and returned as data at its edge. */
import { type Problem, SuretyError, show } from '@surety/core';

export type ModelCode = 'model.malformed' | 'model.unsupported' | 'model.too-large';

type Detail = { readonly field: string; readonly value?: unknown; readonly limit?: string };

export const modelProblem = (
  code: ModelCode,
  message: string,
  next: string,
  { field, value, limit }: Detail,
): Problem => ({
  code,
  message,
  next,
  field: show(field),
  ...(value !== undefined && { value: show(value) }),
  ...(limit !== undefined && { limit }),
});

export const malformed = (field: string, message: string, value?: unknown): SuretyError =>
  new SuretyError(
    modelProblem('model.malformed', message, 'Export the model again, or fetch it again.', { field, value }),
  );

export const unsupported = (field: string, message: string, next: string, value?: unknown): SuretyError =>
  new SuretyError(modelProblem('model.unsupported', message, next, { field, value }));

export const tooLarge = (field: string, message: string, value: unknown, limit: string): SuretyError =>
  new SuretyError(
    modelProblem('model.too-large', message, 'Split the model or make it smaller.', { field, value, limit }),
  );
