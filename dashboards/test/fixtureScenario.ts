// What the fixture server plays, and the numbers and names that it makes up from a fixed seed.

/** `busy`: much data. `incident`: one CDN fails. `hostile`: names made to break a page. */
export type Scenario =
  | 'busy'
  | 'incident'
  | 'hostile'
  | 'empty'
  | 'first'
  | 'quiet'
  | 'blind'
  | 'failing';

/** A number in [0, 1) that depends only on its inputs. */
export function noise(...seeds: readonly number[]): number {
  let hash = 2166136261;
  for (const seed of seeds) {
    hash = Math.imul(hash ^ (seed | 0), 16777619);
    hash = Math.imul(hash ^ (hash >>> 13), 0x5bd1e995);
  }
  return ((hash ^ (hash >>> 15)) >>> 0) / 2 ** 32;
}

export const HOSTILE_NAMES: readonly string[] = [
  '<img src=x onerror="document.title=\'owned\'">',
  '"><script>document.title="owned"</script>',
  '\u202Eright to left override\u202C and on',
  'مباراة كرة القدم – النهائي المباشر على الهواء',
  '👩‍👩‍👧‍👦🏳️‍🌈🎬 family night 🍿🍿🍿',
  'x'.repeat(500),
  'Zalgo t̵̡̢͓̱e̷͙̯̿͋x̶̝̊t̶̘͎̽',
  '',
  '{{constructor.constructor("alert(1)")()}}',
  'javascript:alert(1)',
  "'; DROP TABLE views; --",
  'two\nlines\tand a tab',
];

const NAMES: Readonly<Record<string, readonly string[]>> = {
  asset: [
    'news-24',
    'final-2026',
    'harbour-s02e04',
    'tatort-1288',
    'kids-morning',
    'weather',
    'arena-replay',
    'cooking-12',
    'documentary-ice',
    'late-show-991',
    'tour-stage-7',
    'opera-live',
  ],
  series: ['Harbour', 'Tatort', 'Tour', 'Arena', 'Late Show'],
  host: ['edge-a.example.net', 'edge-b.example.net', 'cdn.example.org', 'origin.example.net'],
  pathway: ['A', 'B', 'mixed'],
  country: ['FR', 'DE', 'IT', 'ES', 'BE', 'CH', 'PL', 'NL', 'AT', 'PT', 'SE', 'DK'],
  player: ['hls.js', 'video.js', 'native', 'shaka'],
  browser: ['Chrome', 'Safari', 'Firefox', 'Edge', 'Samsung Internet'],
  os: ['Android', 'iOS', 'Windows', 'macOS', 'Tizen', 'webOS'],
  deviceType: ['phone', 'desktop', 'tv', 'tablet', 'console'],
  streamType: ['live', 'vod'],
};

/** The values that a dimension has in a scenario. */
export function namesOf(scenario: Scenario, dimension: string): readonly string[] {
  if (scenario === 'hostile') return HOSTILE_NAMES;
  return NAMES[dimension] ?? ['one', 'two', 'three'];
}
