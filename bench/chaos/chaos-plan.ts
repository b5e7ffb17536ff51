import { seededRandom } from '../../src/testing/faults/seeded-random.ts';
import { HONEST_WEATHERS, LOSSY_WEATHERS, type Weather } from './weather.ts';

/** What is done to the processes and to the disk, beside the weather; with its least time in milliseconds. */
export const EVENTS = {
  nothing: 500,
  'kill -9 of the app': 1000,
  'kill -9 of the app in an outage': 1500,
  'SIGTERM to the app': 1000,
  'SIGSTOP of the app': 1000,
  'SIGSTOP of the services': 1000,
  'restart of the services': 1000,
  'file size limit of the app': 1500,
  'full disk': 1500,
  'clock jump of the app': 1000,
  'long SIGSTOP of the app': 15_000,
  'spool directory emptied': 15_000,
} as const;

export type EventName = keyof typeof EVENTS;

/** A part of the run: its weather holds, and its event takes place in it. */
export interface Step {
  readonly weather: Weather;
  readonly event: EventName;
  readonly durationMillis: number;
  /** 0 to 1, for what else there is to choose. */
  readonly chance: number;
}

export interface ChaosPlanOptions {
  readonly seed: number;
  readonly durationMillis: number;
  /** The events that are possible here. */
  readonly events: readonly EventName[];
}

/** So long an event of a short run may take; longer ones are left to longer runs. */
const SHORT_RUN_MILLIS = 60_000;
/** Share of the run in which every answer is heard: no record may be stored twice then. */
const HONEST_SHARE = 0.2;

/** The same steps for the same options: first only refusals that are told, then everything, in a random order. */
export function planChaos({ durationMillis, events, seed }: ChaosPlanOptions): Step[] {
  const random = seededRandom(seed);
  const isShort = durationMillis <= SHORT_RUN_MILLIS;
  const possible = events.filter((event) => !isShort || EVENTS[event] < 5000);
  const honest = deck(HONEST_WEATHERS.slice(0, 4), random);
  const weathers = deck([...HONEST_WEATHERS, ...LOSSY_WEATHERS], random);
  const happenings = deck(possible, random);
  // Every event and every weather comes at least once in a short run.
  const spreadMillis = isShort ? 0 : 3000;
  const steps: Step[] = [];
  let endMillis = 0;
  const add = (weather: Weather, event: EventName): void => {
    const stepMillis = Math.round(EVENTS[event] + spreadMillis * random());
    steps.push({ weather, event, durationMillis: stepMillis, chance: random() });
    endMillis += stepMillis;
  };
  while (endMillis < durationMillis * HONEST_SHARE) add(honest(), 'nothing');
  while (endMillis < durationMillis) add(weathers(), happenings());
  return steps;
}

/** Deals all cards, shuffles them anew, deals on. */
function deck<T>(cards: readonly T[], random: () => number): () => T {
  let rest: T[] = [];
  return () => {
    if (rest.length === 0) rest = [...cards];
    const [card] = rest.splice(Math.floor(random() * rest.length), 1);
    if (card === undefined) throw new Error('A deck needs a card');
    return card;
  };
}
