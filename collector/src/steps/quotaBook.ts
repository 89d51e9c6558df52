// Finds the account of a write key. One process counts what it sees itself.
import { type Account, createAccount } from './account.ts';

export interface QuotaBook {
  /** For keys that a property owns only: so there are never more accounts than keys. */
  accountOf(writeKey: string, property: string, now: number): Account;
}

/** @param part This process's part of every quota: 1 over the number of collectors. */
export function createQuotaBook(part: number): QuotaBook {
  const properties = new Map<string, Account>();
  const keys = new Map<string, Account>();

  function open(property: string, now: number): Account {
    const account = createAccount(property, part, now);
    const { used, kept } = properties.get(property) ?? account;
    const opened = { ...account, used, kept };
    properties.set(property, opened);
    return opened;
  }

  return {
    accountOf(writeKey, property, now) {
      const known = keys.get(writeKey);
      if (known !== undefined && known.property === property) return known;
      const account = open(property, now);
      keys.set(writeKey, account);
      return account;
    },
  };
}
