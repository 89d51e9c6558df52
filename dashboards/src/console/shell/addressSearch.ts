// Reads and writes the search part of addresses as plain repeated parameters (`?by=os&is=os:iOS`),
// so that people can read, share and edit them.

export function parseSearch(text: string): Record<string, string | string[]> {
  const found: Record<string, string | string[]> = {};
  const query = new URLSearchParams(text);
  for (const name of new Set(query.keys())) {
    const all = query.getAll(name);
    found[name] = all.length === 1 ? (all[0] ?? '') : all;
  }
  return found;
}

export function writeSearch(search: Readonly<Record<string, unknown>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== undefined && item !== null && item !== '') query.append(name, String(item));
    }
  }
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}
