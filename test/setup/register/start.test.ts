import { type LocalServices, startLocalServices } from 'collectorless/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BY_IMPORT, type FinishedApp, runApp } from './support/run-app.ts';
import { jsonLines, recordsOf, toGroup } from './support/stored-records.ts';

const REGISTER = 'collectorless/register';

interface Start {
  readonly way: string;
  readonly app: 'shop.cjs' | 'shop.mjs';
  readonly nodeArguments: readonly string[];
  readonly nodeOptions?: string;
}

const BY_REQUIRE = ['--require', REGISTER];
const starts: readonly Start[] = [
  { way: '--import', app: 'shop.cjs', nodeArguments: BY_IMPORT },
  { way: '--import', app: 'shop.mjs', nodeArguments: BY_IMPORT },
  { way: '--require', app: 'shop.cjs', nodeArguments: BY_REQUIRE },
  { way: '--require', app: 'shop.mjs', nodeArguments: BY_REQUIRE },
  {
    way: '--import where no ES module can be required',
    app: 'shop.mjs',
    nodeArguments: ['--no-experimental-require-module', ...BY_IMPORT],
  },
  { way: 'NODE_OPTIONS', app: 'shop.cjs', nodeArguments: [], nodeOptions: BY_IMPORT.join(' ') },
  {
    way: 'all three at once',
    app: 'shop.mjs',
    nodeArguments: [...BY_IMPORT, ...BY_REQUIRE],
    nodeOptions: BY_IMPORT.join(' '),
  },
];

let services: LocalServices;
const finished = new Map<string, FinishedApp>();

const groupOf = ({ app, way }: Start): string => `/${way.replaceAll(/\W/g, '_')}/${app}`;

beforeAll(async () => {
  services = await startLocalServices();
  // One after the other: on a busy machine the end of many at once takes longer than a process waits.
  for (const start of starts) {
    const { app, nodeArguments, nodeOptions } = start;
    const environment = { ...toGroup(groupOf(start)), NODE_OPTIONS: nodeOptions };
    finished.set(groupOf(start), await runApp(app, { services, nodeArguments, environment }));
  }
}, 60_000);

afterAll(async () => {
  expect(services.violations).toEqual([]);
  await services.close();
});

describe.each(starts)('an application started by $way ($app)', (start) => {
  const group = groupOf(start);

  it('has each of its lines stored once, with the service and the trace that pino wrote', () => {
    const written = jsonLines(finished.get(group)?.stdout ?? '').map(({ msg, path, trace_id }) => ({
      body: msg,
      path,
      trace_id,
      service: 'shop',
    }));
    expect(written.map(({ body }) => body)).toEqual([
      'listening',
      ...Array.from({ length: 3 }, () => ['request', 'answered']).flat(),
      'served',
    ]);
    const stored = recordsOf(services, group).map(({ attributes, body, resource, trace_id }) => ({
      body,
      path: attributes?.['path'],
      trace_id,
      service: resource?.['service.name'],
    }));
    // Requests overtake each other.
    expect(stored).toHaveLength(written.length);
    expect(stored).toEqual(expect.arrayContaining(written));
  });

  it('has one trace for each request, on all of its lines', () => {
    const pathsByTrace = Map.groupBy(recordsOf(services, group), ({ trace_id }) => trace_id);
    pathsByTrace.delete(undefined);
    const paths = [...pathsByTrace.values()].map((records) =>
      records.map(({ attributes }) => attributes?.['path']),
    );
    expect(paths.sort()).toEqual(['/a', '/b', '/c'].map((path) => [path, path]));
  });

  it('ends as it would without us, and nothing is written for it to stderr', () => {
    const { code, signal, stderr } = finished.get(group) ?? {};
    expect({ code, signal, stderr }).toEqual({ code: 0, signal: null, stderr: '' });
  });
});

it('starts also while the application imports other parts of the package', async () => {
  const { code, stderr, stdout } = await runApp('imports-both.mjs', {
    services,
    nodeArguments: [],
  });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(jsonLines(stdout)).toEqual([{ processors: 1 }]);
});

it.each([BY_IMPORT, BY_REQUIRE])(
  'leaves `node -p` the globals that it has, by %s',
  async (...way) => {
    const nodeArguments = [...way, '-p', 'os.constants.signals.SIGTERM'];
    const { code, stderr, stdout } = await runApp('loggers.cjs', { services, nodeArguments });
    expect({ code, stderr, stdout }).toEqual({ code: 0, stderr: '', stdout: '15\n' });
  },
);
