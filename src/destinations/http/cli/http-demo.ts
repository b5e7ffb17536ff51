import type { DestinationDemo } from '../../../cli/demo/destination-demo.ts';
import { HTTP_LIMITS, SUMO_LOGIC_LIMITS } from '../http-limits.ts';

export const httpDemo: DestinationDemo = {
  async createExporter({ http }) {
    const { HttpLogRecordExporter } = await import('../index.ts');
    return new HttpLogRecordExporter({
      url: `${http.url}/receiver/v1/http/{service.name}`,
      preset: 'sumologic',
      compression: 'gzip',
    });
  },
  environment: async ({ http }) => ({ OTEL_EXPORTER_HTTP_LOGS_URL: `${http.url}/logs` }),
  storedRecords: ({ http }) => http.decoded,
  requestLimit: {
    bytes: SUMO_LOGIC_LIMITS.maxRequestBytes,
    entries: HTTP_LIMITS.defaultMaxRecords,
  },
};
