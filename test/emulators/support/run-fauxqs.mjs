// Its own command listens on every interface; this one on loopback only.
import { pathToFileURL } from 'node:url';

const [, , module = '', port = ''] = process.argv;
const { buildApp } = await import(pathToFileURL(module).href);
await buildApp({ logger: false }).listen({ host: '127.0.0.1', port: Number(port) });
