import { ORDERS } from '../demo/send-traffic.ts';

export interface SteadyTraffic {
  requestsPerSecond: number;
  /** Requests that were answered. */
  readonly answeredCount: number;
  stop(): Promise<void>;
}

export const MAX_REQUESTS_PER_SECOND = 100;

const STEP_MILLIS = 100;
/** What an app that does not keep up is spared. */
const MAX_IN_FLIGHT = 32;

/** Sends orders to the app at a rate that may be changed at any time; what the app does not keep up with is left out. */
export function startSteadyTraffic(url: string, requestsPerSecond: number): SteadyTraffic {
  const inFlight = new Set<Promise<void>>();
  let sentCount = 0;
  let answeredCount = 0;
  let due = 0;

  const send = async (): Promise<void> => {
    const body = JSON.stringify(ORDERS[sentCount % ORDERS.length]);
    sentCount += 1;
    try {
      const response = await fetch(`${url}/orders`, { method: 'POST', body });
      await response.arrayBuffer();
      answeredCount += 1;
    } catch {
      // The app is gone; whoever runs it says so.
    }
  };
  const timer = setInterval(() => {
    due += (traffic.requestsPerSecond * STEP_MILLIS) / 1_000;
    for (; due >= 1; due -= 1) {
      if (inFlight.size >= MAX_IN_FLIGHT) continue;
      const sent = send().finally(() => inFlight.delete(sent));
      inFlight.add(sent);
    }
  }, STEP_MILLIS);
  const traffic = {
    requestsPerSecond,
    get answeredCount() {
      return answeredCount;
    },
    async stop() {
      clearInterval(timer);
      await Promise.all(inFlight);
    },
  };
  return traffic;
}
