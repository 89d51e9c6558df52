// Who asks: the read token of a request, and the property that it opens. A token never reaches a
// log or an answer.
import type { Property } from '@retour/collector/control';
import type { FastifyRequest } from 'fastify';
import { ApiError } from './errors.ts';

const BEARER = /^Bearer +([\x21-\x7e]{1,200})$/i;

/** @throws ApiError unauthorized */
export function propertyOf(
  request: Pick<FastifyRequest, 'headers'>,
  tokenOf: (token: string) => Property | undefined,
): Property {
  const token = BEARER.exec(request.headers.authorization ?? '')?.[1];
  const property = token === undefined ? undefined : tokenOf(token);
  if (property === undefined) throw new ApiError('unauthorized');
  return property;
}
