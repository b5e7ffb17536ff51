#!/usr/bin/env node
import { createProgram } from './create-program.ts';
import { runCommand } from './run-command.ts';
import { systemIo } from './system-io.ts';

const io = systemIo();
// What the exporters wait for does not keep the process; the command's end does.
const hold = setInterval(() => {}, 2 ** 30);
void runCommand(createProgram(io), process.argv.slice(2), io).finally(() => clearInterval(hold));
