import type { DestinationDemo } from '../../../cli/demo/destination-demo.ts';

export const zeroMqDemo: DestinationDemo = {
  loadPackage: () => import('zeromq'),
  async createExporter(services) {
    const { ZeroMqLogRecordExporter } = await import('../index.ts');
    const { endpoint } = await services.startZeroMq();
    return new ZeroMqLogRecordExporter({ endpoint, aggregation: 'lines' });
  },
  storedRecords: ({ zeromq }) => zeromq.decoded,
};
