// How an element is shown (in the page, the whole screen, in a window of its own, on another screen)
// and whether captions are. Touches nothing of it.
import type { SignalFacts } from '../contract/signal.ts';
import type { Port } from './adapter.ts';

/** What changes with it, of element, document and text tracks; the rest is seen at the next look. */
export const PRESENTATION_EVENTS =
  'fullscreenchange enterpictureinpicture leavepictureinpicture change';

/** Safari's own words for it, older than the standard's. */
interface Webkit {
  readonly webkitPresentationMode?: string;
  readonly webkitDisplayingFullscreen?: boolean;
  readonly webkitCurrentPlaybackTargetIsWireless?: boolean;
  readonly webkitFullscreenElement?: Element | null;
}

type Mode = SignalFacts['presentation']['mode'];

/** Tells what has changed since the last look, whatever element was looked at then. */
export type Present = (media: HTMLMediaElement, language: string | undefined) => void;

export function createPresenter(port: Port): Present {
  let shown: Mode = 'inline';
  let captions: string | undefined;
  return (media, language) => {
    const mode = readPresentation(media);
    if (mode !== shown) port.emit('presentation', { mode });
    shown = mode;
    if (language !== captions) port.emit('captions', { language });
    captions = language;
  };
}

export function readPresentation(media: HTMLMediaElement & Webkit): Mode {
  const page: Document & Webkit = media.ownerDocument;
  const { remote, webkitPresentationMode: mode } = media;
  if ((remote && remote.state === 'connected') || media.webkitCurrentPlaybackTargetIsWireless) {
    return 'cast';
  }
  if (isIn(page.pictureInPictureElement, media) || mode === 'picture-in-picture') return 'pip';
  return isIn(page.fullscreenElement || page.webkitFullscreenElement, media) ||
    media.webkitDisplayingFullscreen
    ? 'fullscreen'
    : 'inline';
}

/** Within a shadow tree the document names the host in the element's place. */
function isIn(element: Element | null | undefined, media: Node): boolean {
  let node: (Node & { readonly host?: Node }) | null | undefined = element && media;
  while (node && node !== element) node = node.parentNode || node.host;
  return Boolean(node);
}

/** Language of the captions that show; undefined where none do. */
export function readCaptions(tracks: TextTrackList | undefined): string | undefined {
  for (let i = 0; tracks && i < tracks.length; i += 1) {
    const { mode, kind, language } = tracks[i] as TextTrack; // Within its length.
    if (mode === 'showing' && /^(cap|sub)/.test(kind)) return language || 'und'; // BCP 47: undetermined.
  }
  return undefined;
}
