import type { Socket } from 'zeromq';

/** ZeroMQ closes within its linger time; a little more for the news of it. */
const NEWS_MILLIS = 500;

/**
 * Closes a socket and resolves when ZeroMQ is done with it: what it held is sent or given up, its port is
 * free again.
 *
 * By the system's timers, as ZeroMQ measures its linger time by its clock, and this one keeps the process meanwhile.
 */
export async function closeSocket(socket: Socket, lingerMillis: number): Promise<void> {
  if (socket.closed) return;
  const done = whenStopped(socket);
  socket.close();
  let cancelTimer = (): void => {};
  const timeout = new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, lingerMillis + NEWS_MILLIS);
    cancelTimer = () => clearTimeout(timer);
  });
  await Promise.race([done, timeout]);
  cancelTimer();
}

/** The monitor's last event comes when the socket is gone (http://api.zeromq.org/4-3:zmq-socket-monitor). */
async function whenStopped(socket: Socket): Promise<void> {
  try {
    const { events } = socket;
    for (;;) {
      const event = await events.receive();
      if (event === undefined || event.type === 'end') return;
    }
  } catch {
    // No monitor, no news: the socket closes all the same.
  }
}
