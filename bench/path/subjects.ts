import { peerVersion } from '../peers/load-peer.ts';
import { LOGGER_SUBJECTS } from './logger-subjects.ts';
import { otelSubject } from './otel-subject.ts';
import { OTLP_SUBJECTS } from './otlp-subjects.ts';
import { OUR_EXPORTERS } from './our-exporters.ts';
import type { SubjectSource } from './subject.ts';
import { WINSTON_SUBJECTS } from './winston-subjects.ts';

/** What every other subject does too: the records are made and handed to an exporter that forgets them. */
export const CREATION = 'creating the records only';

const creation: SubjectSource = {
  async create() {
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
  },
};

const ours = Object.entries(OUR_EXPORTERS).map(([name, create]): [string, SubjectSource] => [
  name,
  { create: async (url) => otelSubject(await create(url)) },
]);

/** All that can be put under load, by the names in the tables. */
export const SUBJECTS: ReadonlyMap<string, SubjectSource> = new Map([
  [CREATION, creation],
  ...Object.entries(OTLP_SUBJECTS),
  ...ours,
  ...Object.entries(LOGGER_SUBJECTS),
  ...Object.entries(WINSTON_SUBJECTS),
]);

/** The package that a subject needs and that is not installed. */
export function missingPackage(subject: string): string | undefined {
  const packages = SUBJECTS.get(subject)?.packages ?? [];
  return packages.find((name) => peerVersion(name) === undefined);
}
