import { COUNTED_MARK, WARM_UP_MARK } from './load.ts';
import { otelSubject } from './otel-subject.ts';
import { ReadyBodies } from './ready-bodies.ts';
import type { Subject, SubjectSource } from './subject.ts';

/** What every other subject does too: the records are made and handed to an exporter that forgets them. */
export const CREATION = 'creating the records only';
/** What is left of an exporter over HTTP when records are neither read nor encoded nor accounted for. */
export const READY_BYTES = 'ready bytes over HTTP';

export const FLOOR_SUBJECTS: Readonly<Record<string, SubjectSource>> = {
  [CREATION]: { create: async () => creationSubject() },
  [READY_BYTES]: { create: async (url) => readyBytesSubject(url) },
};

function creationSubject(): Subject {
  let exported = 0;
  const subject = otelSubject({
    export(records, callback) {
      exported += records.length;
      callback({ code: 0 });
    },
    forceFlush: async () => {},
    shutdown: async () => {},
  });
  const flush = async (): Promise<void> => {
    await subject.flush();
    exported = 0;
  };
  // What is missing was dropped by the processor: no exporter could have had it.
  return { ...subject, flush, delivered: () => exported };
}

function readyBytesSubject(url: string): Subject {
  const bodies = new ReadyBodies(url, WARM_UP_MARK);
  const subject = otelSubject({
    export(records, callback) {
      bodies.add(records.length);
      callback({ code: 0 });
    },
    forceFlush: () => bodies.flush(),
    shutdown: () => bodies.flush(),
  });
  const flush = async (): Promise<void> => {
    await subject.flush();
    bodies.mark = COUNTED_MARK;
  };
  return { ...subject, flush };
}
