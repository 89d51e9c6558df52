// How an element is shown (in the page, the whole screen, in a window of its own, on another screen)
// and whether captions are. Reads only.
import type { SignalFacts } from '../contract/signal.ts';

/** What changes with it, of the element and of its document. */
export const PRESENTATION_EVENTS =
  'fullscreenchange webkitfullscreenchange enterpictureinpicture leavepictureinpicture webkitbeginfullscreen webkitendfullscreen webkitpresentationmodechanged webkitcurrentplaybacktargetiswirelesschanged';

/** Safari's own words for it, older than the standard's. */
interface Webkit {
  readonly webkitPresentationMode?: string;
  readonly webkitDisplayingFullscreen?: boolean;
  readonly webkitCurrentPlaybackTargetIsWireless?: boolean;
  readonly webkitFullscreenElement?: Element | null;
}

export function readPresentation(
  media: HTMLMediaElement & Webkit,
): SignalFacts['presentation']['mode'] {
  const page: Document & Webkit = media.ownerDocument;
  const mode = media.webkitPresentationMode;
  const isCast = media.remote?.state === 'connected';
  if (isCast || media.webkitCurrentPlaybackTargetIsWireless) return 'cast';
  if (holds(page.pictureInPictureElement, media) || mode === 'picture-in-picture') return 'pip';
  const whole = page.fullscreenElement ?? page.webkitFullscreenElement;
  return holds(whole, media) || media.webkitDisplayingFullscreen || mode === 'fullscreen'
    ? 'fullscreen'
    : 'inline';
}

/** Within a shadow tree the document names the host in the element's place. */
function holds(element: Element | null | undefined, media: Node): boolean {
  if (!element) return false;
  let node: (Node & { readonly host?: Node }) | null | undefined = media;
  while (node && node !== element) node = node.parentNode ?? node.host;
  return Boolean(node);
}

/** Language of the captions that show; undefined where none do. */
export function readCaptions({
  textTracks,
}: Pick<HTMLMediaElement, 'textTracks'>): string | undefined {
  for (let i = 0; i < (textTracks?.length ?? 0); i += 1) {
    const track = textTracks[i];
    if (track?.mode === 'showing' && /^(captions|subtitles)$/.test(track.kind)) {
      return track.language || 'und'; // Undetermined, as BCP 47 has it.
    }
  }
  return undefined;
}
