import { KinesisLogRecordExporter } from 'collectorless/kinesis';
import { SqsLogRecordExporter, type SqsLogRecordExporterOptions } from 'collectorless/sqs';
import { createLogRecord, type LocalServices, startLocalServices } from 'collectorless/testing';
import { describe, expect, it } from 'vitest';
import { exportRecords } from '../support/export-records.ts';
import { tempFolder } from '../support/temp-folder.ts';

type Exporter = SqsLogRecordExporter | KinesisLogRecordExporter;
type Options = Partial<SqsLogRecordExporterOptions> & { readonly partitionKey?: string };

function create(name: 'sqs' | 'kinesis', services: LocalServices, options: object): Exporter {
  const { clientConfig } = services;
  return name === 'sqs'
    ? new SqsLogRecordExporter({ queueName: 'logs', clientConfig, ...options })
    : new KinesisLogRecordExporter({ streamName: 'logs', clientConfig, ...options });
}

/** What arrives when an exporter of these options sends the records that one of others left on disk. */
async function sendLeftover(
  name: 'sqs' | 'kinesis',
  { before, after }: { readonly before: Options; readonly after: Options },
  body: (services: LocalServices) => void,
): Promise<void> {
  await using services = await startLocalServices();
  const spool = { directory: tempFolder() };
  services.setFaults([{ kind: 'service-unavailable', service: name }]);
  const first = create(name, services, { ...before, spool, shutdownTimeoutMillis: 300 });
  const records = Array.from({ length: 3 }, (_, index) => createLogRecord({ body: `r${index}` }));
  await exportRecords(first, records);
  await first.shutdown();
  expect(first.stats().spooled).toBe(3);
  services.setFaults([]);
  const next = create(name, services, { ...after, spool });
  await expect.poll(() => next.stats().adopted, { timeout: 5000 }).toBe(3);
  await expect.poll(() => next.stats().spooled + next.stats().inFlight, { timeout: 5000 }).toBe(0);
  await next.shutdown();
  expect(next.stats()).toMatchObject({ delivered: 3, dropped: {} });
  expect(services.violations).toEqual([]);
  body(services);
}

describe('records on disk since before the options changed', () => {
  it.each<[string, Options, Record<string, { readonly StringValue: string }>]>([
    ['of fixed text', { messageAttributes: { team: 'shop' } }, { team: { StringValue: 'shop' } }],
    [
      'of their resource',
      { messageAttributes: { service: '{service.name}' } },
      { service: { StringValue: 'local-service' } },
    ],
    [
      'of each record, as nobody knows it',
      { messageAttributes: { tenant: '{attributes.tenant}' } },
      { tenant: { StringValue: 'unknown' } },
    ],
  ])('reach SQS with a new attribute %s', async (_what, after, attributes) => {
    await sendLeftover('sqs', { before: {}, after }, ({ sqs }) => {
      expect(sqs.messages.map((message) => message.attributes)).toMatchObject(
        Array(3).fill(attributes),
      );
    });
  });

  it('reach SQS without the attributes that are gone, for which there may be no room', async () => {
    const old = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`old${index}`, 'x']));
    const run = { before: { messageAttributes: old }, after: { messageAttributes: { team: 'x' } } };
    await sendLeftover('sqs', run, ({ sqs }) => {
      expect(sqs.messages.map(({ attributes }) => Object.keys(attributes))).toEqual(
        Array(3).fill(['team']),
      );
    });
  });

  it('reach SQS with a new group', async () => {
    await sendLeftover('sqs', { before: {}, after: { messageGroupId: 'shop' } }, ({ sqs }) => {
      expect(sqs.messages.map(({ messageGroupId }) => messageGroupId)).toEqual(
        Array(3).fill('shop'),
      );
    });
  });

  it('reach a FIFO queue with their group, also by an exporter of another queue', async () => {
    const before = { queueName: 'audit.fifo', messageGroupId: 'shop' };
    await sendLeftover('sqs', { before, after: { queueName: 'plain' } }, ({ sqs }) => {
      expect(sqs.messages).toMatchObject(
        Array(3).fill({ queueName: 'audit.fifo', messageGroupId: 'shop' }),
      );
    });
  });

  it('reach a queue that needs no group without the one that is gone', async () => {
    await sendLeftover('sqs', { before: { messageGroupId: 'shop' }, after: {} }, ({ sqs }) => {
      expect(sqs.messages.map(({ messageGroupId }) => messageGroupId)).toEqual(
        Array(3).fill(undefined),
      );
    });
  });

  it('reach Kinesis with a new partition key', async () => {
    const after = { partitionKey: '{service.name}' };
    await sendLeftover('kinesis', { before: {}, after }, ({ kinesis }) => {
      expect(kinesis.records.map(({ partitionKey }) => partitionKey)).toEqual(
        Array(3).fill('local-service'),
      );
    });
  });

  it('are lines of their own where lines are put together since', async () => {
    await sendLeftover('sqs', { before: {}, after: { aggregation: 'lines' } }, ({ sqs }) => {
      const lines = sqs.bodies.join('').split('\n');
      expect(lines.pop()).toBe('');
      expect(lines.map((line) => JSON.parse(line).body).toSorted()).toEqual(['r0', 'r1', 'r2']);
    });
    await sendLeftover(
      'kinesis',
      { before: {}, after: { aggregation: 'lines' } },
      ({ kinesis }) => {
        const lines = kinesis.records
          .map(({ data }) => data.toString())
          .join('')
          .split('\n');
        expect(lines).toHaveLength(4);
      },
    );
  });
});
