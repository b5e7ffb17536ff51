import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { context, trace } from '@opentelemetry/api';
import { isTracingSuppressed } from '@opentelemetry/core';
import { expect, it, onTestFinished } from 'vitest';
import { type Destination, DestinationLogRecordExporter } from '../../src/index.ts';
import { createLogRecord } from '../../src/testing/index.ts';
import { AlsContextManager } from '../support/als-context-manager.ts';
import { tempFolder } from '../support/temp-folder.ts';

const SPAN = trace.wrapSpanContext({
  traceId: '1'.repeat(32),
  spanId: '2'.repeat(16),
  traceFlags: 1,
});

/** Runs the work where the application has a span, whose children instrumentations would make of calls. */
async function inSpan(work: () => Promise<void>): Promise<void> {
  context.setGlobalContextManager(new AlsContextManager());
  onTestFinished(() => context.disable());
  await context.with(trace.setSpan(context.active(), SPAN), work);
}

function isTraced(): boolean {
  return !isTracingSuppressed(context.active()) || trace.getActiveSpan() !== undefined;
}

function recordFor(stream: string): ReturnType<typeof createLogRecord> {
  return createLogRecord({ attributes: { stream } });
}

it('a destination sends, lets go of a target and closes outside of the trace of the application', async () => {
  const calls: { readonly name: string; readonly isTraced: boolean }[] = [];
  const note = (name: string): void => void calls.push({ name, isTraced: isTraced() });
  const destination: Destination = {
    name: 'own',
    targetNames: { stream: '{attributes.stream}' },
    async send() {
      note('send');
      return { status: 'delivered' };
    },
    release: () => note('release'),
    close: async () => note('close'),
  };
  await inSpan(async () => {
    const exporter = new DestinationLogRecordExporter({ destination, maxTargets: 2 });
    for (const stream of ['a', 'b', 'c', 'd']) {
      exporter.export([recordFor(stream)], () => {});
      await exporter.forceFlush();
    }
    await exporter.shutdown();
  });
  expect(new Set(calls.map(({ name }) => name))).toEqual(new Set(['send', 'release', 'close']));
  expect(calls.filter((call) => call.isTraced)).toEqual([]);
});

it('files of a spool are written and deleted outside of the trace of the application', async () => {
  const calls: { readonly name: string; readonly isTraced: boolean }[] = [];
  for (const name of ['open', 'opendir', 'unlink', 'rmdir'] as const) {
    const original = fs.promises[name];
    // As instrumentations do.
    Object.assign(fs.promises, {
      [name]: (...args: unknown[]) => {
        calls.push({ name, isTraced: isTraced() });
        return Reflect.apply(original, fs.promises, args);
      },
    });
    onTestFinished(() => {
      Object.assign(fs.promises, { [name]: original });
      syncBuiltinESMExports();
    });
  }
  syncBuiltinESMExports();
  const destination: Destination = { name: 'own', send: async () => ({ status: 'delivered' }) };
  await inSpan(async () => {
    const spool = { directory: tempFolder() };
    const exporter = new DestinationLogRecordExporter({ destination, spool });
    exporter.export([recordFor('a')], () => {});
    await exporter.forceFlush();
    await exporter.shutdown();
  });
  expect(calls.map(({ name }) => name)).toContain('rmdir');
  expect(calls.filter((call) => call.isTraced)).toEqual([]);
});
