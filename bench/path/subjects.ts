import { peerVersion } from '../peers/load-peer.ts';
import { FLOOR_SUBJECTS } from './floor-subjects.ts';
import { LOGGER_SUBJECTS } from './logger-subjects.ts';
import { otelSubject } from './otel-subject.ts';
import { OTLP_SUBJECTS } from './otlp-subjects.ts';
import { OUR_EXPORTERS } from './our-exporters.ts';
import type { SubjectSource } from './subject.ts';
import { WINSTON_SUBJECTS } from './winston-subjects.ts';

const ours = Object.entries(OUR_EXPORTERS).map(([name, create]): [string, SubjectSource] => [
  name,
  { create: async (url) => otelSubject(await create(url)) },
]);

/** All that can be put under load, by the names in the tables. */
export const SUBJECTS: ReadonlyMap<string, SubjectSource> = new Map([
  ...Object.entries(FLOOR_SUBJECTS),
  ...Object.entries(OTLP_SUBJECTS),
  ...ours,
  ...Object.entries(LOGGER_SUBJECTS),
  ...Object.entries(WINSTON_SUBJECTS),
]);

/** Behind a batch processor, which loses what is too much: a warm-up at any rate ends in time. */
export function isBehindProcessor(subject: string): boolean {
  return !(subject in LOGGER_SUBJECTS || subject in WINSTON_SUBJECTS);
}

/** The package that a subject needs and that is not installed. */
export function missingPackage(subject: string): string | undefined {
  const packages = SUBJECTS.get(subject)?.packages ?? [];
  return packages.find((name) => peerVersion(name) === undefined);
}
