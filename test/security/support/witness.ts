import { inspect } from 'node:util';
import { DiagLogLevel, diag } from '@opentelemetry/api';
import type { ExportResult } from '@opentelemetry/core';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { onTestFinished } from 'vitest';
import type { Drop } from '../../../src/index.ts';
import type { ExporterStats } from '../../../src/report/ledger.ts';

interface Exporter {
  export(records: ReadableLogRecord[], callback: (result: ExportResult) => void): void;
  forceFlush(): Promise<void>;
  shutdown(): Promise<void>;
  stats(): ExporterStats;
}

/** Hears all that an exporter lets out: lines of `diag`, drops, results, statistics, what it throws. */
export class Witness {
  readonly #heard: string[] = [];

  constructor() {
    const write = (...words: unknown[]): void => words.forEach((word) => void this.note(word));
    diag.setLogger(
      { error: write, warn: write, info: write, debug: write, verbose: write },
      { logLevel: DiagLogLevel.ALL, suppressOverrideMessage: true },
    );
    onTestFinished(() => diag.disable());
  }

  get text(): string {
    return this.#heard.join('\n');
  }

  readonly onDrop = (drop: Drop): void => this.note(drop);

  /** With hidden members, causes and all. */
  note(value: unknown): void {
    const text = typeof value === 'string' ? value : '';
    this.#heard.push(text || inspect(value, { depth: 12, showHidden: true, maxStringLength: 1e6 }));
  }

  /** What a constructor throws; undefined when it throws nothing. */
  catch(create: () => unknown): unknown {
    try {
      create();
      return undefined;
    } catch (thrown) {
      this.note(thrown);
      return thrown;
    }
  }

  /** Exports, and hears of everything until the exporter is shut down. */
  async run(exporter: Exporter, records: readonly ReadableLogRecord[]): Promise<ExporterStats> {
    const result = new Promise<void>((resolve) =>
      exporter.export([...records], (answer) => {
        this.note(answer);
        resolve();
      }),
    );
    await exporter.forceFlush();
    await exporter.shutdown();
    await result;
    this.note(exporter.stats());
    return exporter.stats();
  }
}
