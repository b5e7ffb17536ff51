/** Takes messages, and tells when it has the last one of a run. */

import { Pull } from 'zeromq';
import { END_MARK } from './senders.ts';

const socket = new Pull({ linger: 0 });
await socket.bind('tcp://127.0.0.1:*');
process.send?.(socket.lastEndpoint);
process.on('disconnect', () => process.exit());
for await (const [, body] of socket) {
  if (body !== undefined && body.length < 1_000 && body.includes(END_MARK)) process.send?.('end');
}
