// Turns the events of an ads manager shaped as Google IMA's into ads as `ads.ts` tells them. Overlays
// (ads that are not linear) leave the content as it is and are not reported. Throws where there is
// nothing to follow, and never afterwards.
import type { Ads } from './ads.ts';

/** What is read of `google.ima.Ad`; each part may be missing. */
export interface ImaAd {
  getAdId?(): string;
  getCreativeId?(): string;
  isLinear?(): boolean;
  getAdPodInfo?(): {
    /** 0: before the content; −1: after it; else seconds into it. */
    getTimeOffset?(): number;
    getTotalAds?(): number;
    getPodIndex?(): number;
  };
}

/** What is read of `google.ima.AdError`. */
export interface ImaError {
  getVastErrorCode?(): number;
  getErrorCode?(): number;
  /** `adLoadError` or `adPlayError`. */
  getType?(): string;
}

export interface ImaEvent {
  getAd?(): ImaAd | null | undefined;
  getError?(): ImaError;
  /** Of `log`: what failed, where the manager goes on. */
  getAdData?(): { readonly adError?: ImaError } | null | undefined;
}

/** `google.ima.AdsManager`, as far as it is used. */
export interface ImaManager {
  addEventListener(type: string, listener: (event: ImaEvent) => void): void;
  removeEventListener(type: string, listener: (event: ImaEvent) => void): void;
}

/** `google.ima.AdEvent.Type`: where a name is missing, the one of today is taken. */
export type ImaTypes = { readonly [name: string]: string };

/** VAST 4: undefined error. */
const UNDEFINED_ERROR = 900;
const LAST = 'allAdsCompleted';

export function followIma(ads: Ads, manager: ImaManager, types?: ImaTypes): () => void {
  const releases: (() => void)[] = [];
  /** Of ads that could not be loaded while another played, their codes. */
  const unloaded: string[] = [];
  let inBreak = false;
  let playing = false;

  const begin = (ad: ImaAd | undefined) => {
    if (inBreak) return;
    inBreak = true;
    const pod = ad?.getAdPodInfo?.();
    const offset = pod?.getTimeOffset?.();
    const index = pod?.getPodIndex?.();
    const expected = pod?.getTotalAds?.();
    ads.breakStart({
      slot: offset === undefined ? 'unknown' : offset === 0 ? 'pre' : offset < 0 ? 'post' : 'mid',
      ...(index !== undefined && { id: String(index) }),
      ...(expected !== undefined && { expected }),
    });
  };
  /** The ad that played is over, and told. */
  const endAd = () => {
    playing = false;
    for (const code of unloaded.splice(0)) ads.error(code);
  };
  const end = () => {
    endAd();
    if (inBreak) ads.breakEnd();
    inBreak = false;
  };
  const stop = () => {
    for (const release of releases.splice(0)) attempt(release);
  };
  const on = (
    type: string,
    name: string,
    act: (event: ImaEvent, ad: ImaAd | undefined) => void,
  ) => {
    const listener = (event: ImaEvent) =>
      attempt(() => {
        // All ends, whatever ad was the last.
        const ad = (name !== LAST && event?.getAd?.()) || undefined;
        if (ad?.isLinear?.() !== false) act(event, ad);
      });
    const told = types?.[type] ?? name;
    manager.addEventListener(told, listener);
    releases.push(() => manager.removeEventListener(told, listener));
  };

  on('CONTENT_PAUSE_REQUESTED', 'contentPauseRequested', (_, ad) => begin(ad));
  on('LOADED', 'loaded', (_, ad) => {
    // It may be fetched long before its break, or while the one before it plays: its startup begins when it is wanted.
    if (inBreak && !playing) ads.request(toAd(ad));
  });
  on('STARTED', 'start', (_, ad) => {
    begin(ad);
    playing = true;
    ads.start(toAd(ad));
  });
  on('FIRST_QUARTILE', 'firstQuartile', () => ads.quartile(1));
  on('MIDPOINT', 'midpoint', () => ads.quartile(2));
  on('THIRD_QUARTILE', 'thirdQuartile', () => ads.quartile(3));
  on('PAUSED', 'pause', () => ads.pause());
  on('RESUMED', 'resume', () => ads.resume());
  on('COMPLETE', 'complete', () => {
    ads.complete();
    endAd();
  });
  on('SKIPPED', 'skip', () => {
    ads.skip();
    endAd();
  });
  on('LOG', 'log', (event) => {
    const error = event.getAdData?.()?.adError;
    if (!error) return;
    if (playing && error.getType?.() === 'adLoadError') unloaded.push(toCode(error));
    else {
      ads.error(toCode(error));
      endAd();
    }
  });
  on('AD_ERROR', 'adError', (event) => {
    ads.error(toCode(event.getError?.()));
    end(); // Its manager gives up, and may not say that the content goes on.
  });
  on('CONTENT_RESUME_REQUESTED', 'contentResumeRequested', end);
  on('ALL_ADS_COMPLETED', LAST, () => {
    end();
    stop();
  });
  return () => {
    attempt(end);
    stop();
  };
}

function toAd(ad: ImaAd | undefined): { id?: string; creative?: string } {
  const id = ad?.getAdId?.();
  const creative = ad?.getCreativeId?.();
  return { ...(id && { id }), ...(creative && { creative }) };
}

function toCode(error: ImaError | undefined): string {
  return String(error?.getVastErrorCode?.() ?? error?.getErrorCode?.() ?? UNDEFINED_ERROR);
}

/** What the ads manager throws stays here: an ad less is told, and nothing is broken. */
function attempt(act: () => void): void {
  try {
    act();
  } catch {
    // The manager is a stranger's, and may be destroyed already.
  }
}
