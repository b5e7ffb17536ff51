import { hostname } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type LocalServices, startLocalServices } from 'collectorless/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../packaging/support/package-root.ts';
import { BY_IMPORT, runApp } from './support/run-app.ts';
import { jsonLines, recordsOf, type StoredRecord, toGroup } from './support/stored-records.ts';

const LINE_COUNT = 8;
/** What the native part of `zeromq` itself says when the machine is so busy that its messages take half a second. */
const WAIT_OF_ZEROMQ = /^\(node:\d+\) WARNING: Waiting for queued ZeroMQ messages .*\n/mu;

let services: LocalServices;

beforeAll(async () => {
  services = await startLocalServices({ zeromq: true });
});

afterAll(async () => {
  expect(services.violations).toEqual([]);
  await services.close();
});

describe('an application without OpenTelemetry code', () => {
  it('sends to all five destinations of a list, and is told once of a name that is none', async () => {
    const { code, stderr } = await runApp('shop.cjs', {
      services,
      environment: {
        ...toGroup('/five'),
        OTEL_LOGS_EXPORTER: 'cloudwatch-logs, firehose,sqs,http,zeromq,kafka',
        OTEL_EXPORTER_FIREHOSE_DELIVERY_STREAM_NAME: 'five',
        OTEL_EXPORTER_SQS_QUEUE_NAME: 'five',
        OTEL_EXPORTER_HTTP_LOGS_URL: `${services.http.url}/five`,
        OTEL_EXPORTER_ZEROMQ_ENDPOINT: services.zeromq.endpoint,
      },
    });
    expect(code).toBe(0);
    expect(stderr.replace(WAIT_OF_ZEROMQ, '')).toMatch(
      /^\[collectorless\] OTEL_LOGS_EXPORTER: `kafka` is ignored.*\n$/,
    );
    // What is on its way to a ZeroMQ socket arrives without an answer.
    await expect.poll(() => services.zeromq.decoded.length).toBe(LINE_COUNT);
    const stored = {
      cloudWatchLogs: recordsOf(services, '/five'),
      firehose: services.firehose.decoded as StoredRecord[],
      sqs: services.sqs.decoded as StoredRecord[],
      http: jsonLines(bodiesAt('/five')) as StoredRecord[],
      zeromq: services.zeromq.decoded as StoredRecord[],
    };
    for (const [name, records] of Object.entries(stored)) {
      const traced = records.filter(({ trace_id }) => trace_id !== undefined);
      expect([name, records.length, traced.length]).toEqual([name, LINE_COUNT, LINE_COUNT - 2]);
    }
  });

  it('runs as without us when OTEL_SDK_DISABLED is true', async () => {
    const environment = { ...toGroup('/disabled'), OTEL_SDK_DISABLED: 'True' };
    const { code, stderr, stdout } = await runApp('shop.cjs', { services, environment });
    expect([code, stderr]).toEqual([0, '']);
    expect(jsonLines(stdout)).toHaveLength(LINE_COUNT);
    expect(stdout).not.toContain('trace_id');
    expect(recordsOf(services, '/disabled')).toEqual([]);
  });

  it('runs, and is told the variable that is missing', async () => {
    const environment = { OTEL_LOGS_EXPORTER: 'sqs' };
    const { code, stderr, stdout } = await runApp('shop.cjs', { services, environment });
    expect(code).toBe(0);
    expect(jsonLines(stdout)).toHaveLength(LINE_COUNT);
    expect(stderr).toMatch(/^\[collectorless\] sqs: .*OTEL_EXPORTER_SQS_QUEUE_NAME.*\n$/);
  });

  it('is told that no exporter is chosen, and has its traces in its own lines', async () => {
    const environment = { OTEL_LOGS_EXPORTER: undefined };
    const { code, stderr, stdout } = await runApp('shop.cjs', { services, environment });
    expect(code).toBe(0);
    expect(stderr).toMatch(/^\[collectorless\] OTEL_LOGS_EXPORTER is not set.*\n$/);
    const traced = jsonLines(stdout).filter(({ trace_id }) => trace_id !== undefined);
    expect(traced).toHaveLength(LINE_COUNT - 2);
  });

  it('is told of an OTEL_LOG_LEVEL that is none', async () => {
    const environment = { OTEL_LOGS_EXPORTER: 'none', OTEL_LOG_LEVEL: 'warning' };
    const { stderr } = await runApp('loggers.cjs', { services, environment });
    expect(stderr).toMatch(/^\[collectorless\] OTEL_LOG_LEVEL is ignored: .*, got `warning`\n$/);
  });

  it('is told nothing when OTEL_LOG_LEVEL asks for that', async () => {
    const environment = { OTEL_LOGS_EXPORTER: 'sqs', OTEL_LOG_LEVEL: 'NONE' };
    const { code, stderr } = await runApp('shop.cjs', { services, environment });
    expect([code, stderr]).toEqual([0, '']);
  });

  it.each(['debug', 'ALL'])(
    'has its own lines alone on stdout when OTEL_LOG_LEVEL is %s, which goes to stderr',
    async (level) => {
      const environment = { OTEL_LOGS_EXPORTER: 'none', OTEL_LOG_LEVEL: level };
      const { code, stderr, stdout } = await runApp('shop.cjs', { services, environment });
      expect(code).toBe(0);
      expect(jsonLines(stdout)).toHaveLength(LINE_COUNT);
      expect(stdout.trimEnd().split('\n')).toHaveLength(LINE_COUNT);
      expect(stderr).toContain('@opentelemetry/instrumentation');
    },
  );

  it('sends nothing to an OTLP endpoint unasked', async () => {
    const endpoint = `${services.http.url}/unasked`;
    const environment = { ...toGroup('/unasked'), OTEL_EXPORTER_OTLP_ENDPOINT: endpoint };
    await runApp('shop.cjs', { services, environment });
    expect(recordsOf(services, '/unasked')).toHaveLength(LINE_COUNT);
    expect(services.http.requests.filter(({ path }) => path.includes('unasked'))).toEqual([]);
  });

  it('exports spans and OTLP logs when they are asked for, and none of our own requests', async () => {
    const { code, stderr } = await runApp('shop.cjs', {
      services,
      environment: {
        ...toGroup('/otlp'),
        OTEL_LOGS_EXPORTER: 'cloudwatch-logs,otlp',
        OTEL_TRACES_EXPORTER: 'otlp',
        OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
        OTEL_EXPORTER_OTLP_ENDPOINT: `${services.http.url}/otlp`,
        OTEL_NODE_DISABLED_INSTRUMENTATIONS: 'net,dns',
      },
    });
    expect([code, stderr]).toEqual([0, '']);
    expect(recordsOf(services, '/otlp')).toHaveLength(LINE_COUNT);
    expect(countIn(bodiesAt('/otlp/v1/logs'), '"observedTimeUnixNano"')).toBe(LINE_COUNT);
    // The client's and the server's for each of the three requests.
    expect(countIn(bodiesAt('/otlp/v1/traces'), '"startTimeUnixNano"')).toBe(6);
  });

  it.each([
    ['jaeger', '`jaeger` is ignored'],
    ['OTLP', '`OTLP` (did you mean `otlp`?) is ignored'],
  ])('is told that there is no exporter of spans named %s', async (name, told) => {
    const environment = { ...toGroup(`/spans-${name}`), OTEL_TRACES_EXPORTER: name };
    const { code, stderr } = await runApp('shop.cjs', { services, environment });
    const expected = 'expected one or more of `otlp`, `zipkin`, `console`, `none`';
    expect([code, stderr]).toEqual([
      0,
      `[collectorless] OTEL_TRACES_EXPORTER: ${told}, ${expected}\n`,
    ]);
    expect(recordsOf(services, `/spans-${name}`)).toHaveLength(LINE_COUNT);
  });

  it('writes to the console when it is asked to', async () => {
    const environment = { OTEL_LOGS_EXPORTER: 'console' };
    const { code, stderr, stdout } = await runApp('shop.cjs', { services, environment });
    expect([code, stderr]).toEqual([0, '']);
    expect(countIn(stdout, "name: '@opentelemetry/instrumentation-pino'")).toBe(LINE_COUNT);
  });

  it('says where it runs, in what the variables and the detectors know', async () => {
    const environment = {
      ...toGroup('/resource'),
      OTEL_SERVICE_NAME: undefined,
      OTEL_RESOURCE_ATTRIBUTES: 'service.name=till,team=checkout,host.name=given',
    };
    await runApp('shop.cjs', { services, environment });
    const [first] = recordsOf(services, '/resource');
    expect(first?.resource).toMatchObject({
      'service.name': 'till',
      'service.instance.id': expect.stringMatching(/^[\da-f-]{36}$/),
      team: 'checkout',
      'host.name': 'given',
      'process.pid': expect.any(Number),
      'os.type': expect.any(String),
    });
  });

  it('has only the attributes of the detectors that it asks for', async () => {
    const environment = { ...toGroup('/detectors'), OTEL_NODE_RESOURCE_DETECTORS: 'host' };
    await runApp('shop.cjs', { services, environment });
    const [first] = recordsOf(services, '/detectors');
    expect(first?.resource).toMatchObject({ 'host.name': hostname() });
    expect(first?.resource).not.toHaveProperty(['process.pid']);
  });

  it('runs on when nothing can be started, and is told so', async () => {
    const broken = 'data:text/javascript,process.cwd=()=>{throw new Error("Folder is gone")}';
    const register = pathToFileURL(join(packageRoot, 'dist/register.mjs')).href;
    const { code, stderr, stdout } = await runApp('shop.cjs', {
      services,
      nodeArguments: ['--import', broken, '--import', register],
    });
    expect(code).toBe(0);
    expect(jsonLines(stdout)).toHaveLength(LINE_COUNT);
    expect(stderr).toBe('[collectorless] OpenTelemetry is not started: Error: Folder is gone\n');
  });

  it('keeps its own OpenTelemetry, started before us', async () => {
    const environment = { ...toGroup('/other'), OTEL_METRICS_EXPORTER: 'none' };
    const other = ['--import', '@opentelemetry/auto-instrumentations-node/register'];
    const { code, stderr } = await runApp('shop.cjs', {
      services,
      nodeArguments: [...other, ...BY_IMPORT],
      environment: {
        ...environment,
        OTEL_TRACES_EXPORTER: 'none',
        OTEL_NODE_RESOURCE_DETECTORS: 'env',
      },
    });
    expect(code).toBe(0);
    expect(stderr).toContain('OpenTelemetry runs already');
    expect(recordsOf(services, '/other')).toEqual([]);
  });
});

/** What was sent to this path of the HTTP receiver. */
function bodiesAt(path: string): string {
  const bodies = services.http.accepted.filter((request) => request.path === path);
  return bodies.map(({ body }) => body.toString('utf8')).join('');
}

function countIn(text: string, part: string): number {
  return text.split(part).length - 1;
}
