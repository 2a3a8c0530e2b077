/** Carrying out what a passkey signed, together with the count of its signatures. */
import type { Result } from '@surety/core';
import type { ActionResult, AssertedAction } from '@surety/protocol';
import type { Context } from '../context.ts';
import { advise } from '../court/act.ts';
import { checkAsserted } from './check.ts';

export const actByPasskey = async (context: Context, asserted: AssertedAction): Promise<Result<ActionResult>> => {
  const checked = await checkAsserted(context, asserted);
  if (!checked.ok) return checked;
  const { action, used } = checked.value;
  return advise(context, action, [used]);
};
