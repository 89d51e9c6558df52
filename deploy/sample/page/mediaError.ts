// Why the browser's own player gave up, in plain words beside its code.

const REASONS: Readonly<Record<number, readonly [code: string, words: string]>> = {
  1: ['MEDIA_ERR_ABORTED', 'its loading was cut off'],
  2: ['MEDIA_ERR_NETWORK', 'the network failed it'],
  3: ['MEDIA_ERR_DECODE', 'it cannot decode what came'],
  4: ['MEDIA_ERR_SRC_NOT_SUPPORTED', 'it cannot play what came'],
};

export function toMediaErrorText({ code, message }: Pick<MediaError, 'code' | 'message'>): string {
  const [name, words] = REASONS[code] ?? [`code ${code}`, 'it does not say why'];
  const detail = message === '' ? name : `${name}: ${message}`;
  return `The browser’s player gave up: ${words} (${detail}). Choose Another source, or Destroy and Play.`;
}
