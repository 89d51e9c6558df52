// The floor of `bench writer`: the engine's own rate for the same rows, their bytes made beforehand, in
// the same format, in inserts of the same size. Nothing is decoded, checked or hashed here, and no log
// is read. Fixed: a change here changes what all earlier figures meant.
import type { Engine } from '@retour/analytics/store';

/** The rows of one table: an INSERT statement without its data, and the data of each insert. */
export interface ReadyTable {
  readonly statement: string;
  readonly bodies: readonly string[];
}

/** Inserts the tables side by side, one body of each after the other. Returns how long it took, ms. */
export async function insertReady(
  { url, password }: Pick<Engine, 'url' | 'password'>,
  database: string,
  tables: readonly ReadyTable[],
): Promise<number> {
  const inserts = Math.max(...tables.map(({ bodies }) => bodies.length));
  const startedAt = performance.now();
  for (let n = 0; n < inserts; n += 1) {
    await Promise.all(
      tables.map(async ({ statement, bodies }) => {
        const body = bodies[n];
        if (body === undefined) return;
        const search = new URLSearchParams({
          database,
          query: statement,
          input_format_json_named_tuples_as_objects: '0',
        });
        const answer = await fetch(`${url}/?${search}`, {
          method: 'POST',
          headers: { 'X-ClickHouse-Key': password },
          body,
        });
        if (!answer.ok) throw new Error(await answer.text());
        await answer.arrayBuffer();
      }),
    );
  }
  return performance.now() - startedAt;
}
