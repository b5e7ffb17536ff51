import { describe, it } from 'vitest';
import { HttpLogRecordExporter } from '../../../src/destinations/http/index.ts';
import { destinationContract } from '../../../src/testing/index.ts';

for (const framing of ['lines', 'array', 'single'] as const) {
  describe(`the destination contract, framing ${framing}`, () => {
    destinationContract({
      it,
      service: 'http',
      createExporter: ({ http }, overrides) =>
        new HttpLogRecordExporter({ ...overrides, url: `${http.url}/logs`, framing }),
      arrived: ({ http }) => http.decoded,
      abilities: { sizeLimit: true },
    });
  });
}

describe('the destination contract, compressed', () => {
  destinationContract({
    it,
    service: 'http',
    createExporter: ({ http }, overrides) =>
      new HttpLogRecordExporter({ ...overrides, url: `${http.url}/logs`, compression: 'gzip' }),
    arrived: ({ http }) => http.decoded,
  });
});
