// LISTEN=tcp://*:5010 npx node examples/zeromq-receiver.ts — prints what examples/zeromq.ts sends.
import { ZeroMqLogReceiver } from 'collectorless/zeromq';

const receiver = new ZeroMqLogReceiver({
  endpoint: process.env['LISTEN'] ?? 'tcp://*:5010',
  onGap: ({ firstMissing, lastMissing }) => console.error('missing', firstMissing, lastMissing),
});
process.once('SIGTERM', () => receiver.close());
process.once('SIGINT', () => receiver.close());

await receiver.start();
for await (const { record, topic } of receiver) console.log(topic, JSON.stringify(record));
