import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { loadPeer, peerUrl } from '../peers/load-peer.ts';
import { clientConfig } from './client-config.ts';
import { attributesOf, bodyOf, RESOURCE_ATTRIBUTES } from './load.ts';
import type { SubjectSource } from './subject.ts';

interface LogTape {
  configure(options: object): Promise<void>;
  dispose(): Promise<void>;
  getLogger(category: string): LogTapeLogger;
  readonly jsonLinesFormatter: object;
}
interface LogTapeLogger {
  with(properties: object): LogTapeLogger;
  info(message: string, properties: object): void;
}
interface CloudWatchSdk {
  readonly CloudWatchLogsClient: new (config: object) => object;
}
interface LogTapeCloudWatch {
  getCloudWatchLogsSink(options: object): object;
}
interface Pino {
  (options: object, stream: PinoTransport): PinoLogger;
  transport(options: object): PinoTransport;
}
interface PinoTransport extends NodeJS.EventEmitter {
  end(): void;
}
interface PinoLogger {
  child(bindings: object): PinoLogger;
  info(attributes: object, message: string): void;
}

const LOGTAPE_SINK = '@logtape/cloudwatch-logs';
const PINO_TRANSPORT = '@serdnam/pino-cloudwatch-transport';

/** LogTape and pino with what they have for CloudWatch Logs. */
export const LOGGER_SUBJECTS: Readonly<Record<string, SubjectSource>> = {
  'LogTape CloudWatch': {
    packages: ['@logtape/logtape', LOGTAPE_SINK],
    async create(url) {
      const logTape = await loadPeer<LogTape>('@logtape/logtape');
      const { getCloudWatchLogsSink } = await loadPeer<LogTapeCloudWatch>(LOGTAPE_SINK);
      const sdk = await loadPeer<CloudWatchSdk>('@aws-sdk/client-cloudwatch-logs');
      const sink = getCloudWatchLogsSink({
        client: new sdk.CloudWatchLogsClient(clientConfig(url)),
        logGroupName: 'bench',
        logStreamName: 'bench',
        formatter: logTape.jsonLinesFormatter,
      });
      await logTape.configure({
        sinks: { cloudWatch: sink },
        loggers: [
          { category: 'bench', lowestLevel: 'info', sinks: ['cloudWatch'] },
          { category: ['logtape', 'meta'], sinks: [] },
        ],
      });
      const logger = logTape.getLogger('bench').with({ resource: RESOURCE_ATTRIBUTES });
      return {
        emit: (number, mark) => logger.info(bodyOf(number, mark), attributesOf(number)),
        flush: async () => {},
        // Sends what it holds; for calls on their way it does not wait.
        end: () => logTape.dispose(),
      };
    },
  },
  'pino-cloudwatch-transport': {
    packages: ['pino', PINO_TRANSPORT],
    async create(url) {
      // The transport takes no endpoint; the client in its worker reads this.
      process.env['AWS_ENDPOINT_URL'] = url;
      const { region, credentials } = clientConfig(url);
      const { default: pino } = await loadPeer<{ readonly default: Pino }>('pino');
      const transport = pino.transport({
        target: fileURLToPath(peerUrl(PINO_TRANSPORT)),
        options: {
          logGroupName: 'bench',
          logStreamName: 'bench',
          awsRegion: region,
          awsAccessKeyId: credentials.accessKeyId,
          awsSecretAccessKey: credentials.secretAccessKey,
        },
      });
      await once(transport, 'ready');
      const logger = pino({}, transport).child({ resource: RESOURCE_ATTRIBUTES });
      return {
        emit: (number, mark) => logger.info(attributesOf(number), bodyOf(number, mark)),
        flush: async () => {},
        async end() {
          transport.end();
          await once(transport, 'close');
        },
      };
    },
  },
};
