export const ORDERS: readonly { readonly item: string; readonly quantity: number }[] = [
  { item: 'coffee', quantity: 2 },
  { item: 'coffee', quantity: 1 },
  { item: 'tea', quantity: 5 },
  { item: 'coffee', quantity: 4 },
  { item: 'unicorn', quantity: 1 },
];

/** Real requests, several at a time; every fifth order fails in the app. Answers how many were made. */
export async function sendTraffic(url: string, requestCount: number): Promise<number> {
  let sent = 0;
  const client = async (): Promise<void> => {
    while (sent < requestCount) {
      const order = ORDERS[sent % ORDERS.length];
      sent += 1;
      const response = await fetch(`${url}/orders`, {
        method: 'POST',
        body: JSON.stringify(order),
      });
      await response.arrayBuffer();
    }
  };
  await Promise.all(Array.from({ length: 16 }, client));
  return sent;
}
