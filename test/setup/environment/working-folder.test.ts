import { afterEach, expect, it, vi } from 'vitest';
import { createDestinationExporter } from '../../../src/setup/create-destination-exporter.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

it('an exporter is made also where the folder in which the process started was deleted', async () => {
  vi.spyOn(process, 'cwd').mockImplementation(() => {
    throw new Error('ENOENT: process.cwd failed with error no such file or directory');
  });
  const environment = { OTEL_EXPORTER_HTTP_LOGS_URL: 'http://127.0.0.1:9/' };
  const created = await createDestinationExporter('http', environment);
  expect(created).toHaveProperty('exporter');
  if ('exporter' in created) await created.exporter.shutdown();
});
