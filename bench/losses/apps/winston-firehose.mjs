import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { emitLines } from './emit-lines.mjs';
import { loadPeer } from './load-peer.mjs';

const { default: winston } = await loadPeer('winston');
const { default: FirehoseTransport } = await loadPeer('winston-firehose');

// A failed call is an unhandled rejection, which would end the process.
process.on('unhandledRejection', (error) => console.error(`told: ${error.message}`));

const endpoint = process.env.AWS_ENDPOINT_URL;
const firehoseOptions = { endpoint, region: process.env.AWS_REGION };
const logger = winston.createLogger({
  transports: [new FirehoseTransport({ streamName: 'logs', firehoseOptions })],
});

await emitLines(
  (text) => logger.info(text),
  async () => {
    logger.end();
    await once(logger, 'finish');
    // It has no flush of its own: calls that are on their way keep the process alive.
    await setTimeout(0);
  },
);
