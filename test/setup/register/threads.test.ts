import { type LocalServices, startLocalServices } from 'collectorless/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BY_IMPORT, runApp } from './support/run-app.ts';
import { jsonLines, recordsOf, toGroup } from './support/stored-records.ts';

const lines = ['from child', 'from main', 'from worker'];

let services: LocalServices;

beforeAll(async () => {
  services = await startLocalServices();
});

afterAll(async () => {
  expect(services.violations).toEqual([]);
  await services.close();
});

describe.each([
  { way: '--import', nodeArguments: BY_IMPORT },
  { way: '--require', nodeArguments: ['--require', 'collectorless/register'] },
])('an application with a worker, a child and a transport, by $way', ({ nodeArguments, way }) => {
  it('has the lines of each stored once', async () => {
    const environment = toGroup(`/threads/${way}`);
    const app = await runApp('threads.cjs', { services, nodeArguments, environment });
    expect([app.code, app.stderr]).toEqual([0, '']);
    expect(
      jsonLines(app.stdout)
        .map(({ msg }) => msg)
        .sort(),
    ).toEqual(lines);
    const bodies = recordsOf(services, `/threads/${way}`).map(({ body }) => body);
    expect(bodies.sort()).toEqual(lines);
  });
});
