// `POST /{path}/{write key}`: beacons. Acknowledges nothing that the log does not hold, and loses
// nothing of a known key without counting it.
import type { RefusalCode } from '@retour/player-sdk/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ERRORS } from '../errors.ts';
import { LogRefusal, type NewRecord } from '../log/log.ts';
import { judge, mayKeep, shareOf, toCost } from '../steps/account.ts';
import { admit, readArrival } from '../steps/index.ts';
import { type Arrival, createArrival, type Drop, type Verdict } from '../steps/passage.ts';
import { type Intake, type Reject, takeIn, toReject, toRejectRecord } from '../steps/takeIn.ts';
import { answerAccepted, answerRefused, STOPPING } from './answer.ts';
import { readBody } from './readBody.ts';
import type { Room } from './room.ts';

interface BeaconRoute {
  Params: { readonly key: string };
  Querystring: Arrival['query'];
}

/** One request: what came and how it is answered. */
interface Turn {
  readonly arrival: Arrival;
  readonly reply: FastifyReply;
  readonly room: Room;
}

/**
 * The hook takes the request over once it has been routed; the handler is never reached. By callbacks
 * and not with async functions: on the way that every beacon takes the promise of the append is the
 * only one. What that is worth: `npm run bench -- collector`.
 */
export function addBeaconRoute(server: FastifyInstance, room: Room): void {
  const onRequest = (request: FastifyRequest<BeaconRoute>, reply: FastifyReply) =>
    readBody(request.raw, (body) => {
      const turn = createTurn(request, reply, { room, body: body ?? NO_BYTES });
      try {
        receive(turn, body !== undefined);
      } catch (fault) {
        fail(turn, fault);
      }
    });
  server.post<BeaconRoute>('/:key', { onRequest }, () => undefined);
}

const NO_BYTES = new Uint8Array(0);

const TOO_LARGE: Drop = { kept: false, reason: 'body_too_large', came: 'a larger one' };

function receive(turn: Turn, whole: boolean): void {
  const { arrival, room } = turn;
  if (room.isStopping()) refuse(turn, STOPPING);
  else if (whole) {
    room.counts.bytes += arrival.body.length;
    const reading = readArrival(arrival, room.tools);
    if (reading instanceof Promise) {
      reading.then((verdict) => proceed(turn, verdict)).catch((fault) => fail(turn, fault));
    } else proceed(turn, reading);
  } else {
    turn.reply.raw.setHeader('connection', 'close'); // The rest of the body is still to come.
    const verdict = admit(arrival, room.tools);
    refuse(turn, verdict.kept ? TOO_LARGE : verdict);
  }
}

function proceed(turn: Turn, verdict: Verdict): void {
  if (verdict.kept) take(turn);
  else refuse(turn, verdict);
}

function take(turn: Turn): void {
  const { arrival, room } = turn;
  const intake = takeIn(arrival, room.tools);
  for (const { reason } of intake.rejects) room.counts.items[reason] += 1;
  if (!intake.verdict.kept) {
    refuse(turn, intake.verdict, intake.rejects);
    return;
  }
  judge(arrival.account, true, arrival.receivedAt);
  store(turn, intake)
    .then(
      () => accept(turn, intake),
      (error: unknown) => refuse(turn, toLogDrop(error)),
    )
    .catch((fault) => fail(turn, fault));
}

/** Nothing of an accepted request is lost: its bad items are in the log too, or it comes again. */
async function store({ arrival, room }: Turn, { records, rejects }: Intake): Promise<void> {
  const rejected = toKept(arrival, rejects, room);
  // Rejects first: a 503 must mean that no beacon of the body was taken, for its sender may then
  // label its rows anew.
  if (rejected.length > 0) await room.log.append('rejected', rejected);
  await room.log.append('beacons', records);
}

function accept(turn: Turn, { records, rejects }: Intake): void {
  const { arrival, reply, room } = turn;
  const { counts, now } = room;
  const { account, property } = arrival;
  const time = now();
  closeWhenStopping(turn);
  const share = shareOf(account, property.quota);
  const warns = share >= property.quota.warnAt;
  counts.accepted += records.length;
  counts.acceptedAt.set(property.id, time);
  counts.answerMs.add(time - arrival.receivedAt);
  counts.warnings += Number(warns);
  counts.skewMs.add(Math.abs(arrival.skewMs));
  answerAccepted(reply, {
    accepted: records.length,
    rejected: rejects.length,
    time,
    quota: warns ? share : 0,
  });
}

function refuse(turn: Turn, drop: Drop, items?: readonly Reject[]): void {
  const { arrival, reply, room } = turn;
  const { reason, came } = drop;
  room.counts.refused[reason] += 1;
  if (RUBBISH.has(reason)) judge(arrival.account, false, arrival.receivedAt);
  const answer = () => {
    const time = room.now();
    closeWhenStopping(turn);
    room.counts.answerMs.add(time - arrival.receivedAt);
    answerRefused(reply, { ...drop, time });
  };
  if (ERRORS[reason].kept) {
    const rejects = items ?? [toReject(arrival, reason, `came ${came}`)];
    keepRejects(arrival, rejects, room)
      .then(answer)
      .catch((fault) => fail(turn, fault));
  } else answer();
}

/** A connection that was busy when the stop began would stay open, idle, and hold the stop. */
function closeWhenStopping({ reply, room }: Turn): void {
  if (room.isStopping()) reply.raw.setHeader('connection', 'close');
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

/** The answer is a refusal already: a log that refuses too is counted, and changes nothing. */
async function keepRejects(
  arrival: Arrival,
  rejects: readonly Reject[],
  room: Room,
): Promise<void> {
  const rejected = toKept(arrival, rejects, room);
  if (rejected.length === 0) return;
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
  const { account, property, receivedAt } = arrival;
  const { quota } = property;
  const kept = rejects.filter(({ body }) =>
    mayKeep(account, { quota, cost: toCost(1, body.length), now: receivedAt }),
  );
  room.counts.unkept += rejects.length - kept.length;
  return kept.map((reject) => toRejectRecord(arrival, reject));
}

/** A fault of ours: the operator learns which, the sender that it was ours. */
function fail({ reply, room }: Turn, fault: unknown): void {
  room.counts.refused.internal += 1;
  room.report(fault);
  answerRefused(reply, { reason: 'internal', came: 'one', time: room.now() });
}

function createTurn(
  { raw, params, query }: FastifyRequest<BeaconRoute>,
  reply: FastifyReply,
  { room, body }: { readonly room: Room; readonly body: Uint8Array },
): Turn {
  const { headers } = raw;
  const { address, country } = room.originOf(raw);
  const arrival = createArrival({
    writeKey: params.key,
    query,
    origin: headers.origin,
    userAgent: headers['user-agent'] ?? '',
    address,
    country,
    receivedAt: room.now(),
    body,
  });
  return { arrival, reply, room };
}
