import {
  createLogRecord,
  type LocalServices,
  startLocalServices,
  uidOf,
} from 'collectorless/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { DestinationName } from '../../../src/destinations/manifests.ts';
import { create } from './support/create.ts';

let services: LocalServices;

beforeAll(async () => {
  services = await startLocalServices({
    zeromq: true,
    http: { requiredHeaders: { authorization: 'Bearer a,b' } },
  });
  const { credentials } = services.clientConfig;
  vi.stubEnv('AWS_ACCESS_KEY_ID', credentials.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', credentials.secretAccessKey);
  return async () => {
    vi.unstubAllEnvs();
    await services.close();
  };
});

afterAll(() => {
  expect(services.violations).toEqual([]);
});

function awsClient(prefix: string): Record<string, string> {
  return {
    [`${prefix}CLIENT_CONFIG_ENDPOINT`]: services.clientConfig.endpoint,
    [`${prefix}CLIENT_CONFIG_REGION`]: services.clientConfig.region,
  };
}

/** Exports a record with an exporter that knows nothing but these variables; answers its uid. */
async function deliver(
  name: DestinationName,
  environment: Readonly<Record<string, string>>,
): Promise<string | undefined> {
  const { error, exporter, warnings } = await create(name, environment);
  expect(error).toBeUndefined();
  expect(warnings).toEqual([]);
  const record = createLogRecord();
  const result = await new Promise((resolve) => exporter?.export([record], resolve));
  expect(result).toMatchObject({ code: 0 });
  await exporter?.forceFlush();
  expect(exporter?.stats()).toMatchObject({ delivered: 1, inFlight: 0 });
  return uidOf(record);
}

describe('an exporter of variables alone delivers to', () => {
  it('CloudWatch Logs', async () => {
    const prefix = 'OTEL_EXPORTER_CLOUDWATCH_LOGS_';
    const uid = await deliver('cloudwatch-logs', {
      ...awsClient(prefix),
      [`${prefix}LOG_GROUP_NAME`]: '/shop/{service.name}',
      [`${prefix}LOG_STREAM_NAME`]: '{date:%Y}',
      [`${prefix}RETENTION_IN_DAYS`]: '7',
      [`${prefix}TAGS`]: 'team=shop,stage=test',
      [`${prefix}ENTITY_KEY_ATTRIBUTES`]: 'Type=Service,Name=orders,Environment=test',
      [`${prefix}ENTITY_ATTRIBUTES`]: 'PlatformType=AWS%3A%3AEC2',
      [`${prefix}STATIC_FIELDS`]: 'tier=gold',
      [`${prefix}ACKNOWLEDGE`]: 'delivered',
    });
    const [stored] = services.cloudWatchLogs.decoded;
    expect(uidOf(stored)).toBe(uid);
    expect(stored).toMatchObject({ tier: 'gold' });
    const [group] = services.cloudWatchLogs.groups.values();
    expect(group).toMatchObject({ retentionInDays: 7, tags: { team: 'shop', stage: 'test' } });
    const year = String(new Date().getUTCFullYear());
    expect(group?.streams.get(year)?.entity).toEqual({
      keyAttributes: { Type: 'Service', Name: 'orders', Environment: 'test' },
      attributes: { PlatformType: 'AWS::EC2' },
    });
  });

  it('Firehose', async () => {
    const prefix = 'OTEL_EXPORTER_FIREHOSE_';
    const uid = await deliver('firehose', {
      ...awsClient(prefix),
      [`${prefix}DELIVERY_STREAM_NAME`]: 'logs',
      [`${prefix}AGGREGATION`]: 'lines',
      [`${prefix}COMPRESSION`]: 'gzip',
      [`${prefix}DELIMITER`]: '\\r\\n',
    });
    expect(services.firehose.decoded.map(uidOf)).toEqual([uid]);
  });

  it('SQS', async () => {
    const prefix = 'OTEL_EXPORTER_SQS_';
    const uid = await deliver('sqs', {
      ...awsClient(prefix),
      [`${prefix}QUEUE_NAME`]: 'logs.fifo',
      [`${prefix}MESSAGE_GROUP_ID`]: '{severity}',
      [`${prefix}MESSAGE_ATTRIBUTES`]: 'severity={severity}',
    });
    expect(services.sqs.decoded.map(uidOf)).toEqual([uid]);
  });

  it('an HTTP endpoint', async () => {
    const prefix = 'OTEL_EXPORTER_HTTP_LOGS_';
    const uid = await deliver('http', {
      [`${prefix}URL`]: `${services.http.url}/in?tenant={attributes.tenant}`,
      [`${prefix}HEADERS`]: 'authorization=Bearer%20a%2Cb,x-day={date:%Y-%m-%d}',
      [`${prefix}ENCODING`]: 'otlp-json',
      [`${prefix}FRAMING`]: 'lines',
    });
    const [request] = services.http.accepted;
    expect(request?.body.toString()).toContain(uid);
    expect(request?.query.get('tenant')).toBe('unknown');
    expect(request?.headers['x-day']).toMatch(/^\d{4}-\d\d-\d\d$/u);
  });

  it('ZeroMQ', async () => {
    const prefix = 'OTEL_EXPORTER_ZEROMQ_';
    const uid = await deliver('zeromq', {
      [`${prefix}ENDPOINT`]: services.zeromq.endpoint,
      [`${prefix}TOPIC`]: 'logs.{service.name}',
      [`${prefix}SEQUENCE`]: 'False',
    });
    await expect.poll(() => services.zeromq.decoded.map(uidOf)).toEqual([uid]);
    expect(services.zeromq.decoded[0]).not.toHaveProperty('sequence');
  });
});
