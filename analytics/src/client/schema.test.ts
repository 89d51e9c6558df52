import openapiTypescript, { astToString } from 'openapi-typescript';
import { describe, expect, it } from 'vitest';
import { buildTestApp } from '../../test/buildTestApp.ts';

describe('generated/schema.ts', () => {
  it('is what the OpenAPI document of the API says (write it anew: vitest run -u)', async () => {
    const app = buildTestApp();
    const answer = await app.inject({ url: '/api/openapi.json' });
    await app.close();
    const types = astToString(await openapiTypescript(answer.body));
    const head = '// Generated from the OpenAPI document of the API. Never edited by hand.\n';
    await expect(head + types).toMatchFileSnapshot('./generated/schema.ts');
  });
});
