// A media element as a script: state that a test sets, events that a test fires, and a count of what
// is still listened to. It plays nothing.

export interface MediaState {
  currentTime: number;
  duration: number;
  playbackRate: number;
  readyState: number;
  networkState: number;
  paused: boolean;
  seeking: boolean;
  ended: boolean;
  autoplay: boolean;
  preload: string;
  loop: boolean;
  muted: boolean;
  volume: number;
  currentSrc: string;
  srcObject: object | null;
  isConnected: boolean;
  error: { code: number; message: string } | null;
  videoWidth: number;
  videoHeight: number;
}

export class ScriptedMedia extends EventTarget {
  readonly state: MediaState = {
    currentTime: 0,
    duration: 40,
    playbackRate: 1,
    readyState: 0,
    networkState: 0,
    paused: true,
    seeking: false,
    ended: false,
    autoplay: false,
    preload: '',
    loop: false,
    muted: false,
    volume: 1,
    currentSrc: '',
    srcObject: null,
    isConnected: true,
    error: null,
    videoWidth: 0,
    videoHeight: 0,
  };
  readonly ownerDocument = Object.assign(new EventTarget(), {
    hidden: false,
    defaultView: {
      devicePixelRatio: 2,
      /** Firefox says what it thinks of autoplay. */
      navigator: {} as { getAutoplayPolicy?: () => string },
    },
    fullscreenElement: null as object | null,
    pictureInPictureElement: null as object | null,
  });
  /** What is buffered, s. */
  ranges: readonly (readonly [number, number])[] = [];
  readonly buffered = {
    of: this as { ranges: ScriptedMedia['ranges'] },
    get length() {
      return this.of.ranges.length;
    },
    start: (i: number) => this.ranges[i]?.[0] ?? 0,
    end: (i: number) => this.ranges[i]?.[1] ?? 0,
  };
  readonly baseURI = 'https://page.example/film/';
  readonly clientWidth = 320;
  readonly clientHeight = 180;
  /** What its <source> elements offer. */
  sources: readonly string[] = [];
  listening = 0;

  constructor() {
    super();
    for (const key of Object.keys(this.state)) {
      Object.defineProperty(this, key, {
        get: () => this.state[key as keyof MediaState], // A key of the state, just listed.
      });
    }
  }

  override addEventListener(...args: Parameters<EventTarget['addEventListener']>): void {
    this.listening += 1;
    super.addEventListener(...args);
  }

  override removeEventListener(...args: Parameters<EventTarget['removeEventListener']>): void {
    this.listening -= 1;
    super.removeEventListener(...args);
  }

  /** Its attribute `src`, as the page set it. */
  src: string | null = null;

  getAttribute(): string | null {
    return this.src;
  }

  querySelectorAll(): readonly { src: string }[] {
    return this.sources.map((src) => ({ src }));
  }

  /** Sets what is given, then fires the events in order. */
  happen(change: Partial<MediaState>, ...events: string[]): void {
    Object.assign(this.state, change);
    for (const event of events) this.dispatchEvent(new Event(event));
  }

  asElement(): HTMLVideoElement {
    return this as unknown as HTMLVideoElement; // Has all that the adapters read.
  }
}
