import type { DestinationDemo } from '../../../cli/demo/destination-demo.ts';

export const zeroMqDemo: DestinationDemo = {
  loadPackage: () => import('zeromq'),
  async createExporter(services) {
    const { ZeroMqLogRecordExporter } = await import('../index.ts');
    const { endpoint } = await services.startZeroMq();
    return new ZeroMqLogRecordExporter({ endpoint, aggregation: 'lines' });
  },
  async environment(services) {
    const { endpoint } = await services.startZeroMq();
    return { OTEL_EXPORTER_ZEROMQ_ENDPOINT: endpoint };
  },
  storedRecords: ({ zeromq }) => zeromq.decoded,
};
