// Who wrote a beacon. The version is package.json's: a test ties the two.
export const SDK = { name: '@retour/player-sdk', version: '0.1.0' } as const;
