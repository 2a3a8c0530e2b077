/** `@surety/sdk/runs`: claims about runs in words, for a page and for a terminal alike. */
export type {
  Run,
  RunAnswer,
  RunChain,
  RunDispute,
  RunEnd,
  RunMove,
  RunPlace,
  RunQuestion,
  RunRefutation,
  RunRouteKind,
  RunSpot,
  RunSummary,
  Runs,
} from '@surety/protocol';
export * from './runs/moves.ts';
export * from './runs/names.ts';
export * from './runs/outcomes.ts';
export * from './runs/stage.ts';
export * from './runs/words.ts';
