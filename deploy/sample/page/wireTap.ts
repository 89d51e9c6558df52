// Listens to this page's own requests to the collector, so that what is shown is what really left:
// it changes no request, delays none, and reads copies.
import { type Beacon, decodeBeacon, type WireBeacon } from '@retour/player-sdk/contract';

export interface Departure {
  readonly at: Date;
  readonly by: 'fetch' | 'sendBeacon';
  readonly beacons: readonly Beacon[];
  /** The JSON, and as it travelled or would have. */
  readonly jsonBytes: number;
  readonly gzipBytes: number;
  readonly compressed: boolean;
  /** What the collector said. Nobody can read the answer to a sendBeacon. */
  readonly answer: Promise<Answer>;
}

export interface Answer {
  readonly ok: boolean;
  /** `200`, `409 clock` … */
  readonly status: string;
  readonly detail: string;
}

type Body = Parameters<Navigator['sendBeacon']>[1];

/** To be called once, before the SDK is used. */
export function tapWire(endpoint: string, onDeparture: (departure: Departure) => void): void {
  const isOurs = (url: string) => new URL(url, location.href).href.startsWith(endpoint);
  const tell = (body: Body, by: Departure['by'], answer: Promise<Answer>) => {
    const at = new Date();
    readBody(body).then((found) => onDeparture({ ...found, at, by, answer }), console.error);
  };

  const { fetch } = window;
  window.fetch = (input, init) => {
    const sent = fetch.call(window, input, init);
    if (init?.method === 'POST' && isOurs(String(input))) {
      tell(
        init.body,
        'fetch',
        sent.then((response) => readAnswer(response.clone()), toNoAnswer),
      );
    }
    return sent;
  };
  const beacon = navigator.sendBeacon?.bind(navigator);
  if (beacon === undefined) return;
  navigator.sendBeacon = (url, body) => {
    const taken = beacon(url, body);
    if (isOurs(String(url))) tell(body, 'sendBeacon', Promise.resolve(taken ? UNREAD : REFUSED));
    return taken;
  };
}

const UNREAD: Answer = {
  ok: true,
  status: 'sent',
  detail: 'By sendBeacon: its answer cannot be read.',
};
const REFUSED: Answer = {
  ok: false,
  status: 'not taken',
  detail: 'The browser took no sendBeacon.',
};

function toNoAnswer(): Answer {
  return { ok: false, status: 'no answer', detail: 'Unreachable, blocked or cut off. It is kept.' };
}

async function readAnswer(response: Response): Promise<Answer> {
  const body: unknown = await response.json().catch(() => ({}));
  const read = (name: string) => {
    const value = Object(body)[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  const detail = response.ok
    ? `${read('accepted')} accepted, ${read('rejected')} rejected`
    : `${read('message')} ${read('remedy')}`.trim();
  return { ok: response.ok, status: `${response.status} ${read('code')}`.trim(), detail };
}

type Found = Pick<Departure, 'beacons' | 'jsonBytes' | 'gzipBytes' | 'compressed'>;

async function readBody(body: Body): Promise<Found> {
  const sent = await new Response(body ?? '').blob();
  const head = new Uint8Array(await sent.slice(0, 2).arrayBuffer());
  const compressed = head[0] === 0x1f && head[1] === 0x8b;
  const json = compressed ? await through(sent, new DecompressionStream('gzip')) : sent;
  const zipped = compressed ? sent : await through(sent, new CompressionStream('gzip'));
  return {
    beacons: toBeacons(JSON.parse(await json.text())),
    jsonBytes: json.size,
    gzipBytes: zipped.size,
    compressed,
  };
}

function through(blob: Blob, stream: CompressionStream | DecompressionStream): Promise<Blob> {
  return new Response(blob.stream().pipeThrough(stream)).blob();
}

/** Bodies that travel together are an array. The SDK made them: they are of the contract. */
function toBeacons(body: WireBeacon | readonly WireBeacon[]): Beacon[] {
  return [body].flat().map((wire) => decodeBeacon(wire as WireBeacon)); // `flat` loses readonly.
}
