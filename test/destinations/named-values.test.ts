import { expect, it } from 'vitest';
import { CloudWatchLogRecordExporter } from '../../src/destinations/cloudwatch-logs/index.ts';
import { HttpLogRecordExporter } from '../../src/destinations/http/index.ts';
import { SqsLogRecordExporter } from '../../src/destinations/sqs/index.ts';

const url = 'http://127.0.0.1:9/';
const map = new Map([['a', 'b']]);
const keyAttributes = { Type: 'Service', Name: 'shop' };

/** Called as JavaScript may call them. */
const http = (options: object) => (): unknown => new HttpLogRecordExporter({ url, ...options });
const logs = (options: object) => (): unknown => new CloudWatchLogRecordExporter(options);
const sqs = (options: object) => (): unknown =>
  new SqsLogRecordExporter({ queueName: 'logs', ...options });

// What they hold is no property of theirs: as an object of names and values each would be an empty one.
it.each<[string, () => unknown, string]>([
  ['`headers` that are `Headers`', http({ headers: new Headers({ a: 'b' }) }), 'headers'],
  ['`headers` in a `Map`', http({ headers: map }), 'headers'],
  ['`staticFields` in a `Map`', http({ staticFields: map }), 'staticFields'],
  ['Sumo fields in a `Map`', http({ preset: 'sumologic', sumo: { fields: map } }), 'sumo.fields'],
  ['`tags` in a `Map`', logs({ tags: map }), 'tags'],
  [
    'attributes of the entity in a `Map`',
    logs({ entity: { keyAttributes, attributes: map } }),
    'entity.attributes',
  ],
  ['`messageAttributes` in a `Map`', sqs({ messageAttributes: map }), 'messageAttributes'],
])('%s are refused, not taken for none', (_, create, path) => {
  expect(create).toThrow(
    expect.objectContaining({
      code: 'ERR_INVALID_OPTION',
      message: expect.stringMatching(
        new RegExp(`^Expected \`${path}\` to be an object .*got an iterable such as a \`Map\``),
      ),
    }),
  );
});

it.each([null, 'team=a', ['a']])(
  '%j as Sumo fields is refused with the name of the option',
  (fields) => {
    expect(http({ preset: 'sumologic', sumo: { fields } })).toThrow(
      'Expected `sumo.fields` to be an object of names and values',
    );
  },
);

it('a text as attributes of the entity is refused, not taken letter by letter', () => {
  expect(logs({ entity: { keyAttributes, attributes: 'team' } })).toThrow(
    "Expected `entity.attributes` to be an object of texts, got `'team'`",
  );
});

it('an object that refuses to tell what it has is taken, or refused with the name of the option', () => {
  const has = (): never => {
    throw new Error('not to be looked at');
  };
  const proxy = new Proxy({}, { has });
  expect(http({ staticFields: proxy, headers: proxy })).not.toThrow();
  expect(http({ timeoutMillis: proxy })).toThrow('Expected `timeoutMillis` to be');
});
