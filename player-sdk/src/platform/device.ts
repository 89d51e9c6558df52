// What the browser itself says of the device, its connection and the page. Nothing is guessed here:
// the collector reads the user agent. What of it may leave is decided in `privacy.ts`.

/** What lib.dom does not know yet: User-Agent Client Hints, Network Information, GPC. */
interface Hints {
  readonly userAgentData?: UserAgentData;
  readonly connection?: {
    readonly type?: string;
    readonly effectiveType?: string;
    readonly saveData?: boolean;
  };
  readonly globalPrivacyControl?: boolean;
}

interface UserAgentData {
  readonly platform?: string;
  readonly mobile?: boolean;
  getHighEntropyValues?(hints: readonly string[]): Promise<{ readonly model?: string }>;
}

function toHints(scope: Window): Navigator & Hints {
  return scope.navigator; // Hints are all optional: what is missing reads as undefined.
}

/** All that can be read at once; what the browser does not say is undefined. */
export function readBrowser(scope: Window) {
  const { devicePixelRatio, document, location, screen } = scope;
  const { connection, language, userAgentData = {} } = toHints(scope);
  return {
    page: {
      origin: location.origin,
      path: location.pathname + location.search,
      title: document.title || undefined,
      referrer: document.referrer || undefined,
    },
    device: {
      platform: userAgentData.platform || undefined,
      mobile: userAgentData.mobile,
      screenWidth: screen.width,
      screenHeight: screen.height,
      pixelRatio: devicePixelRatio,
      language,
    },
    connection: connection && {
      type: connection.type,
      effectiveType: connection.effectiveType,
      saveData: connection.saveData || undefined,
    },
  };
}

/** Asks the browser for the model, which is for those who consented; calls back later, or never. */
export function askModel(scope: Window, onModel: (model: string) => void): void {
  Promise.resolve(toHints(scope).userAgentData as Required<UserAgentData>) // What is missing is caught.
    .then((data) => data.getHighEntropyValues(['model']))
    .then(({ model }) => {
      if (model) onModel(model);
    })
    .catch(() => undefined); // Nor is there a model where the permissions policy says no, or an extension nothing.
}

/** Global Privacy Control or Do Not Track is on: Safari before 13 and Edge before 17 say it in the window. */
export function isTrackingRefused(scope: Window & { readonly doNotTrack?: unknown }): boolean {
  const { doNotTrack, globalPrivacyControl } = toHints(scope);
  return globalPrivacyControl === true || /^(1|yes)$/.test(`${doNotTrack || scope.doNotTrack}`);
}
