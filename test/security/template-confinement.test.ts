import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createLogRecord, createResource } from 'collectorless/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  LOG_GROUP_NAME,
  LOG_STREAM_NAME,
} from '../../src/destinations/cloudwatch-logs/cloudwatch-logs-limits.ts';
import { DEFAULT_LOG_GROUP_NAME } from '../../src/destinations/cloudwatch-logs/default-names.ts';
import { DELIVERY_STREAM_NAME } from '../../src/destinations/firehose/firehose-limits.ts';
import { compileUrl } from '../../src/destinations/http/url-option.ts';
import { compileQueueOption } from '../../src/destinations/sqs/queue-option.ts';
import { TOPIC_NAME } from '../../src/destinations/zeromq/zeromq-limits.ts';
import { DestinationLogRecordExporter } from '../../src/index.ts';
import { compileTargetName, type TargetName } from '../../src/route/target-name.ts';
import { exportRecords } from '../support/export-records.ts';
import { tempFolder } from '../support/temp-folder.ts';

const hostile = fc.oneof(
  fc.constantFrom('..', '.', '../..', '/', '\\', '//h', 'h@evil', '?a=1', '&a=1', '#', '%2e', ':'),
  fc.constantFrom('\r\n', '\0', '*', '.fifo', '{service.name}', 'a/../b', '$&', '$1', '__proto__'),
  fc.string({ unit: 'binary', maxLength: 60 }),
);
const render = (name: TargetName | undefined, value: string): string =>
  name?.render(
    createLogRecord({
      attributes: { x: value },
      resource: createResource({ 'service.name': value }),
    }),
  ) ?? '';

const names: Readonly<Record<string, [TargetName | undefined, RegExp]>> = {
  'log group': [compileTargetName('/a/{attributes.x}/b', LOG_GROUP_NAME), /^\/a\/[^/]+\/b$/u],
  'default log group': [DEFAULT_LOG_GROUP_NAME, /^\/otel\/[^/]+$/u],
  'log stream': [compileTargetName('a/{attributes.x}/b', LOG_STREAM_NAME), /^a\/[^/]+\/b$/u],
  'delivery stream': [compileTargetName('a-{attributes.x}-b', DELIVERY_STREAM_NAME), /^a-.+-b$/u],
  'queue name': [
    compileQueueOption({ queueName: 'a-{attributes.x}-b' }).names['queueName'],
    /^a-[\w-]+-b$/u,
  ],
  'queue address': [
    compileQueueOption({ queueUrl: 'https://h/1/a-{attributes.x}-b' }).names['queueUrl'],
    /^https:\/\/h\/1\/a-[\w-]+-b$/u,
  ],
  topic: [compileTargetName('a.{attributes.x}.b', TOPIC_NAME), /^a\.[^.\s/]+\.b$/u],
};

describe.each(Object.entries(names))('a value in the %s', (_, [name, shape]) => {
  it('never leaves its place between the fixed texts', () => {
    fc.assert(
      fc.property(hostile, (value) => {
        expect(render(name, value)).toMatch(shape);
      }),
    );
  });
});

describe('a value in the url', () => {
  it.each([
    'http://h:1/a/{attributes.x}/b?c=1&d=2',
    'http://h:1/a/.{attributes.x}/b?c=1&d=2',
    'http://h:1/a/{attributes.x}{attributes.x}/b?c=1&d=2',
    'http://h:1/a/%2e{attributes.x}/b?c=1&d=2',
  ])('changes neither host, nor path around it, nor query: %s', (template) => {
    const name = compileUrl(template);
    fc.assert(
      fc.property(hostile, (value) => {
        const { hash, host, password, pathname, search, username } = new URL(render(name, value));
        expect({ hash, host, password, search, username }).toEqual({
          hash: '',
          host: 'h:1',
          password: '',
          search: '?c=1&d=2',
          username: '',
        });
        expect(pathname).toMatch(/^\/a\/[^/]+\/b$/u);
      }),
    );
  });

  it('adds no member to the query', () => {
    const name = compileUrl('http://h/?a={attributes.x}&{attributes.x}=b');
    fc.assert(
      fc.property(hostile, (value) => {
        const { pathname, searchParams } = new URL(render(name, value));
        expect(pathname).toBe('/');
        expect([...searchParams]).toHaveLength(2);
      }),
    );
  });

  it.each(['http://h/a/%{attributes.x}/b', 'http://h/a/%2{attributes.x}/b', 'http://h/?a=%{x}'])(
    'never completes a percent-encoding: %s is refused',
    (template) => {
      expect(() => compileUrl(template)).toThrow('half percent-encoding');
    },
  );
});

describe('files of the spool', () => {
  it.each(['..', '../../outside', '/outside', 'a/b', 'a\\b', '.', 'CON', 'x'.repeat(300), '\n'])(
    'stay in its folder for a destination, an encoding and a target named %j',
    async (hostileName) => {
      const root = tempFolder();
      const directory = join(root, 'spool');
      mkdirSync(directory);
      const exporter = new DestinationLogRecordExporter({
        destination: {
          name: hostileName,
          spoolScope: hostileName,
          targetNames: { a: ({ attributes }) => String(attributes['x']) },
          send: () => Promise.reject(new Error('down')),
        },
        encoding: {
          name: hostileName,
          contentType: 'text/plain',
          isText: true,
          encode: () => 'text',
        },
        spool: { directory },
        shutdownTimeoutMillis: 100,
      });
      const record = createLogRecord({ attributes: { x: hostileName } });
      await exportRecords(exporter, [record]);
      await exporter.shutdown();
      expect(exporter.stats().spooled).toBe(1);
      expect(readdirSync(root)).toEqual(['spool']);
      const groups = readdirSync(directory);
      expect(groups).toHaveLength(1);
      expect(groups[0]).toMatch(/^[\w-][\w.-]{0,99}$/u);
    },
  );
});
