import { expect, it } from 'vitest';
import { serverOf } from '../../src/destinations/server-of.ts';

it.each([
  ['https://logs.example/in', { address: 'logs.example', port: 443 }],
  ['http://127.0.0.1:8080', { address: '127.0.0.1', port: 8080 }],
  ['https://logs.example/{service.name}', { address: 'logs.example', port: 443 }],
  ['tcp://logs.example:5010', { address: 'logs.example', port: 5010 }],
])('%s has a server', (address, server) => {
  expect(serverOf(address)).toEqual({ server });
});

it.each([
  'https://{tenant}.example/in',
  'https://logs.{tenant}',
  'not an address',
  'ipc:///tmp/socket',
  undefined,
  () => 'https://logs.example',
])('%s names none', (address) => {
  expect(serverOf(address)).toEqual({});
});
