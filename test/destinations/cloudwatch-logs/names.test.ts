import { hostname } from 'node:os';
import { createLogRecord, createResource } from 'collectorless/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RunOptions, withAws } from '../aws/support/aws-run.ts';

type Attributes = Readonly<Record<string, unknown>>;

/** Where records of these resources arrive, as `group | stream`. */
async function targets(options: RunOptions, resources: readonly Attributes[]): Promise<string[]> {
  const found: string[] = [];
  await withAws('cloudwatch-logs', options, async ({ send, services }) => {
    const sent = resources.map((attributes) =>
      createLogRecord({ resource: createResource(attributes as Record<string, string>) }),
    );
    expect(await send(sent)).toBe(0);
    for (const { logGroupName, logStreamName } of services.cloudWatchLogs.events) {
      found.push(`${logGroupName} | ${logStreamName}`);
    }
  });
  return found;
}

const here = `${hostname()}/${process.pid}`;

describe('group and stream', () => {
  it.each<[string, Attributes, string]>([
    ['nothing', {}, `/otel/unknown | ${here}`],
    ['a service', { 'service.name': 'shop' }, `/otel/shop | ${here}`],
    [
      'an instance',
      { 'service.name': 'shop', 'service.instance.id': 'i-1', 'host.name': 'h' },
      '/otel/shop | i-1',
    ],
    ['host and process', { 'host.name': 'h', 'process.pid': 7 }, '/otel/unknown | h/7'],
    ['a host', { 'host.name': 'h' }, `/otel/unknown | h/${process.pid}`],
    [
      'lists',
      { 'aws.log.group.names': ['/ecs/a', '/b'], 'aws.log.stream.names': ['s/1', 's2'] },
      '/ecs/a | s/1',
    ],
    [
      'joined lists',
      { 'aws.log.group.names': '/ecs/a&/b', 'aws.log.stream.names': 's/1&s2' },
      '/ecs/a | s/1',
    ],
    ['a stream with &', { 'aws.log.group.names': 'g', 'aws.log.stream.names': ['a&b'] }, 'g | a&b'],
    [
      'lists that begin empty',
      { 'aws.log.group.names': ['', '/b'], 'aws.log.stream.names': '&s' },
      '/b | s',
    ],
    [
      'empty lists',
      {
        'aws.log.group.names': [],
        'aws.log.stream.names': '',
        'service.name': 'shop',
        'service.instance.id': 'i',
      },
      '/otel/shop | i',
    ],
    [
      'lists of other things',
      {
        'aws.log.group.names': [{}],
        'aws.log.stream.names': [null],
        'service.name': 'shop',
        'service.instance.id': 'i',
      },
      '/otel/shop | i',
    ],
    [
      'hostile texts',
      { 'service.name': '../../aws/lambda/x', 'service.instance.id': 'a:b*c/d' },
      '/otel/.._.._aws_lambda_x | a_b_c_d',
    ],
    [
      'a group that is reserved',
      { 'aws.log.group.names': ['aws/x'], 'aws.log.stream.names': ['a:*'] },
      '_aws/x | a__',
    ],
  ])('come from %s', async (_what, attributes, expected) => {
    expect(await targets({}, [attributes])).toEqual([expected]);
  });

  it('come from what is left when an attribute throws', async () => {
    const attributes = {
      get 'service.name'(): string {
        throw new Error('no');
      },
      'service.instance.id': 'i',
    };
    let stream = '';
    await withAws('cloudwatch-logs', {}, async ({ send, services }) => {
      const resource = { ...createResource(), attributes };
      expect(await send([createLogRecord({ resource })])).toBe(0);
      stream = [
        ...(services.cloudWatchLogs.groups.get('/otel/unknown')?.streams.keys() ?? []),
      ].join();
    });
    expect(stream).toBe('i');
  });

  it.each<[string, RunOptions, string]>([
    ['names', { logGroupName: 'g', logStreamName: 's' }, 'g | s'],
    [
      'templates',
      { logGroupName: '/a/{service.name}', logStreamName: '{scope.name}/{severity}' },
      '/a/shop | local-scope/info',
    ],
    ['functions', { logGroupName: () => 'a b', logStreamName: () => 'x:y' }, 'a_b | x_y'],
    [
      'functions without answer',
      { logGroupName: () => undefined, logStreamName: () => '' },
      'unknown | unknown',
    ],
  ])('can be %s', async (_what, options, expected) => {
    expect(await targets(options, [{ 'service.name': 'shop' }])).toEqual([expected]);
  });

  it('are names that the service takes, within their fixed text, whatever the values', async () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ minLength: 500, maxLength: 700 }),
      fc.constantFrom(
        'aws/x',
        '/../',
        ':*',
        '\u0000',
        '\ud800',
        '😀'.repeat(300),
        '{x}',
        '__proto__',
      ),
    );
    const options = {
      logGroupName: '/app/{service.name}',
      logStreamName: 'x/{service.instance.id}',
    };
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(hostile, hostile), { minLength: 1, maxLength: 8 }),
        fc.boolean(),
        async (values, isDefault) => {
          const resources = values.map(([name, id]) => ({
            'service.name': name,
            'service.instance.id': id,
            ...(isDefault ? { 'aws.log.stream.names': [id] } : {}),
          }));
          for (const found of await targets(isDefault ? {} : options, resources)) {
            expect(found).toMatch(
              isDefault ? /^\/otel\/[^/]* \| /u : /^\/app\/[^/]* \| x\/[^/]*$/u,
            );
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  it('of resources that are too many are those of the overflow, not of another resource', async () => {
    const resources = Array.from({ length: 5 }, (_, index) => ({
      'service.name': `s${index}`,
      'service.instance.id': 'i',
    }));
    const found = await targets({ maxTargets: 2 }, resources);
    expect(found).toHaveLength(5);
    expect(new Set(found.slice(0))).toEqual(
      new Set(['/otel/s0 | i', '/otel/s1 | i', '/otel/overflow | overflow']),
    );
  });
});
