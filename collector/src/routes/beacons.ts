// `POST /{path}/{write key}`: beacons. Acknowledges nothing that the log does not hold, and loses
// nothing of a known key without counting it.
import type { RefusalCode } from '@retour/player-sdk/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ERRORS } from '../errors.ts';
import { LogRefusal, type NewRecord } from '../log/log.ts';
import { admit, readArrival } from '../steps/index.ts';
import { type Arrival, createArrival, type Drop } from '../steps/passage.ts';
import { type Intake, type Reject, takeIn, toReject, toRejectRecord } from '../steps/takeIn.ts';
import { answerAccepted, answerRefused, STOPPING } from './answer.ts';
import type { Room } from './room.ts';

interface BeaconRoute {
  Params: { readonly key: string };
  Querystring: Arrival['query'];
  Body: Uint8Array | undefined;
}

type BeaconRequest = FastifyRequest<BeaconRoute>;

const NO_BYTES = new Uint8Array(0);

export function addBeaconRoute(server: FastifyInstance, room: Room): void {
  // Whatever the sender calls it (text/plain keeps it a simple request), a body is bytes.
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => done(null, body));
  server.post<BeaconRoute>('/:key', async (request, reply) => {
    const startedAt = performance.now();
    const arrival = toArrival(request, request.body ?? NO_BYTES, room);
    const answer = await receive(arrival, reply, room);
    room.counts.answerS.observe((performance.now() - startedAt) / 1000);
    return answer;
  });
}

/** Answers a request whose body could not be read, as far as its owner is known. */
export async function refuseUnread(
  request: FastifyRequest,
  reply: FastifyReply,
  { room, reason }: { readonly room: Room; readonly reason: RefusalCode },
): Promise<FastifyReply> {
  const arrival = toArrival(request as BeaconRequest, NO_BYTES, room); // The route is the beacons'.
  const verdict = await admit(arrival, room.tools);
  const came =
    reason === 'body_too_large' ? 'a larger one' : 'a body that could not be read to its end';
  return refuse(arrival, verdict.kept ? { kept: false, reason, came } : verdict, { reply, room });
}

async function receive(arrival: Arrival, reply: FastifyReply, room: Room): Promise<FastifyReply> {
  const { counts, tools } = room;
  if (room.isStopping()) {
    return refuse(arrival, STOPPING, { reply: reply.header('connection', 'close'), room });
  }
  counts.bytes += arrival.body.length;
  const reading = readArrival(arrival, tools);
  const verdict = reading instanceof Promise ? await reading : reading;
  if (!verdict.kept) return refuse(arrival, verdict, { reply, room });
  const intake = takeIn(arrival, tools);
  countItems(intake, room);
  if (!intake.verdict.kept) {
    return refuse(arrival, intake.verdict, { reply, room, rejects: intake.rejects });
  }
  tools.quotas.judge(arrival.writeKey, true, arrival.receivedAt);
  const failed = await store(arrival, intake, room);
  if (failed !== undefined) return refuse(arrival, failed, { reply, room });
  return accept(arrival, intake, { reply, room });
}

interface Answering {
  readonly reply: FastifyReply;
  readonly room: Room;
  readonly rejects?: readonly Reject[];
}

function accept(arrival: Arrival, intake: Intake, { reply, room }: Answering): FastifyReply {
  const { counts, now } = room;
  const warns = arrival.quotaShare >= arrival.property.quota.warnAt;
  counts.accepted += intake.records.length;
  counts.warnings += Number(warns);
  counts.skewS.observe(Math.abs(arrival.skewMs) / 1000);
  return answerAccepted(reply, {
    accepted: intake.records.length,
    rejected: intake.rejects.length,
    time: now(),
    quota: warns ? arrival.quotaShare : 0,
  });
}

async function refuse(arrival: Arrival, drop: Drop, answering: Answering): Promise<FastifyReply> {
  const { reply, room } = answering;
  const { reason, came } = drop;
  room.counts.refused[reason] += 1;
  if (RUBBISH.has(reason)) room.tools.quotas.judge(arrival.writeKey, false, arrival.receivedAt);
  if (ERRORS[reason].kept) {
    const rejects = answering.rejects ?? [toReject(arrival, reason, `came ${came}`)];
    await keepRejects(arrival, rejects, room);
  }
  return answerRefused(reply, { ...drop, time: room.now() });
}

/** What no right sender ever sends: a key that mostly does gets the lower quota. */
const RUBBISH: ReadonlySet<RefusalCode> = new Set([
  'bad_request',
  'not_json',
  'invalid_beacon',
  'unsupported_version',
  'body_too_large',
  'too_many_beacons',
]);

/** Appends beacons and rejects; the drop to answer where the log took not all of them. */
async function store(arrival: Arrival, intake: Intake, room: Room): Promise<Drop | undefined> {
  const rejected = toKept(arrival, intake.rejects, room);
  try {
    if (rejected.length === 0) await room.log.append('beacons', intake.records);
    else {
      await Promise.all([
        room.log.append('beacons', intake.records),
        room.log.append('rejected', rejected),
      ]);
    }
    return undefined;
  } catch (error) {
    return toLogDrop(error);
  }
}

/** The answer is a refusal already: a log that refuses too is counted, and changes nothing. */
async function keepRejects(
  arrival: Arrival,
  rejects: readonly Reject[],
  room: Room,
): Promise<void> {
  const rejected = toKept(arrival, rejects, room);
  try {
    await room.log.append('rejected', rejected);
  } catch (error) {
    toLogDrop(error);
    room.counts.unkept += rejected.length;
  }
}

/** @throws What is not a refusal of the log. */
function toLogDrop(error: unknown): Drop {
  if (!(error instanceof LogRefusal)) throw error;
  const came = error.code === 'log_full' ? 'none' : 'one that fails';
  return { kept: false, reason: error.code, came, retryAfterS: error.retryAfterS };
}

const NO_RECORDS: readonly NewRecord[] = [];

function toKept(arrival: Arrival, rejects: readonly Reject[], room: Room): readonly NewRecord[] {
  if (rejects.length === 0) return NO_RECORDS;
  const { property, receivedAt } = arrival;
  const kept = rejects.filter(({ body }) =>
    room.tools.quotas.keeps(property, body.length, receivedAt),
  );
  room.counts.unkept += rejects.length - kept.length;
  return kept.map((reject) => toRejectRecord(arrival, reject));
}

function countItems({ rejects }: Intake, { counts }: Room): void {
  for (const { reason } of rejects) counts.items[reason] += 1;
}

function toArrival(request: BeaconRequest, body: Uint8Array, room: Room): Arrival {
  const { raw, params, query } = request;
  const { address, country } = room.originOf(raw);
  return createArrival({
    writeKey: params.key,
    query,
    origin: raw.headers.origin,
    userAgent: raw.headers['user-agent'] ?? '',
    address,
    country,
    receivedAt: room.now(),
    body,
  });
}
