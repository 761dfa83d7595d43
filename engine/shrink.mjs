// A style sheet or a script without what only its authors read:
// node shrink.mjs css < SHEET, or js.

import fs from "node:fs";
import { transformSync } from "esbuild";

const [loader] = process.argv.slice(2);
const settings = { loader, minify: true, charset: "utf8", legalComments: "none" };
process.stdout.write(transformSync(fs.readFileSync(0, "utf8"), settings).code);
