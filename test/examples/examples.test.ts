import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type LocalServices, startLocalServices } from 'collectorless/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tempFolder } from '../support/temp-folder.ts';
import { runExample, startExample } from './support/run-example.ts';

let services: LocalServices;

interface StoredLine {
  readonly attributes: Readonly<Record<string, unknown>>;
}

const linesOf = (body: Buffer): StoredLine[] =>
  body
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

beforeEach(async () => {
  services = await startLocalServices();
});

afterEach(async () => {
  await services.close();
});

test('the Firehose example stores its thousand orders in a few compressed records', async () => {
  await runExample('firehose.ts', { services });
  const { records } = services.firehose;
  const lines = records.flatMap(({ data }) =>
    gunzipSync(data).toString('utf8').trimEnd().split('\n'),
  );
  const orders = lines.map((line) => JSON.parse(line).attributes.order);
  expect(new Set(orders).size).toBe(1000);
  expect(lines.length).toBe(1000);
  expect(records.length).toBeLessThan(20);
  expect(new Set(records.map(({ deliveryStreamName }) => deliveryStreamName))).toEqual(
    new Set(['shop-logs']),
  );
  expect(services.violations).toEqual([]);
});

test('the Kinesis example stores its thousand orders in a few records', async () => {
  await runExample('kinesis.ts', { services });
  const { lines, records } = services.kinesis;
  const orders = lines.map((line) => JSON.parse(line).attributes.order);
  expect(new Set(orders).size).toBe(1000);
  expect(orders).toHaveLength(1000);
  expect(records.length).toBeLessThan(20);
  expect(new Set(records.map(({ streamName }) => streamName))).toEqual(new Set(['shop-logs']));
  expect(services.violations).toEqual([]);
});

test('the CloudWatch Logs example makes a stream a tenant and tells of the record that is too old', async () => {
  const { stderr } = await runExample('cloudwatch-logs.ts', { services });
  const group = services.cloudWatchLogs.groups.get('/shop/orders');
  const tenants = [...(group?.streams.values() ?? [])]
    .filter(({ events }) => events.length > 0)
    .map(({ name }) => name.slice(name.indexOf('/') + 1));
  expect(tenants.sort()).toEqual(['a_b__', 'north', 'south']);
  expect(group?.retentionInDays).toBe(7);
  expect(stderr).toContain('lost 1 (too_old)');
  expect(services.violations).toEqual([]);
});

test('the example with two destinations stores the same records at both', async () => {
  await runExample('two-destinations.ts', { services });
  const archived = services.firehose.records.flatMap(({ data }) =>
    gunzipSync(data).toString('utf8').trimEnd().split('\n'),
  );
  expect(archived.length).toBe(2);
  expect(services.cloudWatchLogs.messages.map((text) => text.trimEnd())).toEqual(archived);
  expect(services.violations).toEqual([]);
});

test('the SQS example keeps the orders of each customer in order', async () => {
  await runExample('sqs.ts', { services });
  const { messages } = services.sqs;
  const orders = messages.map(({ body }) => Number(JSON.parse(body).attributes.order));
  for (const group of ['customer-0', 'customer-1', 'customer-2']) {
    const ofGroup = orders.filter((_, index) => messages[index]?.messageGroupId === group);
    expect(ofGroup).toEqual(ofGroup.toSorted((a, b) => a - b));
  }
  expect(new Set(orders).size).toBe(100);
  expect(messages.length).toBe(100);
  expect(messages[0]?.attributes['severity']?.StringValue).toBe('info');
  expect(services.violations).toEqual([]);
});

test('the HTTP example makes requests of one tenant each, with the headers of that tenant', async () => {
  services.http.requiredHeaders = { authorization: 'Bearer secret' };
  await runExample('http.ts', {
    environment: { LOG_URL: `${services.http.url}/logs`, LOG_TOKEN: 'secret' },
  });
  const byRequest = services.http.accepted.map(({ body, headers }) => ({
    tenants: new Set(linesOf(body).map(({ attributes }) => attributes['tenant'])),
    header: headers['x-tenant'],
    isCounted: Number(headers['x-record-count']) === linesOf(body).length,
  }));
  for (const { tenants, header, isCounted } of byRequest) {
    expect([...tenants]).toEqual([header]);
    expect(isCounted).toBe(true);
  }
  expect(services.http.decoded.length).toBe(100);
  expect(services.violations).toEqual([]);
});

test('the Sumo Logic example says category and fields in the headers', async () => {
  await runExample('sumo-logic.ts', {
    environment: { SUMO_URL: `${services.http.url}/receiver/v1/http/token` },
  });
  const headers = services.http.accepted.map((request) => request.headers);
  expect(headers.map((header) => header['x-sumo-category'])).toEqual(['prod/shop', 'prod/shop']);
  expect(new Set(headers.map((header) => header['x-sumo-fields']))).toEqual(
    new Set(['team=checkout,severity=info', 'team=checkout,severity=warn']),
  );
  expect(services.violations).toEqual([]);
});

test('the ZeroMQ example sends its thousand orders under the topic of production logs in JSON', async () => {
  const zeromq = await services.startZeroMq();
  await runExample('zeromq.ts', { environment: { LOG_ENDPOINT: zeromq.endpoint } });
  await expect.poll(() => zeromq.decoded.length).toBe(1000);
  expect(new Set(zeromq.messages.map(({ topic }) => topic))).toEqual(new Set(['PLJ']));
});

test('the ZeroMQ receiver example prints what the ZeroMQ example sends, and ends when it is told to', async () => {
  const endpoint = `ipc://${join(tempFolder(), 'logs.sock')}`;
  const receiver = startExample('zeromq-receiver.ts', { environment: { LISTEN: endpoint } });
  const printed: string[] = [];
  receiver.stdout?.setEncoding('utf8').on('data', (text: string) => printed.push(text));
  await runExample('zeromq.ts', { environment: { LOG_ENDPOINT: endpoint } });
  await expect.poll(() => printed.join('').split('\n').length - 1, { timeout: 10_000 }).toBe(1000);
  receiver.kill('SIGTERM');
  expect(await once(receiver, 'exit')).toEqual([0, null]);
  expect(printed[0]).toMatch(/^PLJ \{/);
});

test('the example of an own destination writes each record to its file, in order', async () => {
  const folder = tempFolder();
  await runExample('own-destination.ts', { args: [folder] });
  // Two files when midnight passes meanwhile.
  const names = readdirSync(folder).sort();
  const lines = names.flatMap((name) =>
    readFileSync(join(folder, name), 'utf8').trimEnd().split('\n'),
  );
  expect(names[0]).toMatch(/^shop-\d{4}-\d\d-\d\d\.jsonl$/);
  expect(lines.map((line) => JSON.parse(line).attributes.order)).toEqual(
    Array.from({ length: 1000 }, (_, index) => index + 1),
  );
});

test('the example of an own destination tells of every record when its folder is not there', async () => {
  const { stdout, stderr } = await runExample('own-destination.ts', {
    args: [join(tmpdir(), 'collectorless-no-such-folder')],
  });
  expect(stdout).toContain('dropped: { rejected: 1000 }');
  expect(stderr).toContain('ENOENT');
});
