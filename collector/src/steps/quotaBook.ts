// Finds the account of a write key. One process counts what it sees itself; memory is bounded by the
// most recent keys.
import { LRUCache } from 'lru-cache';
import { type Account, createAccount } from './account.ts';

/** Beyond these the longest silent are forgotten, that is, begin anew with an empty account. */
const PROPERTIES = 10_000;
const KEYS = 50_000;

export interface QuotaBook {
  accountOf(writeKey: string, property: string, now: number): Account;
}

/** @param part This process's part of every quota: 1 over the number of collectors. */
export function createQuotaBook(part: number): QuotaBook {
  const properties = new LRUCache<string, Account>({ max: PROPERTIES });
  const keys = new LRUCache<string, Account>({ max: KEYS });

  function open(property: string, now: number): Account {
    const account = createAccount(property, part, now);
    const { used, kept } = properties.get(property) ?? account;
    properties.set(property, { ...account, used, kept });
    return { ...account, used, kept };
  }

  return {
    accountOf(writeKey, property, now) {
      const known = keys.get(writeKey);
      if (known?.property === property) return known;
      const account = open(property, now);
      keys.set(writeKey, account);
      return account;
    },
  };
}
