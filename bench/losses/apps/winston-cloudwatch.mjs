import { emitLines } from './emit-lines.mjs';
import { loadPeer } from './load-peer.mjs';

const { default: winston } = await loadPeer('winston');
const { default: WinstonCloudWatch } = await loadPeer('winston-cloudwatch');

const transport = new WinstonCloudWatch({
  logGroupName: 'group',
  logStreamName: 'stream',
  awsOptions: { endpoint: process.env.AWS_ENDPOINT_URL, region: process.env.AWS_REGION },
  errorHandler: (error) => console.error(`told: ${error.message}`),
});
const logger = winston.createLogger({ transports: [transport] });

await emitLines(
  (text) => logger.info(text),
  () => new Promise((resolve) => transport.kthxbye(resolve)),
);
