// The context of a view: what is watched, by which player, where. It is revisioned: rows name the
// revision that they were made under, and every beacon carries the newest.

export type StreamType = 'vod' | 'live' | 'unknown';

/** From the strictest to the loosest. */
export const PRIVACY_MODES = ['none', 'exempt', 'consented'] as const;

/** What may be stored and sent: `none` has no identifier at all, `exempt` fits the CNIL exemption. */
export type PrivacyMode = (typeof PRIVACY_MODES)[number];

/** What is watched. Only `id` is needed; titles are labels of ids and may come late. */
export interface Asset {
  readonly id: string;
  readonly title?: string;
  readonly series?: { readonly id: string; readonly title?: string };
  readonly durationMs?: number;
  readonly streamType?: StreamType;
  /** The work: ISAN (ISO 15706) or EIDR (ISO 26324, a DOI). */
  readonly work?: { readonly isan?: string; readonly eidr?: string };
  /** Which cut, language or edition of the work. */
  readonly variant?: string;
}

export interface Player {
  /** As its makers write it: hls.js, video.js … */
  readonly name: string;
  readonly version?: string;
  /** Which of our adapters reads it: html5, hlsjs … */
  readonly adapter: string;
}

/** Where the player stands. No query string and no referrer unless the privacy mode allows them. */
export interface Page {
  readonly origin?: string;
  readonly path?: string;
  readonly title?: string;
  readonly referrer?: string;
}

/** What the browser itself says of the device; nothing is guessed here. */
export interface Device {
  readonly platform?: string;
  readonly mobile?: boolean;
  readonly brands?: string;
  readonly model?: string;
  readonly screenWidth?: number;
  readonly screenHeight?: number;
  readonly pixelRatio?: number;
  readonly language?: string;
}

/** Network Information API, where it exists. */
export interface Connection {
  readonly type?: string;
  readonly effectiveType?: string;
  readonly downlinkKbps?: number;
  readonly rttMs?: number;
  readonly saveData?: boolean;
}

export interface Context {
  /** From 0; raised at each change. */
  readonly rev: number;
  readonly asset: Asset;
  readonly player: Player;
  readonly privacy: PrivacyMode;
  /** How many views this one stands for: 1 unless sampled. An integer. */
  readonly weight: number;
  readonly page?: Page;
  readonly device?: Device;
  readonly connection?: Connection;
  /** Only where the privacy mode allows one. */
  readonly viewer?: { readonly id: string };
  /** Experiment → arm. */
  readonly experiments?: Readonly<Record<string, string>>;
  /** Up to 20 dimensions of the publisher's own. */
  readonly custom?: Readonly<Record<string, string>>;
  /** Recommendation that led here, so that its play-through can be told. */
  readonly recommendation?: string;
  /** DRM key system in use, as the browser names it. */
  readonly drm?: string;
  /** Signed by the publisher; says that this view was really offered. */
  readonly token?: string;
}
