// The status that the fixture server answers with.
import { stateOf } from './fixtureLive.ts';
import { HOSTILE_NAMES, type Scenario } from './fixtureScenario.ts';

export function statusOf(scenario: Scenario): unknown {
  return {
    version: '0.1.0',
    property: {
      id: 'p1',
      name: scenario === 'hostile' ? HOSTILE_NAMES[0] : 'Channel One',
      timeZone: 'Europe/Paris',
      privacy: 'exempt',
    },
    writeKeys: ['wk_3f9a2c71d04e'],
    endpoint: 'http://127.0.0.1:4000/r',
    sampleUrl: '/sample/',
    state: stateOf(scenario),
    stateReason: '',
    firstViewAt: scenario === 'empty' ? null : 1_795_000_000_000,
  };
}
