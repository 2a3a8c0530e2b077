/** What came of sending one notice. `why` names no address. */
export type Sent =
  | { readonly kind: 'sent' }
  /** The other side says that there is nobody any more. */
  | { readonly kind: 'gone' }
  /** It may go better later. */
  | { readonly kind: 'later'; readonly why: string }
  /** It will not go better. */
  | { readonly kind: 'refused'; readonly why: string };
