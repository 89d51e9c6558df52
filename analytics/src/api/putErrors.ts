// Puts the one shape of refusals on an app: `{ code, message, remedy }`, from the table of errors.
import type { FastifyInstance } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { ReadFailure } from '../query/reader.ts';
import { API_ERRORS, ApiError } from './errors.ts';

export function putErrors(app: FastifyInstance, onFault: (error: unknown) => void): void {
  app.setErrorHandler((error, _request, reply) => {
    const refusal = toApiError(error);
    const { status } = API_ERRORS[refusal.code];
    if (status >= 500) onFault(error);
    if (status === 429 || status === 503) reply.header('retry-after', '1');
    return reply.code(status).send(refusal.toAnswer());
  });
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).send(new ApiError('not_found').toAnswer()),
  );
}

export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof ReadFailure) return new ApiError(error.code, undefined, error);
  if (hasZodFastifySchemaValidationErrors(error)) {
    const [first] = error.validation;
    const where = `${error.validationContext ?? ''}${first?.instancePath ?? ''}`;
    return new ApiError('bad_request', `${where}: ${first?.message ?? 'not as expected'}`);
  }
  const status = statusOf(error);
  if (status === 413) return new ApiError('body_too_large');
  if (status === 404) return new ApiError('not_found');
  // Fastify's own refusals (bad JSON, a wrong content type) carry a 4xx and a text fit to be shown.
  if (status >= 400 && status < 500 && error instanceof Error) {
    return new ApiError('bad_request', error.message);
  }
  return new ApiError('internal', undefined, error);
}

function statusOf(error: unknown): number {
  return typeof error === 'object' && error !== null && 'statusCode' in error
    ? Number(error.statusCode)
    : 500;
}
