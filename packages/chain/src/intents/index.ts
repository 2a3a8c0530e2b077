/** All kinds of intent in one table. */
import type { Hex } from 'viem';
import type { Intent } from '../intent.ts';
import type { Contracts } from '../plan.ts';
import type { Call } from '../send.ts';
import * as arbiter from './arbiter.ts';
import * as courtAsk from './court-ask.ts';
import * as courtCase from './court-case.ts';
import * as courtJuror from './court-juror.ts';
import * as courtMoney from './court-money.ts';
import * as courtPanel from './court-panel.ts';
import * as courtPerson from './court-person.ts';
import * as cover from './cover.ts';
import type { Handler, View } from './handler.ts';
import * as money from './money.ts';
import * as roots from './roots.ts';
import * as token from './token.ts';

type Kind = Intent['kind'];
type Table = { readonly [K in Kind]: Handler<Extract<Intent, { readonly kind: K }>> };

const HANDLERS: Table = {
  'arbiter-deposit': arbiter.deposit,
  claim: arbiter.claim,
  'cancel-request': arbiter.cancelRequest,
  dispute: arbiter.dispute,
  ask: arbiter.ask,
  answer: arbiter.answer,
  refute: arbiter.refute,
  concede: arbiter.concede,
  expire: arbiter.expire,
  settle: arbiter.settle,
  prove: arbiter.prove,
  finalise: arbiter.finalise,
  'arbiter-withdraw': arbiter.withdraw,
  'arbiter-withdraw-native': arbiter.withdrawNative,
  mint: token.mint,
  transfer: token.transfer,
  permit: token.permit,
  deposit: money.deposit,
  reclaim: money.reclaim,
  'post-root': roots.postRoot,
  withdraw: money.withdraw,
  'request-forced': roots.requestForced,
  'answer-forced': roots.answerForced,
  'start-exit-after-silence': roots.startExitAfterSilence,
  'start-exit-after-forced': roots.startExitAfterForced,
  exit: money.exit,
  anchor: roots.anchor,
  bond: cover.bond,
  'reserve-cover': cover.reserveCover,
  'redeem-cover': cover.redeemCover,
  'release-cover': cover.releaseCover,
  'court-approve': courtMoney.approve,
  'court-deposit': courtMoney.deposit,
  'court-withdraw': courtMoney.withdraw,
  'court-register-policy': courtCase.registerPolicy,
  'court-publish': courtAsk.publish,
  'court-ask': courtAsk.ask,
  'court-propose': courtCase.propose,
  'court-fund': courtCase.fund,
  'court-summon': courtCase.summon,
  'court-tally': courtCase.tally,
  'court-finalise': courtCase.finalise,
  'court-collect': courtCase.collect,
  'court-draw': courtPanel.draw,
  'court-draw-by-fallback': courtPanel.drawByFallback,
  'court-strike': courtPanel.strike,
  'court-commit': courtPanel.commit,
  'court-reveal': courtPanel.reveal,
  'court-show-early': courtPanel.showEarly,
  'court-settle-seat': courtPanel.settleSeat,
  'court-admit-family': courtJuror.admitFamily,
  'court-serve': courtJuror.serve,
  'court-join-as-person': courtJuror.joinAsPerson,
  'court-join-as-program': courtJuror.joinAsProgram,
  'court-show-person': courtPerson.show,
  'court-join-by-person': courtPerson.join,
  'court-leave-by-person': courtPerson.leave,
  'court-add-stake': courtJuror.addStake,
  'court-withdraw-stake': courtJuror.withdrawStake,
};

/** The table's entry for an intent; one entry fits exactly the intents of its kind. */
const handlerOf = (intent: Intent): Handler<Intent> => HANDLERS[intent.kind] as Handler<Intent>;

/** The call that puts an intent on chain; `sender` sends it. */
export const callOf = (intent: Intent, contracts: Contracts, sender: Hex): Call =>
  handlerOf(intent).call(intent, contracts, sender);

/** Whether an intent has taken effect in `view`. */
export const isEffective = (intent: Intent, view: View): Promise<boolean> => handlerOf(intent).effective(intent, view);
