// An application that goes to another folder at once, logs, and comes to an end before the service has answered.
process.chdir(process.argv[2]);
const pino = require('pino');

pino({ base: undefined }).info('elsewhere');
