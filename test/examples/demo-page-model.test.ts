import { describe, expect, it } from 'vitest';
import { type LogLine, readLogLines } from '../../examples/play/log-line.ts';
import type {
  DestinationModel,
  Observation,
  ObservedDestination,
  ObservedRequest,
} from '../../examples/play/page-model.ts';
import { EMPTY_PAGE, updatePageModel } from '../../examples/play/update-page-model.ts';
import type { LiveStats } from '../../src/index.ts';

const REQUEST: ObservedRequest = {
  entries: 10,
  bytes: 500,
  receivedAtMillis: 1,
  status: 200,
  isAnswered: true,
};

function observe(
  destination: Partial<ObservedDestination> = {},
  more: Partial<Observation> = {},
): Observation {
  return {
    nowMillis: 1_000,
    uptimeMillis: 1_000,
    requestsPerSecond: 5,
    lineCount: 0,
    isNetworkDown: false,
    stats: [],
    destinations: [
      {
        name: 'sqs',
        lines: [],
        requests: [],
        switches: ['outage'],
        faults: [],
        requestLimit: { entries: 100, bytes: 1_000 },
        ...destination,
      },
    ],
    ...more,
  };
}

function statsOf(dropped: Readonly<Record<string, number>>, droppedQueueFull = 0): LiveStats {
  return {
    destination: 'sqs',
    processor: { emitted: 100, exported: 90, queued: 10, droppedQueueFull, droppedShutDown: 0 },
    exporter: {
      exported: 90,
      delivered: 50,
      retried: 3,
      dropped,
      requests: 4,
      bytes: 5_000,
      inFlight: 7,
      spooled: 33,
      adopted: 0,
      bufferedBytes: 1,
      spooledBytes: 2,
    },
  };
}

/** The only destination after these observations. */
function modelAfter(...observations: readonly Observation[]): DestinationModel {
  const [destination] = observations.reduce(updatePageModel, EMPTY_PAGE).destinations;
  if (destination === undefined) throw new Error('There is no destination');
  return destination;
}

const lines = (first: number, count: number): LogLine[] =>
  Array.from(
    { length: count },
    (_, index) => `{"body":"line ${first + index}","attributes":{"line":${first + index}}}`,
  ).flatMap(readLogLines);

it('logs come newest first, are numbered on, counted, and bounded', () => {
  const { arrivedCount, logs } = modelAfter(
    observe({ lines: lines(1, 35) }),
    observe(),
    observe({ lines: lines(36, 10) }),
  );
  expect(arrivedCount).toBe(45);
  expect(logs).toHaveLength(40);
  expect(logs.map(({ id }) => id)).toEqual(Array.from({ length: 40 }, (_, index) => 45 - index));
  expect([logs[0]?.text, logs.at(-1)?.text]).toEqual(['line 45', 'line 6']);
});

it('records of others are shown, and not counted', () => {
  const { arrivedCount, logs } = modelAfter(observe({ lines: readLogLines('{"body":"a test"}') }));
  expect([arrivedCount, logs.map(({ text }) => text)]).toEqual([0, ['a test']]);
});

it('more at once than the page holds are the newest of them', () => {
  const { arrivedCount, logs } = modelAfter(observe({ lines: lines(1, 100) }));
  expect([arrivedCount, logs[0]?.text, logs.length]).toEqual([100, 'line 100', 40]);
});

describe('a request', () => {
  it.each<[string, Partial<ObservedRequest>, object]>([
    ['that was taken', {}, { isOk: true, outcome: '200', fullness: 0.5 }],
    ['full of entries', { entries: 90 }, { fullness: 0.9 }],
    [
      'that was refused',
      { status: 400, error: 'ThrottlingException', fault: 'throttle' },
      { isOk: false, outcome: '400 ThrottlingException' },
    ],
    [
      'of which a part failed',
      { fault: 'partial-failure' },
      { isOk: false, outcome: '200 partial-failure' },
    ],
    [
      'that was cut off',
      { status: undefined, fault: 'reset' },
      { isOk: false, outcome: 'no answer reset' },
    ],
    [
      'that nobody answers',
      { status: undefined, isAnswered: false },
      { isOk: true, outcome: 'taken' },
    ],
    [
      'that nobody looked into',
      { entries: 0, status: 400, fault: 'error' },
      { fullness: undefined, outcome: '400' },
    ],
  ])('%s', (_, change, expected) => {
    expect(modelAfter(observe({ requests: [{ ...REQUEST, ...change }] })).requests).toMatchObject([
      expected,
    ]);
  });

  it('has no fullness where the service has no limit', () => {
    const { requests } = modelAfter(observe({ requests: [REQUEST], requestLimit: undefined }));
    expect(requests).toMatchObject([{ fullness: undefined }]);
  });
});

describe('the account', () => {
  it('is the app’s latest, and stays while the app tells none', () => {
    const { account } = modelAfter(observe({}, { stats: [statsOf({})] }), observe());
    expect(account).toEqual({
      logged: 100,
      queued: 10,
      lostInQueue: 0,
      exported: 90,
      delivered: 50,
      dropped: {},
      spooled: 33,
      inFlight: 7,
      retried: 3,
      requests: 4,
      bytes: 5_000,
      spooledBytes: 2,
    });
  });

  it('adds up before the exporter is loaded', () => {
    const { processor } = statsOf({});
    const stats = [{ destination: 'sqs', processor, exporter: undefined }];
    expect(modelAfter(observe({}, { stats })).account).toMatchObject({
      logged: 100,
      queued: 100,
      exported: 0,
    });
  });
});

it('each loss is told once, with its reason and by how much it grew', () => {
  const { drops } = modelAfter(
    observe({}, { stats: [statsOf({})] }),
    observe({}, { stats: [statsOf({ rejected: 2 })], nowMillis: 5 }),
    observe({}, { stats: [statsOf({ rejected: 2 })] }),
    observe({}, { stats: [statsOf({ rejected: 5, spool_full: 1 }, 4)], nowMillis: 9 }),
  );
  expect(drops).toEqual([
    { id: 4, atMillis: 9, reason: 'queue_full', count: 4 },
    { id: 3, atMillis: 9, reason: 'spool_full', count: 1 },
    { id: 2, atMillis: 9, reason: 'rejected', count: 3 },
    { id: 1, atMillis: 5, reason: 'rejected', count: 2 },
  ]);
});

it('switches are as they are told', () => {
  const model = updatePageModel(
    EMPTY_PAGE,
    observe({ faults: ['outage'] }, { isNetworkDown: true }),
  );
  expect(model.isNetworkDown).toBe(true);
  expect(model.destinations[0]).toMatchObject({ switches: ['outage'], faults: ['outage'] });
});
