// Cuts a text to what fits into a width; SVG has no ellipsis of its own.

/** The text, or its beginning with an ellipsis, or nothing where not even that fits. */
export function fitText(text: string, widthPx: number, charPx: number): string {
  const room = Math.floor(widthPx / charPx);
  // Enough characters to judge: never walk through a text that is far too long.
  const characters = Array.from(text.slice(0, room * 4 + 4));
  if (characters.length <= room) return text;
  return room < 3 ? '' : `${characters.slice(0, room - 1).join('')}…`;
}

/** The first of the texts that fits whole; nothing where none does. */
export function firstThatFits(texts: readonly string[], widthPx: number, charPx: number): string {
  return texts.find((text) => text.length * charPx <= widthPx) ?? '';
}
