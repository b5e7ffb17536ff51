import { readFileSync } from 'node:fs';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { FirehoseClient } from '@aws-sdk/client-firehose';
import { context, trace } from '@opentelemetry/api';
import { isTracingSuppressed } from '@opentelemetry/core';
import type { LocalServices } from 'collectorless/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { VERSION } from '../../../src/version.ts';
import { AlsContextManager } from '../../support/als-context-manager.ts';
import { exportRecords } from '../../support/export-records.ts';
import {
  type AwsExporter,
  createExporter,
  PUT,
  type RunOptions,
  records,
  withAws,
} from './support/aws-run.ts';

const forms = [
  ['firehose', FirehoseClient],
  ['cloudwatch-logs', CloudWatchLogsClient],
] as const;

const local: LocalServices['clientConfig'] = {
  endpoint: 'http://127.0.0.1:1',
  region: 'eu-west-1',
  credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
};

type Handler = FirehoseClient['config']['requestHandler'];

/** The SDK's own handler, and what is asked of it. */
class WatchedHandler {
  requests = 0;
  destroyed = 0;
  readonly suppressed: boolean[] = [];
  readonly spans: unknown[] = [];
  readonly userAgents: (string | undefined)[] = [];
  readonly #real = new FirehoseClient(local).config.requestHandler;

  handle(...args: Parameters<Handler['handle']>): ReturnType<Handler['handle']> {
    this.requests += 1;
    this.suppressed.push(isTracingSuppressed(context.active()));
    this.spans.push(trace.getSpan(context.active()));
    this.userAgents.push(args[0].headers['user-agent']);
    return this.#real.handle(...args);
  }

  destroy(): void {
    this.destroyed += 1;
    this.#real.destroy?.();
  }
}

const withHandler =
  (handler: WatchedHandler, more: object = {}) =>
  ({ clientConfig }: LocalServices) => ({
    clientConfig: { ...clientConfig, requestHandler: handler, ...more },
  });

describe.each(forms)('the client for %s', (destination, Client) => {
  const operation = PUT[destination];

  it('of our own makes one attempt a request, and is closed', async () => {
    const handler = new WatchedHandler();
    const options = withHandler(handler, { maxAttempts: undefined });
    await withAws(
      destination,
      (services) => ({ ...options(services), timeoutMillis: 300 }),
      async ({ exporter, send, services }) => {
        services.setFaults([{ kind: 'internal-error', operation }]);
        expect(await send(records(1))).toBe(1);
        expect(exporter.stats().requests).toBe(handler.requests);
        expect(handler.requests).toBeGreaterThan(1);
        expect(handler.destroyed).toBe(0);
      },
    );
    expect(handler.destroyed).toBe(1);
  });

  it('of the user is used as it is, and is not closed', async () => {
    const handler = new WatchedHandler();
    let client: FirehoseClient | CloudWatchLogsClient | undefined;
    await withAws(
      destination,
      ({ clientConfig }) => {
        client = new Client({ ...clientConfig, requestHandler: handler, maxAttempts: 3 });
        return { client };
      },
      async ({ calls, exporter, send, services }) => {
        services.setFaults([{ kind: 'reset-before-accept', operation, times: 2 }]);
        expect(await send(records(1))).toBe(0);
        // The user's client retries by itself: the exporter sees one request.
        expect(exporter.stats().requests).toBe(1);
        expect(calls()).toHaveLength(3);
        await exporter.shutdown();
        expect(handler.destroyed).toBe(0);
        const again = createExporter(destination, services, { client });
        await exportRecords(again, records(1));
        expect(again.stats().delivered).toBe(1);
        await again.shutdown();
      },
    );
    client?.destroy();
  });

  it('names this package and its version in the user agent', async () => {
    const handler = new WatchedHandler();
    await withAws(destination, withHandler(handler), async ({ send }) => {
      await send(records(1));
      expect(handler.userAgents[0]).toContain(`collectorless/${VERSION}`);
    });
  });

  it('makes its requests with tracing suppressed, in no span of the application', async () => {
    context.setGlobalContextManager(new AlsContextManager());
    onTestFinished(() => context.disable());
    const handler = new WatchedHandler();
    const span = trace.wrapSpanContext({
      traceId: '1'.repeat(32),
      spanId: '2'.repeat(16),
      traceFlags: 1,
    });
    await withAws(destination, withHandler(handler), async ({ send, services }) => {
      services.setFaults([{ kind: 'throttle', operation, times: 2 }]);
      await context.with(trace.setSpan(context.active(), span), () => send(records(1)));
      expect(handler.suppressed).toEqual([true, true, true]);
      expect(handler.spans).toEqual([undefined, undefined, undefined]);
    });
  });

  it('is made on first use, and not at all when nothing is exported', async () => {
    let asked = 0;
    const clientConfig = {
      ...local,
      get endpoint(): string {
        asked += 1;
        return local.endpoint;
      },
    };
    const exporter = createExporter(destination, { clientConfig });
    await exporter.forceFlush();
    await exporter.shutdown();
    expect(asked).toBe(0);
  });

  it.each<[string, RunOptions, RegExp]>([
    ['both', { client: {}, clientConfig: {} }, /either `client` or `clientConfig`, got both/],
    ['a client that is none', { client: {} }, /`client` to be a client of `@aws-sdk\/client-/],
    ['a text as client', { client: 'x', clientConfig: undefined }, /`client`.*got `string`/],
    ['a text as configuration', { clientConfig: 'eu-west-1' }, /`clientConfig`.*got `string`/],
    ['no configuration', { clientConfig: null }, /`clientConfig`.*got `null`/],
  ])('is refused when it is %s', (_what, options, message) => {
    const create = (): AwsExporter =>
      createExporter(destination, { clientConfig: local }, { clientConfig: undefined, ...options });
    expect(create).toThrow(
      expect.objectContaining({
        code: 'ERR_INVALID_OPTION',
        message: expect.stringMatching(message),
      }),
    );
  });
});

it('the version is the one in package.json', () => {
  const { version } = JSON.parse(
    readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'),
  );
  expect(VERSION).toBe(version);
});
