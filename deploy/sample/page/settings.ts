// What the page's address says: which property, where to, what. Checked; text from outside is never
// more than text.

export interface PageSettings {
  readonly key: string;
  readonly endpoint: string;
  readonly asset: string;
  readonly title: string;
}

const KEY = /^[A-Za-z0-9_-]{8,200}$/;
/** As the contract bounds an id. */
const ASSET_CHARS = 200;

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
  const wrong = whatIsWrong(asset);
  if (wrong !== '') return `The asset in the address ${wrong}`;
  return { key, endpoint: new URL(endpoint, base).href, asset, title: named ?? 'The sample' };
}

/** Of an asset's id, or nothing. */
function whatIsWrong(asset: string): string {
  if (asset === '') return 'is empty: give it a name, or leave asset= out.';
  const { length } = [...asset];
  if (length > ASSET_CHARS) return `has ${length} characters: at most ${ASSET_CHARS}.`;
  const control = /\p{Cc}/u.exec(asset)?.[0].codePointAt(0);
  if (control === undefined) return '';
  const number = control.toString(16).toUpperCase().padStart(4, '0');
  return `has a control character (U+${number}), which no id may hold: take it out.`;
}

function isHttp(endpoint: string, base: string): boolean {
  try {
    return /^https?:$/.test(new URL(endpoint, base).protocol);
  } catch {
    return false;
  }
}
