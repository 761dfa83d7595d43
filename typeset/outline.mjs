// The outlines of glyphs, the heaviest part of a page, written shorter.

const SIZES = { M: 2, L: 2, C: 6, Z: 0 }; // how many numbers a command takes

// An outline by its steps instead of its places: smaller numbers, which also repeat, so
// that what a page's outlines weigh falls by a quarter, compressed
export function bySteps(outline) {
  let [x, y, startX, startY, steps, before] = [0, 0, 0, 0, "", ""];
  const write = (command, ...numbers) => {
    const list = numbers.join(" ").replaceAll(" -", "-");
    if (command !== before || "mz".includes(command)) steps += command + list;
    else steps += numbers[0] < 0 ? list : ` ${list}`; // the command is understood
    before = command;
  };
  for (const [, command, list] of outline.matchAll(/([A-Za-z])([^A-Za-z]*)/g)) {
    const places = (list.match(/-?\d+/g) ?? []).map(Number);
    const size = SIZES[command];
    if (size === undefined || /\./.test(list) || (size && places.length % size)) {
      throw new Error(`an outline of whole numbers in M, L, C and Z, not ${outline}`);
    }
    for (let i = 0; i < places.length; i += size) {
      const step = places.slice(i, i + size).map((place, k) => place - (k % 2 ? y : x));
      const [right, up] = step.slice(-2);
      if (command === "L" && up === 0) write("h", right);
      else if (command === "L" && right === 0) write("v", up);
      else write(command.toLowerCase(), ...step);
      [x, y] = [x + right, y + up];
      if (command === "M") [startX, startY] = [x, y];
    }
    if (command === "Z") {
      write("z");
      [x, y] = [startX, startY];
    }
  }
  return steps;
}
