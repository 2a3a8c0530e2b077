/** Why a step cannot be carried out. */
export class StepFailure extends Error {}

export const fail = (message: string): never => {
  throw new StepFailure(message);
};
