import { emitLines } from './emit-lines.mjs';
import { loadPeer } from './load-peer.mjs';

const { configure, dispose, getLogger } = await loadPeer('@logtape/logtape');
const { getCloudWatchLogsSink } = await loadPeer('@logtape/cloudwatch-logs');

await configure({
  sinks: {
    cloudwatch: getCloudWatchLogsSink({
      logGroupName: 'group',
      logStreamName: 'stream',
      region: process.env.AWS_REGION,
    }),
    meta: ({ rawMessage }) => console.error(`told: ${rawMessage}`),
  },
  loggers: [
    { category: 'shop', sinks: ['cloudwatch'] },
    { category: ['logtape', 'meta'], sinks: ['meta'] },
  ],
});
const logger = getLogger('shop');

await emitLines((text) => logger.info(text), dispose);
