// What the page's address says: which property, where to, what. Checked; text from outside is never
// more than text.

export interface PageSettings {
  readonly key: string;
  readonly endpoint: string;
  readonly asset: string;
  readonly title: string;
}

const KEY = /^[A-Za-z0-9_-]{8,200}$/;
const ASSET = /^[^\p{Cc}]{1,200}$/u;

/** The settings, or one sentence that says what is wrong and what to do. */
export function readSettings(search: string, base: string): PageSettings | string {
  const query = new URLSearchParams(search);
  const key = query.get('key') ?? '';
  const endpoint = query.get('endpoint') ?? '';
  const named = query.get('asset');
  const asset = named ?? 'retour-sample';
  if (key === '' || endpoint === '') {
    return 'No write key. Open the sample from the console, or add ?key=…&endpoint=… to the address.';
  }
  if (!KEY.test(key)) return 'The write key in the address is not one. Copy it from the console.';
  if (!isHttp(endpoint, base)) {
    return 'The endpoint in the address is not one: expected https://host/path or /path.';
  }
  if (!ASSET.test(asset)) return 'The asset in the address is too long: at most 200 characters.';
  return { key, endpoint: new URL(endpoint, base).href, asset, title: named ?? 'The sample' };
}

function isHttp(endpoint: string, base: string): boolean {
  try {
    return /^https?:$/.test(new URL(endpoint, base).protocol);
  } catch {
    return false;
  }
}
