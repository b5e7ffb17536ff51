import { expect, it } from 'vitest';
import { createDiagLogger } from '../../../src/setup/diag-logger.ts';

it('writes each message on a line, with what was given along, as the console does', () => {
  const written: string[] = [];
  const logger = createDiagLogger((text) => written.push(text));
  logger.error('one');
  logger.warn('two', { parts: [1] });
  logger.info('three %s', 'four');
  logger.debug('five');
  logger.verbose('six');
  expect(written).toEqual(['one\n', 'two { parts: [ 1 ] }\n', 'three four\n', 'five\n', 'six\n']);
});

it('begins no line as JSON, which would be taken for a record', () => {
  const written: string[] = [];
  const logger = createDiagLogger((text) => written.push(text));
  logger.error('{"stack":"Error: refused"}');
  logger.warn('two\n{}');
  expect(written.join('').match(/^\{/gmu)).toBeNull();
  expect(written[0]).toBe('OpenTelemetry: {"stack":"Error: refused"}\n');
});
