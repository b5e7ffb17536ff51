import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bodyAround } from '../../src/destinations/aws/body-around.ts';
import { createEventFrame } from '../../src/destinations/cloudwatch-logs/event-frame.ts';
import { jsonEncoder } from '../../src/encode/json-encoder.ts';
import type { BuiltInDestination } from '../../src/exporter/built-in-destination.ts';
import {
  DestinationLogRecordExporter,
  type DestinationLogRecordExporterOptions,
} from '../../src/exporter/destination-log-record-exporter.ts';
import { forEachEntry } from '../../src/exporter/each-entry.ts';
import { separateEntries } from '../../src/exporter/joined-entries.ts';
import type { PackLimits } from '../../src/pack/pack-limits.ts';
import type { PackedEntry } from '../../src/pack/packed-entry.ts';
import { hostileRecord, made } from '../encode/support/hostile-values.ts';
import { makeRecord } from '../encode/support/records.ts';
import { FakeRuntime } from '../support/fake-runtime.ts';

const MIB = 1_048_576;
const HEAD = '{"logEvents":[{';
const TAIL = '"}]}';

interface Event {
  readonly timestamp: number;
  readonly message: string;
}

/** A request as the ways to read it have it. */
interface Seen {
  /** The bytes of the entries, one after the other. */
  readonly bytes: string;
  /** One by one, where they lie. */
  readonly events: readonly Event[];
  /** Taken apart, as after a refusal. */
  readonly separate: readonly Event[];
  /** The memory in which they lie, if it can be a body. */
  readonly body: string | undefined;
  readonly byteCount: number;
}

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

function see(entries: readonly PackedEntry[]): Seen {
  const body = bodyAround(entries, HEAD, TAIL);
  const events: Event[] = [];
  // Only now: what a body has in its place is no part of any entry.
  forEachEntry(entries, (memory, start, end, timestamp, isNested) => {
    const text = textOf(memory.subarray(start, end));
    events.push({ timestamp, message: isNested ? String(JSON.parse(`"${text}"`)) : text });
  });
  const separate = separateEntries(entries).map(({ bytes, timeMillis }) => ({
    timestamp: timeMillis,
    message: textOf(bytes),
  }));
  return {
    bytes: entries.map((entry) => textOf(entry.bytes)).join(''),
    events,
    separate,
    body: body && textOf(body.bytes()),
    byteCount: separate.reduce((sum, { message }) => sum + Buffer.byteLength(message), 0),
  };
}

/** What a destination gets of the records, request by request. */
async function requestsOf(
  records: readonly ReadableLogRecord[],
  limits: PackLimits,
  destination: Partial<BuiltInDestination>,
  options: Partial<DestinationLogRecordExporterOptions> = {},
): Promise<Seen[]> {
  const runtime = new FakeRuntime();
  const requests: Seen[] = [];
  const ours: BuiltInDestination = {
    name: 'framing',
    copiesEntries: true,
    nestsText: true,
    readsByName: true,
    readsEntries: 'each',
    limits,
    ...destination,
    async send({ entries }) {
      requests.push(see(entries));
      return { status: 'delivered' };
    },
  };
  const exporter = new DestinationLogRecordExporter({ ...options, destination: ours }, runtime);
  exporter.export([...records], () => {});
  await runtime.advanceUntil(exporter.forceFlush());
  expect(exporter.stats().bufferedBytes).toBe(0);
  await runtime.advanceUntil(exporter.shutdown());
  return requests;
}

const framed = (...args: [readonly ReadableLogRecord[], PackLimits]): Promise<Seen[]> =>
  requestsOf(...args, { frame: createEventFrame() });

const SIZES = {
  maxEntries: 7,
  maxEntryBytes: 9_000,
  maxRequestBytes: 20_000,
  entryOverheadBytes: 26,
};
const LARGE = { maxEntries: 10_000, maxEntryBytes: 1_000_000, maxRequestBytes: MIB };
const MANY = { ...SIZES, maxEntries: 1_000 };
const SMALL = { ...MANY, maxEntryBytes: 2_000, maxRequestBytes: 3_000 };
const DAY = 86_400_000;

/** Of times with and without a frame, among them those that are no time at all. */
const anyTime = fc.oneof(
  fc.constantFrom([1_700_000_000, 5], [1_700_000_000, 7e6], [0, 1], [-3, 0], [253_402_300_800, 0]),
  fc.constantFrom([999_999_999, 999e6], [1e9, 0], [9_999_999_999, 999e6], [1e10, 0], ['1', 2]),
);

describe('records with a frame', () => {
  it('are the same as without one, however they are read, and whatever is in them', async () => {
    const recipes = fc.tuple(hostileRecord, anyTime, fc.nat({ max: 12_000 }));
    await fc.assert(
      fc.asyncProperty(
        fc.array(recipes, { minLength: 1, maxLength: 40 }),
        fc.constantFrom(SIZES, { ...MANY, maxSpanMillis: DAY }, { ...MANY, maxEntryBytes: 3_000 }),
        async (all, limits) => {
          const records = all.map(([fields, hrTime, characters], index) => {
            const { hrTime: own, ...others } = made(fields);
            const body = characters > 8_000 ? '\n'.repeat(characters) : others['body'];
            return makeRecord({ ...others, body, hrTime: index % 3 === 0 ? own : hrTime });
          });
          const plain = await requestsOf(records, limits, { nestsText: false });
          const requests = await framed(records, limits);
          const events = plain.map((request) => request.events);
          expect(requests.map((request) => request.events)).toEqual(events);
          expect(requests.map(({ separate }) => separate)).toEqual(events);
          expect(requests.map(({ bytes }) => bytes)).toEqual(plain.map(({ bytes }) => bytes));
          requests.forEach(({ body }, index) => {
            if (body !== undefined) expect(JSON.parse(body)).toEqual({ logEvents: events[index] });
          });
        },
      ),
      { numRuns: 150 },
    );
  });

  it('of the first moment of all have none: their time has one digit', () => {
    expect(createEventFrame().before(0)).toBeUndefined();
  });

  it.each([1, 999_999_999_999, 1e13, 8.64e15, Number.NaN, 1_700_000_000_000.5])(
    'have none for the time %d, whatever came before it',
    (timeMillis) => {
      const frame = createEventFrame();
      expect(frame.before(timeMillis)).toBeUndefined();
      expect(frame.before(1_700_000_000_000)).toHaveLength(frame.beforeLength);
      expect(frame.before(timeMillis)).toBeUndefined();
    },
  );

  it.each([1e12, 1_700_000_000_000, 1e13 - 1])('say the time %d in it', (timeMillis) => {
    const frame = createEventFrame();
    const texts = [1e12 + 1, timeMillis, timeMillis].map((time) => String(frame.before(time)));
    const expected = `"timestamp":${timeMillis},"message":"`;
    expect(texts.slice(1)).toEqual([expected, expected]);
    expect(frame.beforeLength).toBe(expected.length);
    expect(frame.length).toBe(expected.length + frame.behind.length);
  });

  it('lie in several runs where they are more than a slab takes', async () => {
    const records = Array.from({ length: 900 }, (_, index) =>
      makeRecord({ body: `${index}"${'x'.repeat(index % 400)}`, attributes: {} }),
    );
    const [request, ...more] = await framed(records, LARGE);
    expect(more).toEqual([]);
    expect(request?.body).toBeUndefined();
    const messages = records.map((record) => textOf(jsonEncoder().encode(record) as Uint8Array));
    expect(request?.events.map(({ message }) => message)).toEqual(messages);
    expect(request?.bytes).toBe(messages.join(''));
  });

  it('of times in turns, a day apart, are in the request of their day each', async () => {
    const records = Array.from({ length: 200 }, (_, index) =>
      makeRecord({ body: `"${index}"`, hrTime: [1_700_000_000 + (index % 3) * 90_000, 0] }),
    );
    const requests = await framed(records, { ...SIZES, maxEntries: 50, maxSpanMillis: DAY });
    for (const { body, events, separate } of requests) {
      expect(new Set(events.map(({ timestamp }) => timestamp)).size).toBe(1);
      expect(separate).toEqual(events);
      if (body !== undefined) expect(JSON.parse(body)).toEqual({ logEvents: events });
    }
    expect(requests.flatMap(({ events }) => events)).toHaveLength(200);
  });

  it.each([
    ['an encoding without a fast way', {}, { encoding: 'body' as const }],
    ['an encoder of the application', {}, { encoding: jsonEncoder() }],
    ['another delimiter', { delimiter: '\r\n' }, {}],
    [
      'lines that become one entry',
      { limits: { ...SIZES, aggregate: { maxLines: 5, maxBytes: 9_000 } } },
      {},
    ],
  ])('have none for %s', async (_case, destination, options) => {
    const records = Array.from({ length: 300 }, (_, index) => makeRecord({ body: `${index}` }));
    const other = { frame: createEventFrame(), ...destination };
    const requests = await requestsOf(records, SIZES, other, options);
    const plain = await requestsOf(records, SIZES, { ...destination, nestsText: false }, options);
    expect(requests.map(({ body }) => body)).toEqual(requests.map(() => undefined));
    expect(requests.map(({ bytes }) => bytes)).toEqual(plain.map(({ bytes }) => bytes));
  });
});

describe('the memory of full requests', () => {
  it.each([
    [100, 'x'],
    [300, 'x'],
    [1000, '{"a":"b"} '],
    [9000, 'x'],
    [20_000, '\n     '],
    [40_000, 'é '],
  ])(
    'is their body, with records of %i characters, once there is a slab for each of them',
    async (size, text) => {
      const body = text.repeat(Math.ceil(size / text.length));
      const overhead = { entryOverheadBytes: 26, maxSpanMillis: DAY };
      const limits = { ...LARGE, ...overhead };
      const record = (index: number): ReadableLogRecord =>
        makeRecord({
          body: `${index}${body}`,
          hrTime: [1_700_000_000, index * 1e5],
          attributes: {},
        });
      const bytes = jsonEncoder().encode(record(0)).length + 26;
      const count = Math.min(30_000, Math.ceil((4 * MIB) / bytes));
      const records = Array.from({ length: count }, (_, index) => record(index));
      // A large record does not fit the small slab before it, where it would have got its frame.
      const full = (await framed(records, limits)).slice(size < 9000 ? 1 : 2, -1);
      expect(full.length).toBeGreaterThan(0);
      for (const request of full) {
        expect(request.body === undefined).toBe(false);
        expect(JSON.parse(request.body ?? '')).toEqual({ logEvents: request.events });
        const events = request.events.length;
        expect(events === 10_000 || request.byteCount + (events + 1) * 26 > MIB - bytes).toBe(true);
      }
    },
  );

  it('is the body of small requests too, which have room in a slab that they share', async () => {
    const records = Array.from({ length: 200 }, (_, index) => makeRecord({ body: `${index}` }));
    const requests = (await framed(records, SMALL)).slice(1);
    expect(requests.length).toBeGreaterThan(10);
    const inPlace = requests.filter(({ body }) => body !== undefined);
    // Some begin in one slab and end in the next.
    expect(inPlace.length).toBeGreaterThan(requests.length / 2);
    for (const { body = '', events } of inPlace)
      expect(JSON.parse(body)).toEqual({ logEvents: events });
  });
});

describe('memory around entries', () => {
  it('is no body where the head is longer than the room, or the tail than what it takes the place of', async () => {
    const records = Array.from({ length: 200 }, () => makeRecord());
    const answers: boolean[][] = [];
    const runtime = new FakeRuntime();
    const frame = createEventFrame();
    const destination: BuiltInDestination = {
      name: 'framing',
      copiesEntries: true,
      readsByName: true,
      readsEntries: 'each',
      nestsText: true,
      frame,
      limits: SMALL,
      async send({ entries }) {
        const { roomLength } = frame;
        const heads = ['x'.repeat(roomLength), 'x'.repeat(roomLength + 1), 'é'.repeat(257)];
        const bodies = heads.map((head) => bodyAround(entries, head, TAIL));
        bodies.push(bodyAround(entries, HEAD, `${TAIL} `));
        bodies.push(bodyAround([...entries, ...entries], HEAD, TAIL));
        bodies.push(bodyAround(separateEntries(entries).slice(0, 1), HEAD, TAIL));
        // One that has taken in no other is not taken apart.
        const isSeveral = separateEntries(entries).length > 1;
        if (isSeveral) answers.push(bodies.map((body) => body !== undefined));
        return { status: 'delivered' };
      },
    };
    const exporter = new DestinationLogRecordExporter({ destination }, runtime);
    exporter.export(records, () => {});
    await runtime.advanceUntil(exporter.shutdown());
    const others = [false, false, false, false, false];
    expect(answers.map(([, ...rest]) => rest)).toEqual(answers.map(() => others));
    expect(answers.filter(([fits]) => fits).length).toBeGreaterThan(5);
  });
});
