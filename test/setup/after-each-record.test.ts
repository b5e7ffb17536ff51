import { context } from '@opentelemetry/api';
import { LoggerProvider, type LogRecordProcessor } from '@opentelemetry/sdk-logs';
import { describe, expect, it } from 'vitest';
import { afterEachRecord } from '../../src/setup/after-each-record.ts';

class Processor {
  readonly events: unknown[] = [];

  onEmit({ body }: Parameters<LogRecordProcessor['onEmit']>[0]): void {
    this.events.push(body);
  }

  forceFlush(): Promise<void> {
    return Promise.resolve();
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }
}

describe('a task after each record', () => {
  it('runs when the processor has the record, until it is stopped', () => {
    const processor = new Processor();
    const { events } = processor;
    const logger = new LoggerProvider({ processors: [processor] }).getLogger('app');
    const emit = (body: string): void => logger.emit({ body, context: context.active() });
    emit('before');
    const stop = afterEachRecord(processor, () => events.push('task'));
    emit('one');
    emit('two');
    stop();
    emit('after');
    expect(events).toEqual(['before', 'one', 'task', 'two', 'task', 'after']);
    expect(Object.hasOwn(processor, 'onEmit')).toBe(false);
  });

  it('leaves the processor its own method', () => {
    const onEmit = (): void => {};
    const processor = Object.assign(new Processor(), { onEmit });
    afterEachRecord(processor, () => {})();
    expect(processor.onEmit).toBe(onEmit);
  });

  it('is no task where there is no processor', () => {
    expect(() => afterEachRecord(undefined, () => {})()).not.toThrow();
  });
});
