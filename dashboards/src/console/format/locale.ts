// The language that figures and times are written in. One place, until the console speaks more.
export const LOCALE = 'en-GB';

/** What stands where there is no figure. */
export const NONE = '–';
