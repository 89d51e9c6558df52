// The Views page's state as it stands in the address.

export interface ViewsSearch {
  /** Id of an asset. */
  readonly asset?: string;
  readonly only?: 'open' | 'failed';
}

const MAX_CHARS = 200;

export function toViewsSearch(raw: Readonly<Record<string, unknown>>): ViewsSearch {
  const { asset, only } = raw;
  return {
    ...(typeof asset === 'string' && asset !== '' && { asset: asset.slice(0, MAX_CHARS) }),
    ...((only === 'open' || only === 'failed') && { only }),
  };
}

/** A whole view id (UUID) in what was typed or pasted, else null. */
export function toViewId(text: string): string | null {
  const found = /[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}/i.exec(text);
  if (found === null) return null;
  const hex = found[0].replaceAll('-', '').toLowerCase();
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ];
  return parts.join('-');
}
