// Ties a schema to the contract's type that it checks: a difference does not compile.

type Writable<T> = { -readonly [K in keyof T]: Writable<T[K]> };
/** Without it, an optional key that one of the two lacks would not be seen. */
type Complete<T> = { -readonly [K in keyof T]-?: Complete<T[K]> };

type Mutual<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;

/** `true` where both types take each other's values and have the same keys; else `false`. */
export type Same<A, B> =
  Mutual<Writable<A>, Writable<B>> extends true ? Mutual<Complete<A>, Complete<B>> : false;
