// The first property, which `npm start` makes so that there is something to send to: id `default`,
// a write key and a read token. Started again, it changes nothing that is there.
import type { Change, Control } from './control.ts';
import type { Property } from './property.ts';

export const FIRST_PROPERTY_ID = 'default';

/** What a property starts with; all of it can be changed later. */
export const PROPERTY_DEFAULTS = {
  name: 'My service',
  timeZone: 'UTC',
  privacy: 'exempt',
  origins: [],
  heartbeatMs: 10_000,
  sampling: 1,
  quota: { beaconsPerSecond: 5_000, warnAt: 0.8, rubbishPerSecond: 50 },
} as const satisfies Omit<Property, 'id'>;

export interface FirstProperty {
  readonly property: Property;
  readonly writeKey: string;
  /** Clear text, only where the token was made now: the caller stores it, readable to its user only. */
  readonly readToken?: string;
}

export async function createFirstProperty(
  control: Control,
  { by, ...given }: { by: string } & Partial<Omit<Property, 'id'>>,
): Promise<FirstProperty> {
  const id = FIRST_PROPERTY_ID;
  if (control.property(id) === undefined) {
    const made = await control.putProperty(
      { ...PROPERTY_DEFAULTS, ...given, id },
      { expected: 0, by },
    );
    // Another process that made it first serves as well.
    if (!made.done && made.code !== 'conflict') throw new Error(made.message);
  }
  const property = control.property(id);
  if (property === undefined) throw new Error(`property ${id} was made and is not there`);
  const live = control.writeKeysOf(id).find(({ state }) => state === 'live');
  const writeKey = live ?? settled(await control.putWriteKey(id, { by }));
  if (control.readTokensOf(id).length > 0) return { property, writeKey: writeKey.key };
  const { token } = settled(await control.putReadToken(id, { name: 'first', by }));
  return { property, writeKey: writeKey.key, readToken: token };
}

function settled<T>(change: Change<T>): T {
  if (change.done) return change.value;
  throw new Error(change.message);
}
