// An ad as a client plays one: in an element of its own, before the content's. It tells when its picture
// first plays, and measures nothing.

export interface PlayingAd {
  /** Takes the ad out of the page. */
  remove(): void;
}

export function playAd(url: string, onShown: () => void): PlayingAd {
  const element = document.createElement('video');
  element.width = 480;
  element.height = 270;
  element.addEventListener('playing', onShown, { once: true });
  element.src = url;
  document.body.append(element);
  element.play().catch((error: unknown) => console.info('ad', String(error)));
  return {
    remove() {
      element.pause();
      element.removeAttribute('src');
      element.load();
      element.remove();
    },
  };
}
