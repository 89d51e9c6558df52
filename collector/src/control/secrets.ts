// Write keys and read tokens: how they are made and how a token is recognised. The clear text of a
// token is shown once, to whoever makes it; it must never reach the log.
import { createHash, randomBytes } from 'node:crypto';

const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';
const WRITE_KEY_LENGTH = 20;
const TOKEN_BYTES = 32;
const TOKEN_PREFIX = 'rt_';

/** 20 characters that cannot be misread, about 116 bits. */
export function createWriteKey(): string {
  let key = '';
  while (key.length < WRITE_KEY_LENGTH) {
    for (const byte of randomBytes(WRITE_KEY_LENGTH)) {
      // Bytes beyond a whole multiple of the alphabet would favour its first letters.
      if (byte < 256 - (256 % ALPHABET.length)) key += ALPHABET.charAt(byte % ALPHABET.length);
    }
  }
  return key.slice(0, WRITE_KEY_LENGTH);
}

/** 256 random bits; the prefix lets secret scanners find a leaked one. */
export function createReadToken(): string {
  return TOKEN_PREFIX + randomBytes(TOKEN_BYTES).toString('base64url');
}

/**
 * Tokens are looked up by this digest. So the time of a look-up tells of the digest at most, from
 * which nobody comes back to 256 random bits: no further constant-time comparison is needed.
 */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
