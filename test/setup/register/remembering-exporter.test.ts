import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import { createLogRecord } from 'collectorless/testing';
import { expect, it } from 'vitest';
import { RememberingExporter } from '../../../src/setup/remembering-exporter.ts';
import { toldLines } from '../../support/told-lines.ts';

type Answer = (result: ExportResult) => void;

const record = (body: string) => createLogRecord({ body });
const SUCCESS: ExportResult = { code: ExportResultCode.SUCCESS };
const FAILED: ExportResult = { code: ExportResultCode.FAILED };

/** An exporter that answers when it is told to. */
function create() {
  const answers: Answer[] = [];
  const exporter = new RememberingExporter('otlp', {
    export: (_records, answer) => void answers.push(answer),
    forceFlush: async () => {},
    shutdown: async () => {},
  });
  const results: ExportResult[] = [];
  return {
    answers,
    results,
    exporter,
    log: (...bodies: string[]) =>
      exporter.export(bodies.map(record), (result) => void results.push(result)),
    taken: () => exporter.takeBack().records.map(({ body }) => body),
  };
}

it('hands back what failed and what is under way, and nothing that is delivered', () => {
  const { answers, log, results, taken } = create();
  log('delivered');
  log('failed', 'failed too');
  log('under way');
  answers[1]?.(FAILED);
  answers[0]?.(SUCCESS);
  expect(results).toEqual([FAILED, SUCCESS]);
  expect(taken()).toEqual(['failed', 'failed too', 'under way']);
});

it('hands back each record once, also when its export fails afterwards', () => {
  const { answers, log, taken } = create();
  log('under way');
  expect(taken()).toEqual(['under way']);
  answers[0]?.(FAILED);
  expect(taken()).toEqual([]);
});

it('hands back what an exporter that throws was given', () => {
  const exporter = new RememberingExporter('otlp', {
    export: () => {
      throw new Error('Broken');
    },
    forceFlush: async () => {},
    shutdown: async () => {},
  });
  expect(() => exporter.export([record('given')], () => {})).toThrow('Broken');
  expect(exporter.takeBack().records).toMatchObject([{ body: 'given' }]);
});

it('keeps the newest 2048 records that failed, and says how many came before them', () => {
  const lines = toldLines();
  const { answers, log, taken } = create();
  for (let count = 0; count < 3; count += 1) {
    log(...Array.from({ length: 1000 }, (_, index) => `${count}-${index}`));
    answers[count]?.(FAILED);
  }
  const left = taken();
  expect([left.length, left[0], left.at(-1)]).toEqual([2048, '0-952', '2-999']);
  expect(lines).toEqual([expect.stringContaining('952 more log records were not taken')]);
});
