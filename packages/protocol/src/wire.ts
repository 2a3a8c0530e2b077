/** The type of a schema's values as everybody outside the parser should see them: read-only all the way down. */
import type { Json } from '@surety/core';
import type * as z from 'zod';

export type DeepReadonly<T> = [Json] extends [T]
  ? T
  : T extends object
    ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
    : T;

export type Wire<Schema extends z.ZodType> = DeepReadonly<z.infer<Schema>>;
