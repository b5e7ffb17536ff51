#!/usr/bin/env node
import { createProgram } from './create-program.ts';
import { runCommand } from './run-command.ts';
import { systemIo } from './system-io.ts';

const io = systemIo();
void runCommand(createProgram(), process.argv.slice(2), io);
