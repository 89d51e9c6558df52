// Who wrote a beacon: short, as every beacon says it. The version is package.json's: a test ties the two.
export const SDK = { name: 'retour', version: '0.1.0' } as const;
