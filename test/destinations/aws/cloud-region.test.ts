import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cloudRegionOf } from '../../../src/destinations/aws/cloud-region.ts';
import { CloudWatchLogRecordExporter } from '../../../src/destinations/cloudwatch-logs/index.ts';
import { FirehoseLogRecordExporter } from '../../../src/destinations/firehose/index.ts';
import { KinesisLogRecordExporter } from '../../../src/destinations/kinesis/index.ts';
import { SqsLogRecordExporter } from '../../../src/destinations/sqs/index.ts';
import type { DestinationLogRecordExporter } from '../../../src/index.ts';
import {
  createLogRecord,
  createResource,
  type LocalServices,
  startLocalServices,
} from '../../../src/testing/index.ts';

const REGION = 'eu-north-1';

type Config = Pick<LocalServices['clientConfig'], 'endpoint' | 'credentials'>;
type Create = (clientConfig: Config & { region?: string }) => DestinationLogRecordExporter;

const destinations: readonly (readonly [name: string, create: Create])[] = [
  ['CloudWatch Logs', (clientConfig) => new CloudWatchLogRecordExporter({ clientConfig })],
  [
    'Firehose',
    (clientConfig) => new FirehoseLogRecordExporter({ deliveryStreamName: 'logs', clientConfig }),
  ],
  ['Kinesis', (clientConfig) => new KinesisLogRecordExporter({ streamName: 'logs', clientConfig })],
  ['SQS', (clientConfig) => new SqsLogRecordExporter({ queueName: 'logs', clientConfig })],
];

beforeEach(() => {
  for (const name of ['AWS_REGION', 'AWS_DEFAULT_REGION', 'AWS_PROFILE']) {
    vi.stubEnv(name, undefined);
  }
  for (const name of ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE']) {
    vi.stubEnv(name, '/dev/null');
  }
});

afterEach(() => {
  vi.unstubAllEnvs();
});

async function deliveredBy(create: Create, own: { region?: string } = {}): Promise<number> {
  await using services = await startLocalServices({ region: REGION });
  const { credentials, endpoint } = services.clientConfig;
  const exporter = create({ credentials, endpoint, ...own });
  const region = own.region === undefined ? REGION : 'ap-south-1';
  const resource = createResource({ 'cloud.provider': 'aws', 'cloud.region': region });
  exporter.export([createLogRecord({ resource })], () => {});
  await exporter.forceFlush();
  await exporter.shutdown();
  return exporter.stats().delivered;
}

it.each(destinations)(
  'D-56: %s takes the region of the resource where nothing else names one',
  async (_, create) => {
    expect(await deliveredBy(create)).toBe(1);
  },
);

it.each(destinations)('%s keeps the region that it was given', async (_, create) => {
  expect(await deliveredBy(create, { region: REGION })).toBe(1);
});

it('the region is taken also when the resource of another target, which came first, names none', async () => {
  await using services = await startLocalServices({ region: REGION });
  const { credentials, endpoint } = services.clientConfig;
  const clientConfig = { credentials, endpoint };
  const exporter = new FirehoseLogRecordExporter({
    deliveryStreamName: '{service.name}',
    clientConfig,
  });
  const resource = createResource({ 'cloud.region': REGION, 'service.name': 'other' });
  exporter.export(
    [createLogRecord({ resource: createResource({ 'service.name': 'one' }) })],
    () => {},
  );
  exporter.export([createLogRecord({ resource })], () => {});
  await expect.poll(() => exporter.stats().delivered, { timeout: 5_000 }).toBe(2);
  await exporter.shutdown();
});

it('a region that the options ask a function for is never that of the resource, also when it fails once', async () => {
  await using services = await startLocalServices({ region: REGION });
  const { credentials, endpoint } = services.clientConfig;
  let calls = 0;
  const region = async (): Promise<string> => {
    calls += 1;
    if (calls === 1) throw new Error('not now');
    return REGION;
  };
  const clientConfig = { credentials, endpoint, region };
  const exporter = new FirehoseLogRecordExporter({ deliveryStreamName: 'logs', clientConfig });
  const resource = createResource({ 'cloud.region': 'ap-south-1' });
  exporter.export([createLogRecord({ resource })], () => {});
  await exporter.forceFlush();
  await exporter.shutdown();
  expect(exporter.stats().delivered).toBe(1);
});

describe('the region of a resource', () => {
  const regionOf = (attributes: Record<string, unknown>): string | undefined =>
    cloudRegionOf({ ...createResource(), attributes: attributes as Record<string, string> });

  it.each(['eu-west-1', 'us-gov-east-1', 'cn-northwest-1', 'eusc-de-east-1', 'us-isof-south-1'])(
    'is %s',
    (region) => {
      expect(regionOf({ 'cloud.region': region })).toBe(region);
      expect(regionOf({ 'cloud.region': region, 'cloud.provider': 'aws' })).toBe(region);
      expect(regionOf({ 'cloud.region': region, 'cloud.provider': 'gcp' })).toBeUndefined();
    },
  );

  it.each(['us-central1', 'westeurope', 'evil.example/eu-west-1', 'eu-west-1.example', '', 7])(
    'is never %j, as it becomes a part of a host name',
    (region) => {
      expect(regionOf({ 'cloud.region': region })).toBeUndefined();
    },
  );

  it('is nothing where there is no resource, or one that throws', () => {
    expect(cloudRegionOf(undefined)).toBeUndefined();
    const attributes = {
      get 'cloud.region'(): string {
        throw new Error('mine');
      },
    };
    expect(regionOf(attributes)).toBeUndefined();
  });
});
