// Lets Node 20, which reads no TypeScript, run the sources: `node --conditions=retour-source --import
// <this file> <program>.ts`. For tests that start processes; what is built needs none of it.
import { register } from 'node:module';

register('./typescriptHooks.mjs', import.meta.url);
