// npx node examples/lambda-invoke.ts — calls the handler of lambda.ts for a few orders, as a Lambda runtime does.
import { handler, type Order } from './lambda.ts';

const timeoutMillis = Number(process.env['TIMEOUT_MILLIS'] ?? 3000);

for (const order of [1, 2, 3]) {
  const event: Order = { order, items: 3 - order };
  const deadlineMillis = Date.now() + timeoutMillis;
  const context = { getRemainingTimeInMillis: () => deadlineMillis - Date.now() };
  try {
    // A runtime hands over a context too, though this handler does not look at it.
    console.log(order, await Reflect.apply(handler, undefined, [event, context]));
  } catch (error) {
    console.log(order, String(error));
  }
}
