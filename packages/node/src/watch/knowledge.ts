/** What a watcher knows of a claim from its own run of it, as data. */
import type { Problem } from '@surety/core';

type Hex = `0x${string}`;

/** A challenger's best next step against a claim. */
export type NextStep =
  | { readonly kind: 'ask'; readonly question: Hex }
  /** A proof of the route that decides; with the record of the dispute's last answer where it builds on that. */
  | { readonly kind: 'refute'; readonly proof: Hex }
  /** The answers so far leave nothing to be shown: the claim is as it should be. */
  | { readonly kind: 'nothing' }
  /** The dispute has no question left; another one may go on from what was shown in it. */
  | { readonly kind: 'concede' };

export type Unheld =
  /** No file here is the program that the claim names. */
  | 'program'
  /** Its input is neither in the folder nor shown by the provider. */
  | 'input'
  /** It is shown by a proof on the chain alone, which its provider has. */
  | 'proof'
  /** It is judged by a route that this watcher does not know. */
  | 'route';

export type Knowledge =
  | { readonly kind: 'unheld'; readonly what: Unheld }
  /** Left out of the random audit. */
  | { readonly kind: 'not-drawn' }
  /** Not run again yet. */
  | { readonly kind: 'unchecked' }
  /** It could not be run here. */
  | { readonly kind: 'failed'; readonly problem: Problem }
  /**
   * The own run gives the claimed output and trace. `answers`: what answers the open question of a dispute; `null` where
   * nothing here does, missing where it is not computed yet. `proof`: what makes it final at once; `null` where the route has
   * no such thing.
   */
  | { readonly kind: 'right'; readonly answers: ReadonlyMap<bigint, Hex | null>; readonly proof: Hex | null }
  /**
   * What it has to be checked on was neither published nor shown. `steps`: how to ask for it, as for a wrong claim. `problem`: why
   * what was published is not it; `null` where nothing was.
   */
  | {
      readonly kind: 'withheld';
      readonly steps: ReadonlyMap<bigint, NextStep>;
      readonly problem: Problem | null;
    }
  /**
   * It does not. `steps`: what to do next in each own dispute whose question was answered, and under 0 how to begin;
   * missing where it is not computed yet.
   */
  | { readonly kind: 'wrong'; readonly steps: ReadonlyMap<bigint, NextStep> };
