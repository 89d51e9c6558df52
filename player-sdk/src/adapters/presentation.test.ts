import { describe, expect, it } from 'vitest';
import { ScriptedMedia } from '../../test/scriptedMedia.ts';
import { readPresentation } from './presentation.ts';

/** An element within a shadow tree, as the page's document sees it: only the host. */
function place() {
  const media = new ScriptedMedia();
  const host = new EventTarget();
  Object.assign(media, { parentNode: { host } });
  const read = (of: object = {}) => readPresentation(Object.assign(media.asElement(), of));
  return { media, host, read };
}

describe('readPresentation', () => {
  it('is inline until something else is known', () => {
    const { media, read } = place();
    expect(read()).toBe('inline');
    media.ownerDocument.fullscreenElement = {};
    media.ownerDocument.pictureInPictureElement = {};
    expect(read()).toBe('inline'); // Another element's.
  });

  it.each([
    ['pip', 'pictureInPictureElement'],
    ['fullscreen', 'fullscreenElement'],
  ] as const)('knows %s by the document, of the element and of what holds it', (mode, name) => {
    const { media, host, read } = place();
    media.ownerDocument[name] = media;
    expect(read()).toBe(mode);
    media.ownerDocument[name] = host;
    expect(read()).toBe(mode);
    media.ownerDocument[name] = null;
    expect(read()).toBe('inline');
  });

  it('knows a cast by the remote playback, before all else', () => {
    const { media, read } = place();
    media.ownerDocument.fullscreenElement = media;
    expect(read({ remote: { state: 'connecting' } })).toBe('fullscreen');
    expect(read({ remote: { state: 'connected' } })).toBe('cast');
  });

  it.each([
    ['cast', { webkitCurrentPlaybackTargetIsWireless: true }],
    ['pip', { webkitPresentationMode: 'picture-in-picture' }],
    ['fullscreen', { webkitDisplayingFullscreen: true }],
    ['inline', { webkitPresentationMode: 'inline', webkitDisplayingFullscreen: false }],
  ])('knows %s by the words of Safari', (mode, said) => {
    expect(place().read(said)).toBe(mode);
  });
});
