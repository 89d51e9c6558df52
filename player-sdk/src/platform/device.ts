// What the browser itself says of the device, its connection and the page, as far as the privacy
// mode allows. Nothing is guessed here: the collector reads the user agent.
import type { Connection, Device, Page, PrivacyMode } from '../contract/context.ts';

/** What lib.dom does not know yet: User-Agent Client Hints, Network Information, GPC. */
interface Hints {
  readonly userAgentData?: {
    readonly platform?: string;
    readonly mobile?: boolean;
    readonly brands?: readonly { readonly brand: string; readonly version: string }[];
    getHighEntropyValues?(hints: readonly string[]): Promise<{ readonly model?: string }>;
  };
  readonly connection?: {
    readonly type?: string;
    readonly effectiveType?: string;
    readonly downlink?: number;
    readonly rtt?: number;
    readonly saveData?: boolean;
  };
  readonly globalPrivacyControl?: boolean;
}

function toHints(scope: Window): Navigator & Hints {
  return scope.navigator; // Hints are all optional: what is missing reads as undefined.
}

/** Low-entropy hints always; screen and language only with consent. */
export function readDevice(scope: Window, privacy: PrivacyMode): Device {
  const data = toHints(scope).userAgentData;
  const brands = data?.brands?.map(({ brand, version }) => `${brand} ${version}`).join(', ');
  const { screen, devicePixelRatio, navigator } = scope;
  return {
    ...(data?.platform && { platform: data.platform }),
    ...(data?.mobile !== undefined && { mobile: data.mobile }),
    ...(brands && { brands }),
    ...(privacy === 'consented' && {
      screenWidth: screen.width,
      screenHeight: screen.height,
      pixelRatio: devicePixelRatio,
      language: navigator.language,
    }),
  };
}

/** With consent, asks the browser for the model; calls back later, or never. */
export function askModel(
  scope: Window,
  privacy: PrivacyMode,
  onModel: (model: string) => void,
): void {
  const data = toHints(scope).userAgentData;
  if (privacy !== 'consented' || typeof data?.getHighEntropyValues !== 'function') return;
  data.getHighEntropyValues(['model']).then(
    ({ model }) => {
      if (model) onModel(model);
    },
    () => undefined, // The browser's permissions policy says no: then there is no model.
  );
}

export function readConnection(scope: Window): Connection | undefined {
  const found = toHints(scope).connection;
  if (found === undefined) return undefined;
  const { type, effectiveType, downlink, rtt, saveData } = found;
  return {
    ...(type && { type }),
    ...(effectiveType && { effectiveType }),
    ...(downlink !== undefined && { downlinkKbps: Math.round(downlink * 1000) }),
    ...(rtt !== undefined && { rttMs: Math.round(rtt) }),
    ...(saveData !== undefined && { saveData }),
  };
}

/** `none`: the origin alone. Query string and referrer only with consent. */
export function readPage(scope: Window, privacy: PrivacyMode): Page {
  const { location, document } = scope;
  if (privacy === 'none') return { origin: location.origin };
  const consented = privacy === 'consented';
  return {
    origin: location.origin,
    path: location.pathname + (consented ? location.search : ''),
    ...(document.title && { title: document.title }),
    ...(consented && document.referrer && { referrer: document.referrer }),
  };
}

/** Global Privacy Control or Do Not Track is on. */
export function isTrackingRefused(scope: Window): boolean {
  const navigator = toHints(scope);
  return navigator.globalPrivacyControl === true || navigator.doNotTrack === '1';
}
