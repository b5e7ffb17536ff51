import { expect, it } from 'vitest';
import * as collectorless from '../../src/index.ts';

const creators = {
  json: collectorless.jsonEncoder,
  'otlp-json': collectorless.otlpJsonEncoder,
  msgpack: collectorless.msgpackEncoder,
  body: collectorless.bodyEncoder,
  'distlog-json': collectorless.distlogJsonEncoder,
} as const;

it('every encoding has its encoder among the exports', () => {
  for (const [name, create] of Object.entries(creators)) expect(create().name).toBe(name);
});
