/** Every step of a court's case, and of joining it as a juror, as intents: plain data that names the court it is meant for. */
import type { Hex } from 'viem';
import type { ContractPolicy, CourtAddresses } from './case.ts';

type AtCourt = { readonly at: CourtAddresses };
type InCase = AtCourt & { readonly caseId: bigint };
type InRound = InCase & { readonly round: number };
type OfSeat = InRound & { readonly seat: number };

/** What is sent along in a court of the chain's own currency; 0 elsewhere, where money comes out of the balance. */
type Paying = { readonly payWei: bigint };

/** What opens a commitment. */
type Opened = { readonly juror: Hex; readonly vote: number; readonly reading: Hex; readonly salt: Hex };

export type CourtMoneyIntent =
  /** Lets the court take so much of a token from the sender. */
  | (AtCourt & { readonly kind: 'court-approve'; readonly currency: Hex; readonly amountUnits: bigint })
  /** Pays into the sender's balance; in effect once that is at least `untilUnits`. */
  | (AtCourt & Paying & { readonly kind: 'court-deposit'; readonly amountUnits: bigint; readonly untilUnits: bigint })
  /** Pays the sender out of its balance; in effect once that is below the amount. */
  | (AtCourt & { readonly kind: 'court-withdraw'; readonly to: Hex; readonly amountUnits: bigint });

export type CourtAskIntent =
  /** Publishes the canonical text of a claim, at most 16 kB, so that jurors can read what is asked. */
  | (AtCourt & { readonly kind: 'court-publish'; readonly claim: Hex })
  /** In effect once the sender has asked the question at or after `sinceBlock`. */
  | (AtCourt &
      Paying & {
        readonly kind: 'court-ask';
        readonly question: Hex;
        readonly outcomes: number;
        readonly policyId: Hex;
        /** Root over who may not sit; `null` for none. */
        readonly exclusions: Hex | null;
        /** Out of the balance, for whoever proposes what becomes final. */
        readonly rewardUnits: bigint;
        /** Unix seconds: proposals are taken from `opensAt` until `answerBy`. */
        readonly opensAt: number;
        readonly answerBy: number;
        readonly sinceBlock: bigint;
      });

export type CourtCaseIntent =
  /** Makes a policy usable; anybody may. */
  | (AtCourt & { readonly kind: 'court-register-policy'; readonly policy: ContractPolicy })
  /** In effect once the sender's bond lies there, or the case has ended. */
  | (InCase & Paying & { readonly kind: 'court-propose'; readonly outcome: number; readonly bondUnits: bigint })
  /**
   * A part of a rung, or all of it. In effect once the sender has more in it than `beforeUnits`, or somebody has filled it. One
   * that was sent and not mined for longer than a whole round could fall on the next rung.
   */
  | (InCase &
      Paying & {
        readonly kind: 'court-fund';
        readonly rung: number;
        readonly outcome: number;
        readonly amountUnits: bigint;
        readonly beforeUnits: bigint;
      })
  /** Of the auditor alone. `rung` is the next one. */
  | (InCase & Paying & { readonly kind: 'court-summon'; readonly rung: number })
  | (InRound & { readonly kind: 'court-tally' })
  | (InCase & { readonly kind: 'court-finalise' })
  | (InCase & {
      readonly kind: 'court-collect';
      readonly rung: number;
      readonly outcome: number;
      readonly contributor: Hex;
    });

export type CourtPanelIntent =
  /** `proof` shows the beacon's value: of drand, the signature, uncompressed. */
  | (InRound & { readonly kind: 'court-draw'; readonly proof: Hex; readonly elements: number })
  /** `header` is the RLP of the fallback block's header. */
  | (InRound & { readonly kind: 'court-draw-by-fallback'; readonly header: Hex; readonly elements: number })
  /** `proof` leads from the juror to the root of those excluded. */
  | (OfSeat & {
      readonly kind: 'court-strike';
      readonly juror: Hex;
      readonly proof: readonly Hex[];
      readonly elements: number;
    })
  /** Of the juror itself. Keep the opening before this is sent. */
  | (OfSeat & { readonly kind: 'court-commit'; readonly commitment: Hex })
  | (OfSeat & Opened & { readonly kind: 'court-reveal' })
  /** Before the reveals: voids the vote, and pays the sender half of what it loses. */
  | (OfSeat & Opened & { readonly kind: 'court-show-early' })
  | (OfSeat & { readonly kind: 'court-settle-seat' });

export type CourtJurorIntent =
  /** Of the curator alone. */
  | (AtCourt & { readonly kind: 'court-admit-family'; readonly family: Hex; readonly cluster: number })
  /** The sender, a key that votes for a program, says who may register it. */
  | (AtCourt & { readonly kind: 'court-serve'; readonly operator: Hex })
  | (AtCourt & { readonly kind: 'court-join-as-person'; readonly stakeUnits: bigint })
  /** Counts an account as one person at a registry of tokens, by the token that was made for it (354 bytes). Anybody may. */
  | (AtCourt & {
      readonly kind: 'court-show-person';
      readonly registry: Hex;
      readonly account: Hex;
      readonly token: Hex;
    })
  /** The sender, one person by the court's registry, takes its ticket for rounds that draw by person, or gives it back. */
  | (AtCourt & { readonly kind: 'court-join-by-person' })
  | (AtCourt & { readonly kind: 'court-leave-by-person' })
  | (AtCourt & {
      readonly kind: 'court-join-as-program';
      readonly key: Hex;
      readonly family: Hex;
      readonly program: Hex;
      readonly stakeUnits: bigint;
    })
  /** In effect once the stake is at least `untilUnits`. */
  | (AtCourt & {
      readonly kind: 'court-add-stake';
      readonly key: Hex;
      readonly amountUnits: bigint;
      readonly untilUnits: bigint;
    })
  /** In effect once the stake is at most `downToUnits`. */
  | (AtCourt & {
      readonly kind: 'court-withdraw-stake';
      readonly key: Hex;
      readonly amountUnits: bigint;
      readonly downToUnits: bigint;
    });

export type CourtIntent = CourtMoneyIntent | CourtAskIntent | CourtCaseIntent | CourtPanelIntent | CourtJurorIntent;

export type CourtIntentKind = CourtIntent['kind'];
