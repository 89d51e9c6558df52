// Copies the migrations beside the compiled store, which reads them from there.
import { cpSync } from 'node:fs';

cpSync('src/store/migrations', 'dist/store/migrations', { recursive: true });
