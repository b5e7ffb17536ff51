import { CALL_CONTENTS } from './aws-call/call-contents.ts';
import { measureAwsCalls } from './aws-call.ts';
import { measureBilling } from './billing.ts';
import { measureEncoding } from './encoding.ts';
import { measureLosses } from './losses.ts';
import { measureOneExport } from './one-export.ts';
import { pathLoads } from './path/path-loads.ts';
import type { Effort, Section } from './section.ts';
import { measureWholePath } from './whole-path.ts';
import { measureZeroMq } from './zero-mq.ts';

/** How much a section may take. */
export interface SectionOrder {
  readonly effort: Effort;
  /** Of each run of the whole path. Default: by the effort. */
  readonly seconds?: number | undefined;
  /** Of the whole path. Default: by the effort. */
  readonly rounds?: number | undefined;
}

/** All sections in the order of the document. */
export const SECTIONS: ReadonlyMap<string, (order: SectionOrder) => Promise<Section>> = new Map([
  ['encoding', ({ effort }) => measureEncoding(effort)],
  [
    'aws-call',
    // Making the contents takes longest: one shows that everything runs.
    ({ effort }) =>
      measureAwsCalls(effort, CALL_CONTENTS.slice(0, effort === 'tiny' ? 1 : undefined)),
  ],
  [
    'whole-path',
    ({ effort, seconds, rounds }) => measureWholePath(effort, pathLoads(effort, seconds, rounds)),
  ],
  ['one-export', ({ effort }) => measureOneExport(effort)],
  ['zeromq', ({ effort }) => measureZeroMq(effort)],
  ['billing', ({ effort }) => measureBilling(effort)],
  ['losses', ({ effort }) => measureLosses(effort)],
]);
