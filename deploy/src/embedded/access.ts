// The keys of the first property: made once, kept in the data directory, shown at each start.
import { readFile, writeFile } from 'node:fs/promises';
import { type Control, createFirstProperty, type Property } from '@retour/collector/control';
import type { PrivacyMode } from '@retour/player-sdk/contract';
import { z } from 'zod';

/** Who changes the control log here. */
const BY = 'npm start';

const accessSchema = z.object({ property: z.string(), readToken: z.string() });

export interface Access {
  readonly property: string;
  readonly writeKey: string;
  readonly readToken: string;
}

/**
 * Only a token's hash is in the log, so one whose clear text was lost is replaced by a new one.
 * `privacy` is the property's from now on, where it is given.
 */
export async function openAccess(
  control: Control,
  { file, privacy }: { file: string; privacy: PrivacyMode | undefined },
): Promise<Access> {
  const made = await createFirstProperty(control, { by: BY });
  if (privacy !== undefined) await allow(control, made.property, privacy);
  const property = made.property.id;
  const kept = await read(file);
  const known = made.readToken ?? (isOf(control, kept, property) ? kept : undefined);
  const readToken = known ?? (await replace(control, property));
  if (readToken !== kept) {
    await writeFile(file, `${JSON.stringify({ property, readToken })}\n`, { mode: 0o600 });
  }
  return { property, writeKey: made.writeKey, readToken };
}

async function allow(control: Control, property: Property, privacy: PrivacyMode): Promise<void> {
  if (property.privacy === privacy) return;
  const expected = control.revisionOf('property', property.id);
  const change = await control.putProperty({ ...property, privacy }, { expected, by: BY });
  if (!change.done) throw new Error(change.message);
}

function isOf(control: Control, token: string | undefined, property: string): boolean {
  return token !== undefined && control.tokenOf(token)?.id === property;
}

async function replace(control: Control, property: string): Promise<string> {
  const change = await control.putReadToken(property, {
    name: 'replaces a lost one',
    by: BY,
  });
  if (!change.done) throw new Error(change.message);
  return change.value.token;
}

async function read(file: string): Promise<string | undefined> {
  try {
    return accessSchema.parse(JSON.parse(await readFile(file, 'utf8'))).readToken;
  } catch (error) {
    const lost = error instanceof SyntaxError || error instanceof z.ZodError;
    if (lost || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined; // Node's own.
    throw error;
  }
}
