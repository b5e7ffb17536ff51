import { setTimeout } from 'node:timers/promises';
import type { LocalServices } from 'collectorless/testing';
import { destinations } from '../demo/destinations.ts';
import { Arrivals } from './arrivals.ts';
import { LineCounts } from './line-counts.ts';
import type { DestinationModel, PageModel } from './page-model.ts';
import type { PageControls } from './page-server.ts';
import type { PlayedApp } from './played-app.ts';
import { MAX_REQUESTS_PER_SECOND, startSteadyTraffic } from './steady-traffic.ts';
import { Switchboard } from './switchboard.ts';
import { EMPTY_PAGE, updatePageModel } from './update-page-model.ts';

/** The app under traffic, the switches, and all that is known of its logs. */
export interface Playground extends AsyncDisposable {
  readonly controls: PageControls;
  /** By destination: the lines that it got. */
  readonly arrivedLines: ReadonlyMap<string, LineCounts>;
  readonly answeredCount: number;
  /** What there is to show now. */
  look(): PageModel;
  /**
   * Lifts all faults, ends the traffic, and waits until nothing waits, at most so long. Nothing is switched any more.
   *
   * @param onTrouble Takes why a fault could not be lifted.
   */
  drain(maxMillis: number, onTrouble: (text: string) => void): Promise<void>;
  /** Waits a moment for what the app logged at its end, which ZeroMQ may still hold. */
  settle(lineCount: number): Promise<void>;
}

const FIRST_REQUESTS_PER_SECOND = 5;
const LOOK_MILLIS = 100;
/** So long nothing may wait: the app's account is a moment old. */
const QUIET_MILLIS = 600;
const SETTLE_MILLIS = 1_500;

export function openPlayground(services: LocalServices, app: PlayedApp): Playground {
  const startedMillis = performance.now();
  const switchboard = new Switchboard(services);
  const arrivals = new Arrivals(services);
  const traffic = startSteadyTraffic(app.url, FIRST_REQUESTS_PER_SECOND);
  const arrivedLines = new Map(destinations.map(({ name }) => [name, new LineCounts()]));
  let model = EMPTY_PAGE;
  let isEnding = false;

  function look(): PageModel {
    const arrived = arrivals.take();
    for (const { destination, lines } of arrived) {
      for (const { line } of lines) arrivedLines.get(destination.name)?.add(line ?? 0);
    }
    model = updatePageModel(model, {
      nowMillis: Date.now(),
      uptimeMillis: performance.now() - startedMillis,
      requestsPerSecond: traffic.requestsPerSecond,
      lineCount: app.lineCount,
      isNetworkDown: switchboard.isNetworkDown,
      stats: app.stats,
      destinations: arrived.map(({ destination: { name, played, requestLimit }, ...rest }) => ({
        ...rest,
        name,
        requestLimit,
        switches: played.faults,
        faults: switchboard.faultsOf(name),
      })),
    });
    return model;
  }

  /** A fault that comes back would keep what waits from being delivered. */
  function refuseAtEnd(): void {
    if (isEnding) throw new Error('The demo is ending: nothing is switched any more.');
  }

  function isDecided({ account }: DestinationModel): boolean {
    const { inFlight, logged, queued, spooled } = account;
    return logged === app.lineCount && queued + inFlight + spooled === 0;
  }

  return {
    [Symbol.asyncDispose]: () => traffic.stop(),
    arrivedLines,
    get answeredCount() {
      return traffic.answeredCount;
    },
    look,
    async drain(maxMillis, onTrouble) {
      isEnding = true;
      for (const trouble of await switchboard.clear()) onTrouble(trouble);
      await traffic.stop();
      const endMillis = performance.now() + maxMillis;
      let busyMillis = performance.now();
      while (performance.now() < endMillis && performance.now() - busyMillis < QUIET_MILLIS) {
        await setTimeout(LOOK_MILLIS);
        if (!look().destinations.every(isDecided)) busyMillis = performance.now();
      }
    },
    async settle(lineCount) {
      const endMillis = performance.now() + SETTLE_MILLIS;
      const hasAll = ({ distinctCount }: LineCounts): boolean => distinctCount >= lineCount;
      look();
      while (performance.now() < endMillis && ![...arrivedLines.values()].every(hasAll)) {
        await setTimeout(LOOK_MILLIS);
        look();
      }
    },
    controls: {
      async switchFault(destination, fault, isOn) {
        refuseAtEnd();
        await switchboard.switchFault(destination, fault, isOn);
      },
      async switchNetwork(isDown) {
        refuseAtEnd();
        await switchboard.switchNetwork(isDown);
      },
      setRate(requestsPerSecond) {
        refuseAtEnd();
        traffic.requestsPerSecond = checkedRate(requestsPerSecond);
      },
      storedLines(name) {
        const destination = destinations.find((one) => one.name === name);
        return destination && arrivals.stored(destination).map(withLineEnd).join('');
      },
    },
  };
}

function checkedRate(rate: unknown): number {
  if (typeof rate !== 'number' || !(rate >= 0 && rate <= MAX_REQUESTS_PER_SECOND)) {
    throw new RangeError(`Expected 0 to ${MAX_REQUESTS_PER_SECOND} requests a second.`);
  }
  return rate;
}

function withLineEnd(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}
