import type { ExporterName } from './chaos-exporters.ts';

interface Window {
  readonly name: ExporterName;
  readonly startMillis: number;
  readonly endMillis: number;
}

/** An answer may be lost that was under way when its process died, and a record is stored before its answer comes. */
const BEFORE_MILLIS = 3000;
const AFTER_MILLIS = 1000;
/** A record may wait so long on disk before the socket takes it. */
const ON_DISK_MILLIS = 20_000;

/** When which records could be stored without an answer, and when messages inside sockets could be lost. */
export class Disturbances {
  readonly #lostAnswers: Window[] = [];
  readonly #lostSockets: { readonly startMillis: number; readonly endMillis: number }[] = [];

  lostAnswers(names: readonly ExporterName[], startMillis: number, endMillis: number): void {
    for (const name of names) this.#lostAnswers.push({ name, startMillis, endMillis });
  }

  lostSockets(startMillis: number, endMillis: number): void {
    this.#lostSockets.push({ startMillis, endMillis });
  }

  /** Could the answer to what was stored at this time have been lost? */
  mayHaveLostAnswer(exporter: ExporterName, storedMillis: number): boolean {
    return this.#lostAnswers.some(
      ({ endMillis, name, startMillis }) =>
        name === exporter &&
        storedMillis >= startMillis - BEFORE_MILLIS &&
        storedMillis <= endMillis + AFTER_MILLIS,
    );
  }

  /** Could a message have died inside a socket whose record was acknowledged at this time? */
  mayHaveDiedInSocket(ackedMillis: number): boolean {
    return this.#lostSockets.some(
      ({ endMillis, startMillis }) =>
        ackedMillis >= startMillis - ON_DISK_MILLIS && ackedMillis <= endMillis + AFTER_MILLIS,
    );
  }
}
