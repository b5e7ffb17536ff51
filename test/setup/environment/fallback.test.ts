import { describe, expect, it } from 'vitest';
import { MANIFESTS } from '../../../src/destinations/manifests.ts';
import { createDestinationExporter } from '../../../src/setup/create-destination-exporter.ts';
import { toldLines } from '../../support/told-lines.ts';
import { create } from './support/create.ts';

const FIREHOSE = 'OTEL_EXPORTER_FIREHOSE_';
const HTTP = 'OTEL_EXPORTER_HTTP_LOGS_';
const SQS = 'OTEL_EXPORTER_SQS_';
const CLOUDWATCH = 'OTEL_EXPORTER_CLOUDWATCH_LOGS_';
const ZEROMQ = 'OTEL_EXPORTER_ZEROMQ_';
const stream = { [`${FIREHOSE}DELIVERY_STREAM_NAME`]: 'logs' };
const url = { [`${HTTP}URL`]: 'http://127.0.0.1:9/' };

/** So many pairs, `name1=x` and so on. */
const many = (count: number): string =>
  Array.from({ length: count }, (_, index) => `name${index + 1}=x`).join();

/** The variables that the warnings name first. */
const ignoredOf = (warnings: readonly string[]) =>
  warnings.map((line) => line.split(' is ignored')[0]);

describe('a value that the exporter refuses', () => {
  it('is told with the reason and left out', async () => {
    const { exporter, warnings } = await create('firehose', {
      ...stream,
      [`${FIREHOSE}TIMEOUT_MILLIS`]: '-5',
    });
    expect(exporter).toBeDefined();
    expect(warnings).toEqual([
      `${FIREHOSE}TIMEOUT_MILLIS is ignored: Expected \`timeoutMillis\` to be a finite number >= 1 <= 2147483647, got \`-5\``,
    ]);
  });

  it('costs none of the others, however many are wrong', async () => {
    const wrong = {
      [`${FIREHOSE}COMPRESSION`]: 'zstd',
      [`${FIREHOSE}MAX_REQUEST_BYTES`]: '12',
      [`${FIREHOSE}RETRY_BACKOFF_MULTIPLIER`]: '0',
      [`${FIREHOSE}RETRY_MAX_BACKOFF_MILLIS`]: '-1',
      [`${FIREHOSE}CONCURRENCY_LIMIT`]: '0.5',
    };
    const right = {
      [`${FIREHOSE}AGGREGATION`]: 'lines',
      [`${FIREHOSE}RETRY_INITIAL_BACKOFF_MILLIS`]: '5',
    };
    const { exporter, warnings } = await create('firehose', { ...stream, ...right, ...wrong });
    expect(exporter).toBeDefined();
    expect(ignoredOf(warnings).toSorted()).toEqual(Object.keys(wrong).toSorted());
  });

  it('is the one that the refusal names first of two that do not go together', async () => {
    const { exporter, warnings } = await create('firehose', {
      ...stream,
      [`${FIREHOSE}COMPRESSION`]: 'gzip',
      [`${FIREHOSE}AGGREGATION`]: 'none',
    });
    expect(exporter).toBeDefined();
    expect(warnings).toHaveLength(1);
  });

  it('is the method, where leaving out the framing would not help', async () => {
    const { warnings } = await create('http', {
      ...url,
      [`${HTTP}METHOD`]: 'GET',
      [`${HTTP}FRAMING`]: 'array',
      [`${HTTP}TIMEOUT_MILLIS`]: '0',
    });
    expect(ignoredOf(warnings)).toEqual([`${HTTP}METHOD`, `${HTTP}TIMEOUT_MILLIS`]);
  });

  it('is an entry of a map alone, where the refusal names it', async () => {
    const { exporter, warnings } = await create('http', {
      ...url,
      [`${HTTP}HEADERS`]: 'x-one=1,x-two=,x-three=3,x-four=',
    });
    expect(exporter).toBeDefined();
    expect(ignoredOf(warnings)).toEqual([
      `\`x-two\` of ${HTTP}HEADERS`,
      `\`x-four\` of ${HTTP}HEADERS`,
    ]);
  });

  it.each([
    [
      'http',
      'HEADERS',
      'authorization=Bearer%20abc,bad name=2,x-b=3,wor%60%0Ase=4',
      ['bad name', 'wor  se'],
    ],
    ['http', 'HEADERS', 'authorization=Bearer%20abc,x-b=%0d%0ainjected,host=me', ['x-b', 'host']],
    ['http', 'HEADERS', 'authorization=Bearer%20abc,x-day={date:%Q}', ['x-day']],
    ['http', 'HEADERS', 'x-tenant=a,X-Tenant=b', ['X-Tenant']],
    ['http', 'STATIC_FIELDS', 'body=x,z=1,scope=y', ['body', 'scope']],
    ['http', 'SUMO_FIELDS', 'two words=1,team=shop', ['two words']],
    ['cloudwatch-logs', 'TAGS', 'aws:x=1,team=shop', ['aws:x']],
    ['cloudwatch-logs', 'TAGS', many(52), ['name51', 'name52']],
    ['cloudwatch-logs', 'ENTITY_ATTRIBUTES', `a=1,b=${'x'.repeat(513)}`, ['b']],
    ['sqs', 'MESSAGE_ATTRIBUTES', 'severity={severity},aws.x=1', ['aws.x']],
    ['sqs', 'MESSAGE_ATTRIBUTES', many(11), ['name11']],
  ] as const)('is each wrong pair alone, of %s in %s=%s', async (name, variable, pairs, wrong) => {
    const { prefix } = MANIFESTS[name];
    const { exporter, warnings } = await create(name, {
      ...url,
      [`${HTTP}PRESET`]: 'sumologic',
      [`${SQS}QUEUE_NAME`]: 'logs',
      [`${CLOUDWATCH}ENTITY_KEY_ATTRIBUTES`]: 'Type=Service,Name=shop',
      [`${prefix}${variable}`]: pairs,
    });
    expect(exporter).toBeDefined();
    expect(ignoredOf(warnings)).toEqual(
      wrong.map((entry) => `\`${entry}\` of ${prefix}${variable}`),
    );
    expect(warnings.join()).not.toMatch(/Bearer|injected|\n/u);
  });

  it('is a group of variables, where a part of it is missing', async () => {
    const { exporter, warnings } = await create('cloudwatch-logs', {
      [`${CLOUDWATCH}ENTITY_ATTRIBUTES`]: 'a=b',
    });
    expect(exporter).toBeDefined();
    expect(ignoredOf(warnings)).toEqual([`${CLOUDWATCH}ENTITY_ATTRIBUTES`]);
  });

  it('tells which variable is missing beside it', async () => {
    const { exporter, warnings } = await create('firehose', {
      ...stream,
      [`${FIREHOSE}SPOOL_MAX_BYTES`]: '1000000',
    });
    expect(exporter).toBeDefined();
    expect(warnings).toEqual([
      `${FIREHOSE}SPOOL_MAX_BYTES is ignored: Expected \`spool.directory\` to be the path of a folder, got ` +
        `\`undefined\`; ${FIREHOSE}SPOOL_DIRECTORY is not set`,
    ]);
  });

  it('is all of a group, where the group as a whole is refused', async () => {
    const { exporter, warnings } = await create('http', {
      ...url,
      [`${HTTP}SUMO_NAME`]: 'a',
      [`${HTTP}SUMO_CATEGORY`]: 'b',
    });
    expect(exporter).toBeDefined();
    expect(ignoredOf(warnings)).toEqual([`${HTTP}SUMO_NAME, ${HTTP}SUMO_CATEGORY`]);
  });

  it('is bytes for CloudWatch Logs', async () => {
    const { exporter, warnings } = await create('cloudwatch-logs', {
      [`${CLOUDWATCH}ENCODING`]: 'msgpack',
      [`${CLOUDWATCH}COMPRESSION`]: 'gzip',
    });
    expect(exporter).toBeDefined();
    expect(ignoredOf(warnings).toSorted()).toEqual([
      `${CLOUDWATCH}COMPRESSION`,
      `${CLOUDWATCH}ENCODING`,
    ]);
  });
});

describe('no exporter, but an error that names the variable, is answered', () => {
  it.each([
    ['firehose', `${FIREHOSE}DELIVERY_STREAM_NAME`],
    ['sqs', `${SQS}QUEUE_URL or ${SQS}QUEUE_NAME`],
    ['http', `${HTTP}URL`],
    ['zeromq', `${ZEROMQ}ENDPOINT`],
  ] as const)('for %s without %s', async (name, variables) => {
    const { error } = await create(name, {});
    expect(error).toMatchObject({
      code: 'ERR_INVALID_OPTION',
      message: `${name}: no logs go there, set ${variables}`,
    });
  });

  it('for a blank one', async () => {
    const { error } = await create('http', { [`${HTTP}URL`]: ' \n' });
    expect(error?.message).toContain(`set ${HTTP}URL`);
  });

  it('for a required one that is wrong', async () => {
    const { error } = await create('firehose', {
      [`${FIREHOSE}DELIVERY_STREAM_NAME`]: 'two words',
    });
    expect(error?.message).toMatch(
      /^firehose: no logs go there: Expected `deliveryStreamName`.*`two words` \(OTEL_EXPORTER_FIREHOSE_DELIVERY_STREAM_NAME\)$/u,
    );
  });

  it.each([
    { CURVE_SECRET_KEY: 'too short' },
    { CURVE_SERVER_KEY: 'x'.repeat(40) },
    { CURVE_SERVER_KEY: 'x'.repeat(40), CURVE_SECRET_KEY: 'x'.repeat(40) },
    { BIND: 'true', CURVE_SERVER_KEY: 'x'.repeat(40), CURVE_SECRET_KEY: 'x'.repeat(40) },
    {
      BIND: 'true',
      CURVE_SERVER_KEY: 'x'.repeat(40),
      CURVE_PUBLIC_KEY: 'x'.repeat(40),
      CURVE_SECRET_KEY: 'x'.repeat(40),
    },
  ])('for keys of CURVE that are wrong, as records would go unencrypted: %j', async (keys) => {
    const variables = Object.entries(keys).map(([name, text]) => [`${ZEROMQ}${name}`, text]);
    const { error, exporter, warnings } = await create('zeromq', {
      [`${ZEROMQ}ENDPOINT`]: 'tcp://127.0.0.1:5010',
      ...Object.fromEntries(variables),
    });
    expect(exporter).toBeUndefined();
    expect(warnings).toEqual([]);
    expect(error?.message).toContain('curve');
    expect(error?.message).toContain(`${ZEROMQ}CURVE_`);
  });
});

it('takes the address of a queue before its name, and says so', async () => {
  const { exporter, warnings } = await create('sqs', {
    [`${SQS}QUEUE_NAME`]: 'logs',
    [`${SQS}QUEUE_URL`]: 'https://sqs.eu-west-1.amazonaws.com/123456789012/logs',
  });
  expect(exporter).toBeDefined();
  expect(warnings).toEqual([`${SQS}QUEUE_NAME is ignored: ${SQS}QUEUE_URL is set`]);
});

it('tells by OpenTelemetry’s diag where nobody else is asked', async () => {
  const lines = toldLines();
  await createDestinationExporter('http', { ...url, [`${HTTP}METHOD`]: 'FETCH' });
  expect(lines).toEqual([
    `[collectorless] ${HTTP}METHOD is ignored: expected one of \`POST\`, \`PUT\`, \`GET\`, got \`FETCH\``,
  ]);
});
