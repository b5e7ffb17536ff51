import { loadPeer } from '../peers/load-peer.ts';
import { clientConfig } from './client-config.ts';
import { attributesOf, bodyOf, RESOURCE_ATTRIBUTES } from './load.ts';
import type { Subject, SubjectSource } from './subject.ts';

interface Winston {
  createLogger(options: object): { info(message: string, meta: object): void };
}
interface WinstonCloudWatch {
  kthxbye(callback: () => void): void;
}

/** winston with the two transports that send to AWS, told to write JSON as ours does. */
export const WINSTON_SUBJECTS: Readonly<Record<string, SubjectSource>> = {
  'winston-cloudwatch': {
    packages: ['winston', 'winston-cloudwatch'],
    async create(url) {
      const { default: CloudWatch } = await loadPeer<{
        readonly default: new (options: object) => WinstonCloudWatch;
      }>('winston-cloudwatch');
      const { region, ...awsOptions } = clientConfig(url);
      const transport = new CloudWatch({
        logGroupName: 'bench',
        logStreamName: 'bench',
        awsRegion: region,
        awsOptions,
        jsonMessage: true,
        errorHandler: () => {},
      });
      // Gives up after 10 s by itself.
      const end = (): Promise<void> => new Promise((resolve) => transport.kthxbye(resolve));
      return winstonSubject(transport, end);
    },
  },
  'winston-firehose': {
    packages: ['winston', 'winston-firehose'],
    async create(url) {
      const { default: Firehose } = await loadPeer<{
        readonly default: new (options: object) => object;
      }>('winston-firehose');
      const { endpoint, region, credentials } = clientConfig(url);
      const transport = new Firehose({
        streamName: 'bench',
        firehoseOptions: { endpoint, region, ...credentials },
      });
      // It keeps no track of what it sends, and nobody handles what fails.
      process.on('unhandledRejection', () => {});
      return winstonSubject(transport, async () => {});
    },
  },
};

async function winstonSubject(transport: object, end: () => Promise<void>): Promise<Subject> {
  const winston = await loadPeer<{ readonly default: Winston }>('winston');
  const logger = winston.default.createLogger({
    defaultMeta: { resource: RESOURCE_ATTRIBUTES },
    transports: [transport],
  });
  return {
    emit: (number, mark) => logger.info(bodyOf(number, mark), attributesOf(number)),
    flush: async () => {},
    end,
  };
}
