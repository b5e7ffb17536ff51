import type { LocalServices } from 'collectorless/testing';
import { destinations } from '../demo/destinations.ts';
import {
  type FaultName,
  isFaultName,
  type SwitchedFault,
  toServiceFaults,
} from './fault-switches.ts';

/** Which faults are on, and the local services that show them. */
export class Switchboard {
  readonly #services: LocalServices;
  #switched: readonly SwitchedFault[] = [];
  #isNetworkDown = false;
  /** Sockets that stop and start take a moment: one after the other. */
  #busy: Promise<void> = Promise.resolve();

  constructor(services: LocalServices) {
    this.#services = services;
  }

  get isNetworkDown(): boolean {
    return this.#isNetworkDown;
  }

  faultsOf(destination: string): FaultName[] {
    return this.#switched.flatMap((one) => (one.destination === destination ? one.fault : []));
  }

  /** Rejects when it cannot be done, with a `RangeError` when there is no such switch. */
  switchFault(destination: unknown, fault: unknown, isOn: unknown): Promise<void> {
    const known = destinations.find(({ name }) => name === destination);
    if (known === undefined || !isFaultName(fault) || !known.played.faults.includes(fault)) {
      return Promise.reject(new RangeError('There is no such switch.'));
    }
    return this.#inTurn(async () => {
      if (fault === 'stopped') await this.#switchReceiver(isOn === true);
      const others = this.#switched.filter(
        (one) => one.destination !== known.name || one.fault !== fault,
      );
      this.#switched = isOn === true ? [...others, { destination: known.name, fault }] : others;
      this.#services.setFaults(toServiceFaults(this.#switched));
    });
  }

  /** Connections to AWS and HTTP are refused while it is down. */
  switchNetwork(isDown: unknown): Promise<void> {
    return this.#inTurn(async () => {
      await (isDown === true ? this.#services.pause() : this.#services.resume());
      this.#isNetworkDown = isDown === true;
    });
  }

  /** Everything works again, but for what cannot be done: the answer says why. */
  async clear(): Promise<readonly string[]> {
    const troubles: string[] = [];
    const attempt = (work: Promise<void>): Promise<void> =>
      work.catch((error: unknown) => {
        troubles.push(error instanceof Error ? error.message : String(error));
      });
    await attempt(this.switchNetwork(false));
    for (const { destination, fault } of this.#switched) {
      await attempt(this.switchFault(destination, fault, false));
    }
    return troubles;
  }

  async #switchReceiver(isStopped: boolean): Promise<void> {
    if (isStopped) {
      await this.#services.zeromq.stop();
      return;
    }
    try {
      await this.#services.zeromq.start();
    } catch (cause) {
      const { endpoint } = this.#services.zeromq;
      throw new Error(`${endpoint} is taken: end the program that listens there.`, { cause });
    }
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#busy.then(work);
    this.#busy = done.catch(() => undefined);
    return done;
  }
}
