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
  storedRecords: ({ http }) => http.decoded,
  requestLimit: { bytes: 1_000_000, entries: 10_000 },
};
