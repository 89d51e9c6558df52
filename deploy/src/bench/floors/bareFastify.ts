// The floor of `bench collector`: the least that a Fastify 5 route can do with the same bytes. It reads
// the body, parses it and answers; it checks nothing, enriches nothing and keeps nothing. Fixed: a
// change here changes what all earlier figures meant.
import Fastify from 'fastify';

const server = Fastify({ logger: false });
server.removeAllContentTypeParsers();
server.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => done(null, body));
server.post('/r/:key', async (request, reply) => {
  const body = request.body as Buffer; // The one parser gives buffers.
  const parsed: unknown = JSON.parse(body.toString('utf8'));
  const accepted = Array.isArray(parsed) ? parsed.length : 1;
  return reply.send({ accepted, rejected: 0, time: Date.now() });
});

await server.listen({ host: '127.0.0.1', port: 0 });
const address = server.server.address();
process.stdout.write(`port ${typeof address === 'object' ? address?.port : ''}\n`);
process.once('SIGTERM', () => void server.close());
