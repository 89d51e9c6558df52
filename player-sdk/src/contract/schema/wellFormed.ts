// Half a surrogate pair is no character: stores refuse it or change it, so it must not enter.

/** Matches text that is well-formed Unicode. */
export const WELL_FORMED: RegExp = /^[^\p{Surrogate}]*$/u;
