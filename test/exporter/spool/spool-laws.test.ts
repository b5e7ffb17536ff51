import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Destination } from '../../../src/index.ts';
import type { EntryOutcome, SendOutcome } from '../../../src/send/send-outcome.ts';
import { imbalanceOf } from '../../support/accounts.ts';
import { openSpoolBench, SwitchableService, spoolFiles } from '../../support/spool-bench.ts';
import { tempFolder } from '../../support/temp-folder.ts';

/** Answers by a script of words, then always well. */
class MoodyService extends SwitchableService {
  readonly rejected: string[] = [];
  readonly #moods: string[];

  constructor(moods: readonly string[]) {
    super();
    this.#moods = [...moods];
  }

  override readonly send: Destination['send'] = async ({ entries }): Promise<SendOutcome> => {
    const mood = this.isDown ? 'down' : this.#moods.shift();
    const error = new Error(String(mood));
    const texts = entries.map(({ bytes }) => Buffer.from(bytes).toString());
    switch (mood) {
      case 'down':
        return { status: 'retryable', error };
      case 'reject':
        this.rejected.push(...texts);
        return { status: 'rejected', reason: 'rejected', error };
      case 'partial':
        return {
          status: 'partial',
          entries: texts.map((text, index): EntryOutcome => {
            if (index % 3 === 0) return { status: 'retryable', error };
            if (index % 3 === 1) {
              this.rejected.push(text);
              return { status: 'rejected', reason: 'rejected', error };
            }
            this.stored.push(text);
            return { status: 'delivered' };
          }),
        };
      default:
        this.stored.push(...texts);
        return { status: 'delivered' };
    }
  };
}

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('export' as const), count: fc.nat({ max: 40 }) }),
  },
  { weight: 2, arbitrary: fc.constant({ do: 'toggle' as const }) },
  { weight: 2, arbitrary: fc.constant({ do: 'flush' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'restart' as const }) },
);
const moods = fc.array(fc.constantFrom('good', 'good', 'down', 'reject', 'partial'), {
  maxLength: 30,
});

it('accounts for every record and stores none twice, through outages, refusals and restarts', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 25 }),
      moods,
      fc.constantFrom<'none' | 'lines'>('none', 'lines'),
      fc.boolean(),
      async (steps, script, aggregation, ordered) => {
        const directory = tempFolder();
        const service = new MoodyService(script);
        const open = (): ReturnType<typeof openSpoolBench> =>
          openSpoolBench({
            service,
            directory,
            retry: { initialBackoffMillis: 0, maxBackoffMillis: 1 },
            destination: {
              name: 'bench',
              ordered,
              delimiter: '\n',
              limits: {
                maxEntries: 7,
                maxEntryBytes: 1000,
                maxRequestBytes: 5000,
                ...(aggregation === 'lines' ? { aggregate: { maxLines: 5, maxBytes: 500 } } : {}),
              },
              send: service.send,
            },
          });
        let bench = open();
        let exported = 0;
        for (const action of steps) {
          if (action.do === 'export') {
            const from = exported;
            exported += action.count;
            await bench.export(Array.from({ length: action.count }, (_, i) => `<${from + i}>`));
          } else if (action.do === 'toggle') service.isDown = !service.isDown;
          else if (action.do === 'flush') await bench.exporter.forceFlush();
          else {
            await bench.exporter.shutdown();
            expect(imbalanceOf(bench.exporter.stats())).toBe(0);
            expect(bench.exporter.stats().inFlight).toBe(0);
            bench = open();
          }
          expect(imbalanceOf(bench.exporter.stats())).toBe(0);
        }
        service.isDown = false;
        await bench.exporter.forceFlush();
        await expect.poll(() => bench.exporter.stats().spooled).toBe(0);
        await bench.exporter.shutdown();
        expect(imbalanceOf(bench.exporter.stats())).toBe(0);
        expect(bench.exporter.stats()).toMatchObject({
          spooledBytes: 0,
          bufferedBytes: 0,
          inFlight: 0,
        });
        expect(spoolFiles(directory)).toEqual([]);
        const ids = (texts: readonly string[]): number[] =>
          texts.flatMap((text) => [...text.matchAll(/<(\d+)>/gu)].map(([, id]) => Number(id)));
        const all = [...ids(service.stored), ...ids(service.rejected)].sort((a, b) => a - b);
        expect(all).toEqual(Array.from({ length: exported }, (_, id) => id));
      },
    ),
    { numRuns: Number(process.env['RUNS'] ?? 30) },
  );
});
