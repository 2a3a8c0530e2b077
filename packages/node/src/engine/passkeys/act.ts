/** Carrying out what a passkey signed, together with the count of its signatures. */
import type { Result } from '@surety/core';
import type { ActionResult, AssertedAction } from '@surety/protocol';
import type { Notices } from '../../notices/notices.ts';
import type { Context } from '../context.ts';
import { advise } from '../court/act.ts';
import { checkAsserted } from './check.ts';

export const actByPasskey = async (
  context: Context,
  notices: Pick<Notices, 'set' | 'remove'>,
  asserted: AssertedAction,
  remote: string,
): Promise<Result<ActionResult>> => {
  const checked = await checkAsserted(context, asserted);
  if (!checked.ok) return checked;
  const { action, used, madeAt } = checked.value;
  const from = { remote, since: madeAt };
  switch (action.type) {
    case 'surety/action/advise/v1':
      return advise(context, action, from, [used]);
    case 'surety/action/notices/v1':
      return notices.set(action, from, [used]);
    case 'surety/action/notices-delete/v1':
      return notices.remove(action, [used]);
  }
};
