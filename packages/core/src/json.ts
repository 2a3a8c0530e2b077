/** A JSON value of the canonical profile: integers only, no floats. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
