import { emitLines } from './emit-lines.mjs';
import { loadPeer, resolvePeer } from './load-peer.mjs';

const { default: pino } = await loadPeer('pino');

const logger = pino(
  pino.transport({
    target: resolvePeer('@serdnam/pino-cloudwatch-transport'),
    options: { logGroupName: 'group', logStreamName: 'stream' },
  }),
);

// It has no flush of its own: pino ends the transport when the process ends.
await emitLines(
  (text) => logger.info(text),
  async () => {},
);
