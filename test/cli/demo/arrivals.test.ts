import { startLocalServices } from 'collectorless/testing';
import { expect, onTestFinished, test } from 'vitest';
import { Arrivals } from '../../../src/cli/demo/arrivals.ts';
import { loadDemoDestinations } from '../../../src/cli/demo/demo-destinations.ts';

test('what arrives is told once, in its order, also after what is old is forgotten', async () => {
  const services = await startLocalServices();
  onTestFinished(() => services.close());
  const destinations = await loadDemoDestinations();
  const arrivals = new Arrivals(
    services,
    destinations.filter(({ name }) => name === 'http'),
  );
  const send = async (...bodies: readonly string[]): Promise<void> => {
    for (const body of bodies) await fetch(services.http.url, { method: 'POST', body });
  };
  const inAnHour = Date.now() + 3_600_000;

  await send('"one"', '"two"');
  expect(arrivals.take()).toEqual([
    { destination: 'http', stored: 'one' },
    { destination: 'http', stored: 'two' },
  ]);
  await send('"three"');
  expect(arrivals.take(inAnHour)).toEqual([{ destination: 'http', stored: 'three' }]);
  expect(services.http.decoded).toEqual([]);
  await send('"four"');
  expect(arrivals.take(inAnHour)).toEqual([{ destination: 'http', stored: 'four' }]);
  expect(arrivals.take(inAnHour)).toEqual([]);
});
