import type { DestinationDemo } from '../../../cli/demo/destination-demo.ts';

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
  requestLimit: { bytes: 1_000_000, entries: 10_000 },
};
