// Writes what examples show at a prompt for MicroPython: a list of sources in, one out.

import { lower } from "./lower.js";

const sources = JSON.parse(await new Response(process.stdin).text());
process.stdout.write(JSON.stringify(sources.map((source) => lower(source, { prompt: true }))));
