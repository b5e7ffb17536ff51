import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MessageReader } from '../../../src/destinations/zeromq/message-reader.ts';
import { ProblemReporter } from '../../../src/destinations/zeromq/problem-reporter.ts';
import { cpuMillis } from '../../support/cpu-millis.ts';
import { encodingName, storedBytes } from '../support/encoded-bytes.ts';
import { type FuzzLaw, law } from '../support/fuzz-law.ts';
import { mutated } from '../support/mutations.ts';

const MAX_CPU_MILLIS = 3_000;

const anyFrame = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc.constantFrom('SLJ', 'TPM', 'SLT', 'PLJ', '').map((topic) => Buffer.from(topic)),
  storedBytes,
  mutated(storedBytes),
);
const messages = fc.array(fc.array(anyFrame, { maxLength: 4 }), { maxLength: 6 });

export const zeromqLaws: readonly FuzzLaw[] = [
  law(
    'any frames give records or problems that are told, in time',
    200,
    fc.property(messages, fc.option(encodingName, { nil: undefined }), (all, encoding) => {
      let problems = 0;
      const reader = new MessageReader({
        encoding,
        maxBytes: 1_000_000,
        problems: new ProblemReporter(() => {
          problems += 1;
        }),
        onGap: () => {},
      });
      let records = 0;
      const cpu = cpuMillis(() => {
        for (const frames of all) for (const _ of reader.read(frames)) records += 1;
        for (const _ of reader.end()) records += 1;
      });
      const { damaged, messages: count, missing, records: told } = reader.stats;
      assert.deepEqual([count, told], [all.length, records]);
      assert.ok(damaged <= problems && missing >= 0);
      assert.ok(cpu < MAX_CPU_MILLIS);
    }),
  ),
];
