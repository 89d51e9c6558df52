// What the browser itself says of the device, its connection and the page. Nothing is guessed here:
// the collector reads the user agent. What of it may leave is decided in `toContext.ts`.

/** What lib.dom does not know yet: User-Agent Client Hints, Network Information, GPC. */
interface Hints {
  readonly userAgentData?: {
    readonly platform?: string;
    readonly mobile?: boolean;
    getHighEntropyValues?(hints: readonly string[]): Promise<{ readonly model?: string }>;
  };
  readonly connection?: {
    readonly type?: string;
    readonly effectiveType?: string;
    readonly saveData?: boolean;
  };
  readonly globalPrivacyControl?: boolean;
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
  const { userAgentData: data = {} } = toHints(scope);
  if (!data.getHighEntropyValues) return;
  data.getHighEntropyValues(['model']).then(
    ({ model }) => {
      if (model) onModel(model);
    },
    () => undefined, // The browser's permissions policy says no: then there is no model.
  );
}

/** Global Privacy Control or Do Not Track is on. */
export function isTrackingRefused(scope: Window): boolean {
  const { doNotTrack, globalPrivacyControl } = toHints(scope);
  return globalPrivacyControl === true || doNotTrack === '1';
}
