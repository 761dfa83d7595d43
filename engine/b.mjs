import fs from "fs"; fs.copyFileSync("/tmp/entry.js","entry.js");
let s=fs.readFileSync("build.mjs","utf8").replace('["worker", "editor"]','["entry"]'); fs.writeFileSync("b1.mjs",s); process.argv[2]="/tmp/eb"; await import("./b1.mjs"); fs.rmSync("b1.mjs"); fs.rmSync("entry.js");
