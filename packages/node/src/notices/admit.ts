/** Whether notices may go where somebody wants them: by a kind that this node sends, to a place that it may call. */
import { ok, type Problem, type Result, refuse } from '@surety/core';
import type { NoticeTarget } from '@surety/protocol';
import { keyOf } from '../engine/p256.ts';
import { checkTarget, type TargetOptions } from '../http/webhooks/target.ts';
import type { Senders } from './deliver.ts';
import type { NoticeKind } from './game.ts';

const off = (kind: NoticeKind): Problem => ({
  code: 'notices.off',
  message: `This node sends no notices by ${kind}.`,
  next: 'Follow the feed of your cases instead.',
  field: 'action.to.kind',
  value: kind,
});

const noPoint = (): Problem => ({
  code: 'input.malformed',
  message: 'The key of the browser is no point of P-256, so nothing can be encrypted to it.',
  next: 'Send the key that the browser gave with its subscription.',
  field: 'action.to.p256dh',
});

export const admitTarget = async (
  to: NoticeTarget,
  senders: Senders,
  options: TargetOptions,
): Promise<Result<true>> => {
  if (senders[to.kind] === undefined) return refuse(off(to.kind));
  if (to.kind === 'mail') return ok(true);
  if (keyOf(to.p256dh) === undefined) return refuse(noPoint());
  const target = await checkTarget(to.endpoint, options);
  if (target.ok) return ok(true);
  return refuse({ ...target.problem, code: 'notices.forbidden-target', field: 'action.to.endpoint' });
};
